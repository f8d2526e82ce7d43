import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { type HookSite, isExecutable } from "@countersign/git/internal";
import { writeFile } from "../files/write-file.ts";
import { serverHook } from "./server-hook.ts";
import { findServerHookPlace, HOOK } from "./server-hook-place.ts";

/** What was done, and to which file. */
export interface ServerHookChange {
  readonly path: string;
  readonly done: "written" | "renewed" | "as it was" | "removed" | "absent";
  /** A hook that runs after ours, or that is back in its place. */
  readonly other: string | undefined;
}

/** Writes the hook that has node run a program; running it again changes nothing. */
export function installServerHook(site: HookSite, node: string, program: string): ServerHookChange {
  const { path, installed, kept } = findServerHookPlace(site);
  const text = serverHook(HOOK, node, program);
  const other = existsSync(kept) ? kept : undefined;
  // git passes over a hook that may not be run.
  if (installed === text && isExecutable(path)) return { path, done: "as it was", other };
  mkdirSync(dirname(path), { recursive: true });
  writeFile(path, { bytes: Buffer.from(text), mode: 0o755 }, true);
  return { path, done: installed === undefined ? "written" : "renewed", other };
}

/** Takes it away again, and puts a hook back that was moved aside for it. */
export function uninstallServerHook(site: HookSite): ServerHookChange {
  const { path, installed, kept } = findServerHookPlace(site);
  if (installed === undefined) return { path, done: "absent", other: undefined };
  if (!existsSync(kept)) {
    rmSync(path);
    return { path, done: "removed", other: undefined };
  }
  renameSync(kept, path);
  return { path, done: "removed", other: path };
}
