import { existsSync } from "node:fs";
import { join } from "node:path";
import { CountersignError, detectInMessage, escapeLine, formatWords, PLAIN, type Words } from "@countersign/core";
import { findAgentSession, findGitDir, openContext } from "@countersign/git";
import { adviseOnKeys } from "./check/near-misses.ts";
import { objectToMissingDisclosure, objectToSignOffs } from "./check/objections.ts";
import { objectToCosigns } from "./check/typed-cosigns.ts";
import { type HookAnswer, type HookCall, SILENT } from "./hook.ts";
import { readCleanup } from "./message/cleanup.ts";
import { isEmptyButForStamps } from "./message/empty-message.ts";
import { findGitCommand } from "./message/git-command.ts";
import { readCleaned } from "./message/layout.ts";
import { messageFile, readMessage } from "./message/message-file.ts";
import { resumeCommand } from "./message/resume-command.ts";
import { readPolicyWith } from "./policy-in-force.ts";
import { findSourceCommits } from "./provenance/source-commits.ts";

/** Something in a message that must not become a commit, in words. */
export interface Objection {
  readonly code: string;
  readonly words: Words;
}

/** Looks at the message that was written. It is read and never changed, so that nothing of it can be lost. */
export async function checkCommitMessage(call: HookCall): Promise<HookAnswer> {
  const file = messageFile(call);
  const context = openContext(call.cwd, call.env);
  const gitDir = await findGitDir(context, file);
  const command = findGitCommand();
  const stored = readMessage(file);
  // A merge that takes each file from a parent has nothing to disclose; whether it does so the push sees.
  const merging = existsSync(join(gitDir, "MERGE_HEAD"));
  const [cleanup, policy] = await Promise.all([
    readCleanup(context, stored, command),
    merging ? undefined : readPolicyWith(context, "disclosure"),
  ]);
  const message = readCleaned(stored, cleanup);
  // git abandons such a commit itself.
  if (message.length === 0) return SILENT;

  const provenance = detectInMessage(message);
  const session = findAgentSession(call.env);
  const sources = findSourceCommits({ gitDir, command, message });
  const objections = [
    ...((await isEmptyButForStamps(context, message, cleanup, command))
      ? [new CountersignError("MESSAGE_EMPTY", {})]
      : []),
    ...(session ? await objectToCosigns(context, message, session, sources) : []),
    ...objectToSignOffs(provenance),
    ...(await objectToMissingDisclosure(context, message, policy)),
  ];
  const advice = adviseOnKeys(message, provenance).map((line) => escapeLine(`countersign: ${line}`));
  if (objections.length === 0) return { stop: false, lines: advice };
  return {
    stop: true,
    lines: [
      "countersign: the commit is stopped",
      ...objections.flatMap(({ code, words }) => formatWords(code, words, PLAIN)),
      ...advice,
      escapeLine(`countersign: the message is kept; to go on with it: ${resumeCommand(file, command, cleanup)}`),
    ],
  };
}
