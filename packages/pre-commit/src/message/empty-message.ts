import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { detectInMessage } from "@countersign/core";
import { decodeText, linesOf, upToLast } from "@countersign/core/internal";
import { type GitContext, readValue } from "@countersign/git/internal";
import type { Cleanup } from "./cleanup.ts";
import type { GitCommand } from "./git-command.ts";
import { readCleaned } from "./layout.ts";

/** Whether git would abandon a commit with this message, of which `text` is what it keeps. */
export function isEmptyMessage(message: Uint8Array, text: Uint8Array, { verbatim }: Cleanup): boolean {
  return verbatim ? message.length === 0 : wordsOf(decodeText(text)).length === 0;
}

/**
 * Whether git would, were our lines not in it: anyone who leaves the editor without a word, or the template as it is, wants
 * no commit.
 */
export async function isEmptyButForStamps(
  context: GitContext,
  message: Uint8Array,
  cleanup: Cleanup,
  command: GitCommand,
): Promise<boolean> {
  if (!cleanup.edited || command.allowsEmptyMessage) return false;
  const marks = linesOf(detectInMessage(message));
  const lines = decodeText(message).split("\n");
  const own = lines.filter((line, index) => !(marks.has(index + 1) && TRAILER.test(line)));
  if (own.length === lines.length) return false;
  const words = wordsOf(own.join("\n"));
  return words.length === 0 || words.join("\n") === (await readTemplate(context, cleanup, command)).join("\n");
}

const TRAILER = /^[A-Za-z0-9-]+: /;

/** The lines that say something: not blank, and no sign-off, which git may write itself. */
function wordsOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => upToLast(/[^ \t\r]/, line))
    .filter((line) => line !== "" && !line.startsWith("Signed-off-by: "));
}

async function readTemplate(
  context: GitContext,
  cleanup: Cleanup,
  { template }: GitCommand,
): Promise<readonly string[]> {
  const { cwd, env } = context;
  // git runs its hooks at the top of the work tree, and says from which folder in it it was called.
  const file =
    template === undefined
      ? await readValue(context, "commit.template", "path")
      : resolve(cwd, env["GIT_PREFIX"] ?? "", template);
  if (file === undefined) return [];
  try {
    return wordsOf(decodeText(readCleaned(readFileSync(resolve(cwd, file)), cleanup)));
  } catch {
    return [];
  }
}
