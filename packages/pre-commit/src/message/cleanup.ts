import { decodeText } from "@countersign/core";
import { type GitContext, readConfig } from "@countersign/git";
import type { GitCommand } from "./git-command.ts";

/** What git will take out of the message before it makes the commit. */
export interface Cleanup {
  /** How the lines begin that git wrote as comments; undefined where none are expected. */
  readonly comment: string | undefined;
  /** Whether lines that begin so are taken out. */
  readonly strips: boolean;
  /** Whether a scissors line and all below it are cut off. */
  readonly cuts: boolean;
  /** Whether somebody gets to see the message in an editor. */
  readonly edited: boolean;
}

/** `core.commentChar=auto` takes the first of these that begins no line of the message. */
const AUTO = "#;@!$%^&|:";

const SETTINGS = ["core.commentString", "core.commentChar", "commit.cleanup"] as const;

/** Reads how git will clean the message up. Comments are told by the file itself where the settings leave it open. */
export async function readCleanup(context: GitContext, message: Uint8Array, command: GitCommand): Promise<Cleanup> {
  const settings = await readConfig(context, SETTINGS);
  const edited = opensEditor(context);
  const mode = command.cleanup ?? settings.get("commit.cleanup") ?? "default";
  const comment = chooseComment(
    decodeText(message),
    [settings.get("core.commentstring"), settings.get("core.commentchar")].filter((value) => value !== undefined),
  );
  return {
    comment,
    strips: mode === "strip" || (mode === "default" && edited),
    cuts: edited && mode !== "verbatim" && mode !== "whitespace",
    edited,
  };
}

/** Whether git will show the message to somebody. It says so by the editor's name. */
export function opensEditor({ env }: GitContext): boolean {
  return env["GIT_EDITOR"] !== ":";
}

/** `core.commentString` is unknown to git before 2.45, which then goes by the other one: the file shows which it was. */
function chooseComment(message: string, configured: readonly string[]): string {
  const candidates = configured.flatMap((value) => (value === "auto" ? [...AUTO] : value === "" ? [] : [value]));
  const scissors = candidates.find((candidate) => message.includes(`\n${candidate}${SCISSORS}\n`));
  if (scissors !== undefined) return scissors;
  const last = message.trimEnd().split("\n").at(-1) ?? "";
  return candidates.find((candidate) => last.startsWith(candidate)) ?? defaultComment(configured);
}

function defaultComment(configured: readonly string[]): string {
  return configured.find((value) => value !== "auto" && value !== "") ?? "#";
}

/** What stands behind the comment character on the line below which git cuts. It is not translated. */
export const SCISSORS = " ------------------------ >8 ------------------------";
