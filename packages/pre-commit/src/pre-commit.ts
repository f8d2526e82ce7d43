import { resolve } from "node:path";
import { isPolicyChange } from "@countersign/core/internal";
import { findGitDir, type HookAnswer, type HookCall, openHookContext } from "@countersign/git/internal";
import { SILENT } from "./main.ts";
import { findAssistance } from "./provenance/assistance.ts";
import { readCommitUnderWay } from "./provenance/commit-under-way.ts";
import { findNamedReverts } from "./provenance/source-commits.ts";

/**
 * Says in a line or two what the push of this commit will need, and stops what could never land: work that a rule
 * denies, and a damaged policy.
 */
export async function warnEarly(call: HookCall): Promise<HookAnswer> {
  const context = openHookContext(call.cwd, call.env);
  const index = call.env["GIT_INDEX_FILE"];
  const gitDir = await findGitDir(context, index && resolve(call.cwd, index));
  const commit = await readCommitUnderWay(context, gitDir);
  const { assistances } = await findAssistance(commit, findNamedReverts(gitDir, NO_MESSAGE));
  const changes = await commit.staged.own();
  // A person's own work, which no policy asks about, and for which nothing more is loaded.
  if (assistances.length === 0 && !changes.some(isPolicyChange)) return SILENT;
  return (await import("./preview.ts")).previewStaged(context, changes, assistances);
}

/** There is none yet. */
const NO_MESSAGE = new Uint8Array();
