import { decodeText } from "@countersign/core/internal";
import { type GitContext, isOff, readSettings } from "@countersign/git/internal";
import type { GitCommand } from "./git-command.ts";

/** What git will take out of the message before it makes the commit. */
export interface Cleanup {
  /** How the lines begin that git wrote as comments, or would. */
  readonly comment: string;
  /** Whether lines that begin so are taken out. */
  readonly strips: boolean;
  /** Whether a scissors line and all below it are cut off. */
  readonly cuts: boolean;
  /** Whether every byte is kept, so that blank lines alone are a message. */
  readonly verbatim: boolean;
  /** Whether someone gets to see the message in an editor. */
  readonly edited: boolean;
}

/** `core.commentChar=auto` takes the first of these that begins no line of the message. */
const AUTO = "#;@!$%^&|:";

const SETTINGS = ["core.commentString", "core.commentChar", "commit.cleanup", "commit.status"] as const;

/** Reads how git will clean the message up. Comments are known by the file itself where the settings leave it open. */
export async function readCleanup(context: GitContext, message: Uint8Array, command: GitCommand): Promise<Cleanup> {
  const settings = await readSettings(context, SETTINGS);
  const edited = opensEditor(context);
  const mode = command.cleanup ?? settings.get("commit.cleanup") ?? "default";
  const text = decodeText(message);
  const configured = {
    string: settings.get("core.commentstring") || undefined,
    character: settings.get("core.commentchar") || undefined,
  };
  const hinted = edited && givesHints(command, settings.get("commit.status"));
  const comment = (hinted ? findComment(text, configured.character) : undefined) ?? chooseComment(text, configured);
  return {
    comment,
    strips: mode === "strip" || (mode === "default" && edited),
    // The diff that `-v` shows is cut in every mode.
    cuts: edited && (mode === "scissors" || findDiff(text, comment) >= 0),
    verbatim: mode === "verbatim",
    edited,
  };
}

/** Whether git will show the message to someone. It says so by the editor's name. */
export function opensEditor({ env }: GitContext): boolean {
  return env["GIT_EDITOR"] !== ":";
}

/** Whether git writes comments of its own below the message: a merge always, a commit unless it is asked not to. */
function givesHints({ name, status }: GitCommand, setting = "on"): boolean {
  return name === "merge" || (status ?? !isOff(setting));
}

interface CommentSettings {
  /** Unknown to git before 2.45, which then goes by the other one. */
  readonly string: string | undefined;
  readonly character: string | undefined;
}

/** The character that git's own comments in the file begin with, where it is that: the file says more than the settings. */
function findComment(message: string, character = "#"): string | undefined {
  const candidates = character === "auto" ? [...AUTO] : [character];
  const last = message.trimEnd().split("\n").at(-1) ?? "";
  // The text may hold what looks like scissors. git's own stand below it, and no line of a diff looks so.
  const cutting = candidates.filter((candidate) => findDiff(message, candidate) >= 0);
  const [lowest] = cutting.sort((a, b) => findDiff(message, b) - findDiff(message, a));
  return candidates.find((candidate) => last.startsWith(candidate)) ?? lowest;
}

/** Where git has put scissors, which it explains in a comment; -1 where it has not. */
function findDiff(message: string, comment: string): number {
  return `\n${message}`.lastIndexOf(`\n${comment}${SCISSORS}\n${comment}`);
}

/** How comments begin in a message in which git has written none. */
function chooseComment(message: string, { string, character = "#" }: CommentSettings): string {
  if (string !== undefined && string !== "auto") return string;
  if (string !== "auto" && character !== "auto") return character;
  const taken = new Set(message.split(/[\n\r]/).map((line) => line.charAt(0)));
  return [...AUTO].find((candidate) => !taken.has(candidate)) ?? "#";
}

/** What stands behind the comment character on the line below which git cuts. It is not translated. */
export const SCISSORS = " ------------------------ >8 ------------------------";
