import type { GitContext } from "@countersign/git/internal";
import { escapeLine } from "@countersign/report";
import type { Assistance } from "../provenance/assistances.ts";
import { missingStamps } from "../provenance/stamps.ts";
import { readCleanup } from "./cleanup.ts";
import { isEmptyMessage } from "./empty-message.ts";
import type { GitCommand } from "./git-command.ts";
import { insertTrailers, readLayout, withoutComments } from "./layout.ts";
import { replaceMessage } from "./message-file.ts";
import { readStampKey } from "./stamp-key.ts";

/** A message that git is about to make a commit of. */
export interface Draft {
  readonly context: GitContext;
  readonly file: string;
  readonly message: Uint8Array;
  readonly command: GitCommand;
}

/** Writes the stamps that a message lacks into its file, and gives a line to say of each. */
export async function stampMessage(
  { context, file, message, command }: Draft,
  assistances: readonly Assistance[],
): Promise<readonly string[]> {
  const cleanup = await readCleanup(context, message, command);
  const layout = readLayout(message, cleanup);
  const text = withoutComments(layout, cleanup);
  // git abandons an empty message; with a stamp in it, it would not be empty. In an editor it may still be filled.
  if (!cleanup.edited && !command.allowsEmptyMessage && isEmptyMessage(message, text, cleanup)) return [];
  const stamps = missingStamps(text, assistances, await readStampKey(context), cleanup);
  if (stamps.length > 0) {
    const lines = stamps.map(({ line }) => line);
    replaceMessage(file, insertTrailers(layout, lines, cleanup));
  }
  return stamps.map(({ line, assistance: { because } }) => escapeLine(`countersign: added "${line}", as ${because}`));
}
