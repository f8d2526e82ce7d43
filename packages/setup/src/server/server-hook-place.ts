import { lstatSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { CountersignError } from "@countersign/core";
import type { HookSite } from "@countersign/git/internal";
import { isInside } from "../files/grounds.ts";
import { KEPT_SUFFIX } from "../managers/hook-file.ts";
import { isServerHook } from "./server-hook.ts";

export const HOOK = "pre-receive";

/** Where the hook goes, and whether it stands there. Absolute paths. */
export interface ServerHookPlace {
  readonly path: string;
  /** Its text, where it is one of ours. */
  readonly installed: string | undefined;
  /** Where another hook is kept that runs after ours. */
  readonly kept: string;
}

/**
 * git's own place for the hook; where that is taken by a hook that runs all those in a folder beside it, as Gitea and
 * Forgejo have it, a place in there.
 * @throws `FILE_UNWRITABLE`, `SERVER_HOOK_TAKEN`
 */
export function findServerHookPlace({ commonDir, hooksDir }: HookSite): ServerHookPlace {
  const path = join(hooksDir, HOOK);
  if (!isInside(commonDir, hooksDir)) {
    throw new CountersignError("FILE_UNWRITABLE", { path, reason: "core.hooksPath leads out of this repository" });
  }
  const kept = `${path}${KEPT_SUFFIX}`;
  const text = readOwn(path);
  if (text === undefined || isServerHook(text)) return { path, installed: text, kept };
  const folder = `${path}.d`;
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CountersignError("SERVER_HOOK_TAKEN", { path, kept });
  }
  // What is kept in there the folder's own hook goes on to run.
  const part = { path: join(folder, "countersign"), kept: join(folder, `countersign${KEPT_SUFFIX}`) };
  const installed = readOwn(part.path);
  if (installed !== undefined && !isServerHook(installed)) throw new CountersignError("SERVER_HOOK_TAKEN", part);
  return { ...part, installed };
}

/** What a file holds; a link is someone's, wherever it leads. */
function readOwn(path: string): string | undefined {
  const state = lstatSync(path, { throwIfNoEntry: false });
  if (!state) return undefined;
  return state.isFile() ? readFileSync(path, "utf8") : "";
}
