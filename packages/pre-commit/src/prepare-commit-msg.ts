import { findGitDir, type HookAnswer, type HookCall, openHookContext } from "@countersign/git/internal";
import { escapeLine } from "@countersign/report";
import { opensEditor } from "./message/cleanup.ts";
import { findGitCommand } from "./message/git-command.ts";
import { messageFile, readMessage } from "./message/message-file.ts";
import { findAssistance } from "./provenance/assistance.ts";
import { findNamedReverts, findSourceCommits } from "./provenance/source-commits.ts";
import { stagedIn } from "./provenance/staged.ts";

/**
 * Stamps the message with the agents that took part: those in whose session git runs, those whose hooks told that they
 * wrote what is staged, those that the commits name which this one is made of, and those whose work it brings back. For a person's own work, which is
 * most, nothing more is loaded.
 */
export async function prepareCommitMessage(call: HookCall): Promise<HookAnswer> {
  const file = messageFile(call);
  const context = openHookContext(call.cwd, call.env);
  const gitDir = await findGitDir(context, file);
  const command = findGitCommand();
  const message = readMessage(file);
  const sources = findSourceCommits({ gitDir, command });
  const reverts = findNamedReverts(gitDir, message);
  const staged = stagedIn(context, gitDir);
  const helpers = await findAssistance(context, gitDir, command, staged, reverts);
  const carried =
    sources.length > 0 ? await (await import("./provenance/carried.ts")).findCarried(context, sources) : [];
  const broughtBack =
    reverts.length > 0
      ? await (await import("./provenance/reversal.ts")).findBroughtBack(context, staged, reverts)
      : [];
  const assistances = [...helpers.assistances, ...carried, ...broughtBack];
  const notes = helpers.notes.map((note) => escapeLine(`countersign: ${note}`));
  const draft = { context, file, message, command };
  if (assistances.length > 0) {
    const { stampMessage } = await import("./message/stamp-message.ts");
    return { outcome: "allow", lines: [...notes, ...(await stampMessage(draft, assistances))] };
  }
  if (opensEditor(context)) await (await import("./message/offer-disclosure.ts")).offerDisclosure(draft);
  return { outcome: "allow", lines: notes };
}
