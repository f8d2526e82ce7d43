import { resolve } from "node:path";
import { findAgentSession, listAncestors } from "@countersign/capture";
import { isPolicyChange } from "@countersign/core/internal";
import { findGitDir, type HookAnswer, type HookCall, openHookContext } from "@countersign/git/internal";
import { SILENT } from "./main.ts";
import { findGitCommand } from "./message/git-command.ts";
import { completeCommand } from "./message/origin.ts";
import { findAssistance } from "./provenance/assistance.ts";
import { findNamedReverts } from "./provenance/source-commits.ts";
import { stagedIn } from "./provenance/staged.ts";

/**
 * Tells in a line or two what the push of this commit will need, and stops what could never land: work that a rule
 * denies, and a damaged policy.
 */
export async function warnEarly(call: HookCall): Promise<HookAnswer> {
  const context = openHookContext(call.cwd, call.env);
  const index = call.env["GIT_INDEX_FILE"];
  const gitDir = await findGitDir(context, index && resolve(call.cwd, index));
  const staged = stagedIn(context, gitDir);
  const reverts = findNamedReverts(gitDir, NO_MESSAGE);
  const ancestors = listAncestors();
  const session = findAgentSession(context.env, () => ancestors);
  const command = await completeCommand(context, gitDir, findGitCommand(ancestors), staged);
  const { assistances } = await findAssistance({ context, gitDir, command, staged, session }, reverts);
  const changes = await staged.own();
  // A person's own work, which no policy asks about, and for which nothing more is loaded.
  if (assistances.length === 0 && !changes.some(isPolicyChange)) return SILENT;
  return (await import("./preview.ts")).previewStaged(context, changes, assistances);
}

/** There is none yet. */
const NO_MESSAGE = new Uint8Array();
