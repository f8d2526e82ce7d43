import { findGitDir, type HookAnswer, type HookCall, openHookContext } from "@countersign/git/internal";
import { escapeLine } from "@countersign/report";
import { opensEditor } from "./message/cleanup.ts";
import { findGitCommand } from "./message/git-command.ts";
import { messageFile, readMessage } from "./message/message-file.ts";
import { findAssistance, stagedIn } from "./provenance/assistance.ts";
import { findSourceCommits } from "./provenance/source-commits.ts";

/**
 * Stamps the message with the agents that took part: those in whose session git runs, those whose hooks told that they
 * wrote what is staged, and those that the commits name which this one is made of. For a person's own work, which is
 * most, nothing more is loaded.
 */
export async function prepareCommitMessage(call: HookCall): Promise<HookAnswer> {
  const file = messageFile(call);
  const context = openHookContext(call.cwd, call.env);
  const gitDir = await findGitDir(context, file);
  const command = findGitCommand();
  const message = readMessage(file);
  const sources = findSourceCommits({ gitDir, command, message });
  const helpers = await findAssistance(context, gitDir, command, stagedIn(context));
  const carried =
    sources.length > 0 ? await (await import("./provenance/carried.ts")).findCarried(context, sources) : [];
  const assistances = [...helpers.assistances, ...carried];
  const notes = helpers.notes.map((note) => escapeLine(`countersign: ${note}`));
  const draft = { context, file, message, command };
  if (assistances.length > 0) {
    const { stampMessage } = await import("./message/stamp-message.ts");
    return { outcome: "allow", lines: [...notes, ...(await stampMessage(draft, assistances))] };
  }
  if (opensEditor(context)) await (await import("./message/offer-disclosure.ts")).offerDisclosure(draft);
  return { outcome: "allow", lines: notes };
}
