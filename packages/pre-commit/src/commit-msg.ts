import { existsSync } from "node:fs";
import { join } from "node:path";
import { findGitDir, type HookAnswer, type HookCall, openHookContext } from "@countersign/git/internal";
import { SILENT } from "./main.ts";
import { opensEditor } from "./message/cleanup.ts";
import { messageFile, readMessage } from "./message/message-file.ts";
import { keepsMessage } from "./message/settled.ts";
import { readPolicyWith } from "./policy-in-force.ts";
import { readCommitUnderWay } from "./provenance/commit-under-way.ts";
import { findKnown } from "./provenance/known.ts";

/**
 * Looks at the message that was written, and holds it against what is known of the commit. It is read and never changed,
 * so that nothing of it can be lost.
 */
export async function checkCommitMessage(call: HookCall): Promise<HookAnswer> {
  const file = messageFile(call);
  const context = openHookContext(call.cwd, call.env);
  const gitDir = await findGitDir(context, file);
  const message = readMessage(file);
  const commit = await readCommitUnderWay(context, gitDir);
  const { command, session } = commit;
  const { assistances } = await findKnown({ ...commit, message });
  // It passed when it was written, and nobody has touched it.
  const isKept = !opensEditor(context) && keepsMessage(gitDir, message, command);
  if (isKept && !session && assistances.length === 0) return SILENT;
  // A merge that takes each file from a parent has nothing to disclose; whether it does so the push sees.
  const merging = existsSync(join(gitDir, "MERGE_HEAD"));
  const policy = merging ? undefined : await readPolicyWith(context, "disclosure");
  // A person's own few words, about which no policy asks and for which nothing more is loaded.
  if (!policy && !session && assistances.length === 0 && isPlainSubject(message)) return SILENT;
  const { judgeMessage } = await import("./judge-message.ts");
  return judgeMessage({ ...commit, file, message, policy, known: assistances });
}

const LF = 0x0a;

/**
 * Whether a message is one line of ASCII that can be no trailer, address or link: nothing can be amiss in it, however
 * git cleans it up.
 */
function isPlainSubject(message: Uint8Array): boolean {
  const end = message.indexOf(LF);
  if (end < 1 || end !== message.length - 1) return false;
  return message.every((byte) => byte < 0x80 && !TELLING.has(byte));
}

/** `:`, `=` and `@`. */
const TELLING = new Set([0x3a, 0x3d, 0x40]);
