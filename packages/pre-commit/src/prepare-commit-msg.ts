import { escapeLine } from "@countersign/core";
import { findGitDir, type GitContext, openContext } from "@countersign/git";

import { isDisclosed } from "./check/disclosure.ts";
import { type HookAnswer, type HookCall, SILENT } from "./hook.ts";
import { opensEditor, readCleanup } from "./message/cleanup.ts";
import { offerDisclosure } from "./message/disclosure-offer.ts";
import { isEmptyMessage } from "./message/empty-message.ts";
import { findGitCommand, type GitCommand } from "./message/git-command.ts";
import { insertTrailers, readLayout, withoutComments } from "./message/layout.ts";
import { messageFile, readMessage, replaceMessage } from "./message/message-file.ts";
import { readPolicyWith } from "./policy-in-force.ts";
import { findAssistance, stagedIn } from "./provenance/assistance.ts";
import { findCarried } from "./provenance/carried.ts";
import { findSourceCommits } from "./provenance/source-commits.ts";
import { missingStamps, spellKey } from "./provenance/stamps.ts";

const STAMP_KEY = "Assisted-by";

/**
 * Stamps the message with the agents that took part: those in whose session git runs, those whose hooks told that they
 * wrote what is staged, and those that the commits name which this one is made of.
 */
export async function prepareCommitMessage(call: HookCall): Promise<HookAnswer> {
  const file = messageFile(call);
  const context = openContext(call.cwd, call.env);
  const gitDir = await findGitDir(context, file);
  const command = findGitCommand();
  const message = readMessage(file);
  const sources = findSourceCommits({ gitDir, command, message });
  const helpers = await findAssistance(context, gitDir, command, stagedIn(context));
  const assistances = [...helpers.assistances, ...(await findCarried(context, sources))];
  const notes = helpers.notes.map((note) => escapeLine(`countersign: ${note}`));
  if (assistances.length === 0) {
    if (opensEditor(context)) await offer(context, file, message, command);
    return { stop: false, lines: notes };
  }

  const cleanup = await readCleanup(context, message, command);
  const layout = readLayout(message, cleanup);
  const text = withoutComments(layout, cleanup);
  // git abandons an empty message; with a stamp in it, it would not be empty. In an editor it may still be filled.
  if (!cleanup.edited && !command.allowsEmptyMessage && isEmptyMessage(message, text, cleanup)) return SILENT;
  const key = (await readPolicyWith(context, "stamp"))?.stamp ?? STAMP_KEY;
  const stamps = missingStamps(text, assistances, key, cleanup);
  if (stamps.length > 0) {
    const lines = stamps.map(({ line }) => line);
    replaceMessage(file, insertTrailers(layout, lines, cleanup));
  }
  const added = stamps.map(({ line, assistance: { because } }) => `countersign: added "${line}", as ${because}`);
  return { stop: false, lines: [...notes, ...added.map((text) => escapeLine(text))] };
}

/** Where the policy wants a word about AI in every message, the person in the editor is shown how to give it. */
async function offer(context: GitContext, file: string, message: Uint8Array, command: GitCommand): Promise<void> {
  const policy = await readPolicyWith(context, "disclosure");
  if (policy?.disclosure !== "required") return;
  const cleanup = await readCleanup(context, message, command);
  const layout = readLayout(message, cleanup);
  if (!cleanup.strips || (await isDisclosed(context, withoutComments(layout, cleanup), policy))) return;
  replaceMessage(file, offerDisclosure(layout, cleanup, spellKey(policy.stamp, cleanup)));
}
