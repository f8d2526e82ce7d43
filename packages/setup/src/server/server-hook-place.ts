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
  /** Where another hook is kept that ours calls. */
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
  const part = join(folder, "countersign");
  const own = readOwn(part);
  if (own !== undefined && !isServerHook(own)) throw new CountersignError("SERVER_HOOK_TAKEN", { path: part, kept });
  return { path: part, installed: own, kept: `${part}${KEPT_SUFFIX}` };
}

/** What a file holds; a link is somebody's, wherever it leads. */
function readOwn(path: string): string | undefined {
  const state = lstatSync(path, { throwIfNoEntry: false });
  if (!state) return undefined;
  return state.isFile() ? readFileSync(path, "utf8") : "";
}
