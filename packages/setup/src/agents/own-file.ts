import { createHash } from "node:crypto";
import { CountersignError } from "@countersign/core";
import type { Launcher, OwnFile } from "./installers/installer.ts";
import type { HookState } from "./merge-hooks.ts";

/** `changed`: ours, and a person wrote in it. `foreign`: not ours at all. */
export type OwnFileState = HookState | "changed" | "foreign";

/** The line that says whose the file is, and by a digest whether all of it still is. */
const STAMP = /Written by `countersign agents install [\w-]+` \(([0-9a-f]{16})\)/;
const BLANK = "0".repeat(16);

export function ownFileState(text: string | undefined, file: OwnFile, launcher: Launcher): OwnFileState {
  if (text === undefined) return "absent";
  // A checkout on Windows may have changed every line end.
  const unix = text.replaceAll("\r\n", "\n");
  const stamp = STAMP.exec(unix)?.[1];
  if (stamp === undefined) return "foreign";
  if (digestOf(unix.replace(stamp, BLANK)) !== stamp) return "changed";
  return unix === ownFileText(file, launcher) ? "installed" : "outdated";
}

/** The text of the file as it is to be. @throws `AGENT_FILE_TAKEN`. */
export function addOwnFile(text: string | undefined, file: OwnFile, launcher: Launcher, path: string): string {
  const state = ownFileState(text, file, launcher);
  if (state === "foreign") throw taken(path, "is there already, and is not countersign's");
  if (state === "changed") throw taken(path, CHANGED);
  return state === "installed" && text !== undefined ? text : ownFileText(file, launcher);
}

/** What is left of the file: all of it where it is someone else's, and else nothing. @throws `AGENT_FILE_TAKEN`. */
export function removeOwnFile(text: string, file: OwnFile, launcher: Launcher, path: string): string | undefined {
  const state = ownFileState(text, file, launcher);
  if (state === "changed") throw taken(path, CHANGED);
  return state === "foreign" ? text : undefined;
}

const CHANGED = "was changed after countersign had written it";

function taken(file: string, problem: string): CountersignError {
  return new CountersignError("AGENT_FILE_TAKEN", { file, problem });
}

/** All of the file, with its stamp filled in. */
export function ownFileText(file: OwnFile, launcher: Launcher): string {
  const text = file.text(launcher);
  return text.replace(BLANK, digestOf(text));
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** The words of the stamp, for a comment of whatever kind. */
export function stampFor(agent: string): string {
  return `Written by \`countersign agents install ${agent}\` (${BLANK}); \`countersign agents uninstall ${agent}\` removes it.`;
}
