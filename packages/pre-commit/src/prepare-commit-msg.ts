import { findAgentSession, listAncestors } from "@countersign/capture";
import { findGitDir, type HookAnswer, type HookCall, openHookContext } from "@countersign/git/internal";
import { escapeLine } from "@countersign/report";
import { SILENT } from "./main.ts";
import { opensEditor } from "./message/cleanup.ts";
import { findGitCommand } from "./message/git-command.ts";
import { messageFile, readMessage } from "./message/message-file.ts";
import { completeCommand, type MessageSource } from "./message/origin.ts";
import { isPick } from "./message/settled.ts";
import { findKnown } from "./provenance/known.ts";
import { stagedIn } from "./provenance/staged.ts";

/** Stamps the message with the agents of which it is known that they took part. */
export async function prepareCommitMessage(call: HookCall): Promise<HookAnswer> {
  const file = messageFile(call);
  const context = openHookContext(call.cwd, call.env);
  const gitDir = await findGitDir(context, file);
  const source: MessageSource = { kind: call.args[1], revision: call.args[2] };
  if (isPick(context, gitDir, source)) return SILENT;
  const message = readMessage(file);
  const staged = stagedIn(context, gitDir);
  const ancestors = listAncestors();
  const session = findAgentSession(context.env, () => ancestors);
  const command = await completeCommand(context, gitDir, findGitCommand(ancestors), staged, source);
  const known = await findKnown({ context, gitDir, command, staged, session, message });
  const notes = known.notes.map((note) => escapeLine(`countersign: ${note}`));
  const draft = { context, file, message, command };
  if (known.assistances.length > 0) {
    const { stampMessage } = await import("./message/stamp-message.ts");
    return { outcome: "allow", lines: [...notes, ...(await stampMessage(draft, known.assistances))] };
  }
  if (opensEditor(context)) await (await import("./message/offer-disclosure.ts")).offerDisclosure(draft);
  return { outcome: "allow", lines: notes };
}
