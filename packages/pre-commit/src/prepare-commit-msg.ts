import { findGitDir, type HookAnswer, type HookCall, openHookContext } from "@countersign/git/internal";
import { escapeLine } from "@countersign/report";
import { SILENT } from "./main.ts";
import { opensEditor } from "./message/cleanup.ts";
import { messageFile, readMessage } from "./message/message-file.ts";
import type { MessageSource } from "./message/origin.ts";
import { isPick } from "./message/settled.ts";
import { readCommitUnderWay } from "./provenance/commit-under-way.ts";
import { findKnown } from "./provenance/known.ts";

/** Stamps the message with the agents that are known to have taken part. */
export async function prepareCommitMessage(call: HookCall): Promise<HookAnswer> {
  const file = messageFile(call);
  const context = openHookContext(call.cwd, call.env);
  const gitDir = await findGitDir(context, file);
  const source: MessageSource = { kind: call.args[1], revision: call.args[2] };
  if (isPick(context, gitDir, source)) return SILENT;
  const message = readMessage(file);
  const commit = await readCommitUnderWay(context, gitDir, source);
  const known = await findKnown({ ...commit, message });
  const notes = known.notes.map((note) => escapeLine(`countersign: ${note}`));
  const draft = { context, file, message, command: commit.command };
  if (known.assistances.length > 0) {
    const { stampMessage } = await import("./message/stamp-message.ts");
    return { outcome: "allow", lines: [...notes, ...(await stampMessage(draft, known.assistances))] };
  }
  if (opensEditor(context)) await (await import("./message/offer-disclosure.ts")).offerDisclosure(draft);
  return { outcome: "allow", lines: notes };
}
