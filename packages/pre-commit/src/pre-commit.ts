import { resolve } from "node:path";
import {
  branchName,
  type Change,
  countsLines,
  describeRequirement,
  escapeLine,
  explainViolation,
  type Foresight,
  findAuthorLevel,
  findPolicyChanges,
  foreseeCommit,
  formatWords,
  PLAIN,
  type Policy,
} from "@countersign/core";
import {
  findGitDir,
  type GitContext,
  openContext,
  openRepository,
  readStaged,
  readSymbolicRef,
  useRepository,
} from "@countersign/git";
import { objectToStagedPolicy } from "./check/staged-policy.ts";
import type { Objection } from "./commit-msg.ts";

import { type HookAnswer, type HookCall, SILENT } from "./hook.ts";
import { findGitCommand } from "./message/git-command.ts";
import { readPolicyInForce } from "./policy-in-force.ts";
import { type Assistance, findAssistance, type Staged, stagedIn } from "./provenance/assistance.ts";

/**
 * Tells in a line or two what the push of this commit will need, and stops what could never land: work that a rule
 * denies, and a damaged policy.
 */
export async function warnEarly(call: HookCall): Promise<HookAnswer> {
  const context = openContext(call.cwd, call.env);
  const index = call.env["GIT_INDEX_FILE"];
  const gitDir = await findGitDir(context, index && resolve(call.cwd, index));
  const staged = stagedIn(context);
  const { assistances } = await findAssistance(context, gitDir, findGitCommand(), staged);
  const touchesPolicy = findPolicyChanges(await staged.changes()).length > 0;
  // A person's own work, which no policy asks about.
  if (assistances.length === 0 && !touchesPolicy) return SILENT;

  const objections: Objection[] = touchesPolicy ? [...(await readStagedPolicy(call, await staged.changes()))] : [];
  const notes: string[] = [];
  const [read, branch] = await Promise.all([readPolicyInForce(context), findBranch(context)]);
  if ("problem" in read) notes.push(`the policy in force cannot be read, so nothing can be foretold: ${read.problem}`);
  else if (read.policy) {
    const foresight = await foresee(context, read.policy, branch, assistances, staged);
    for (const violation of foresight.violations) {
      objections.push({ code: violation.code, words: explainViolation(violation) });
    }
    if (objections.length === 0) notes.push(...describe(foresight, branch ?? "", assistances));
  }
  return {
    stop: objections.length > 0,
    lines: [
      ...(objections.length > 0 ? ["countersign: the commit is stopped, as it could never land"] : []),
      ...objections.flatMap(({ code, words }) => formatWords(code, words, PLAIN)),
      ...notes.map((note) => escapeLine(`countersign: ${note}`)),
    ],
  };
}

async function readStagedPolicy({ cwd, env }: HookCall, changes: readonly Change[]): Promise<readonly Objection[]> {
  return useRepository(await openRepository(cwd, env), (repository) => objectToStagedPolicy(repository, changes));
}

/** The branch that the commit goes on, by its short name; undefined on none, as during a rebase. */
async function findBranch(context: GitContext): Promise<string | undefined> {
  return branchName((await readSymbolicRef(context, "HEAD")) ?? "");
}

async function foresee(
  context: GitContext,
  policy: Policy,
  branch: string | undefined,
  assistances: readonly Assistance[],
  staged: Staged,
): Promise<Foresight> {
  return foreseeCommit(policy, branch, {
    changes: countsLines(policy) ? await readStaged(context, { lines: true }) : await staged.changes(),
    agents: [...new Set(assistances.map(({ agent }) => agent))],
    // git tells its hooks who the author will be.
    authorLevel: findAuthorLevel(policy, context.env["GIT_AUTHOR_EMAIL"] ?? ""),
  });
}

function describe(
  { requirements, policyChange }: Foresight,
  branch: string,
  assistances: readonly Assistance[],
): readonly string[] {
  const notes: string[] = [];
  const agents = [...new Set(assistances.map(({ agent }) => agent))].join(", ");
  const wanted = requirements.map(({ requirement, rules }) => {
    const by = rules.length === 0 ? "" : ` (${rules.map((rule) => `"${rule}"`).join(", ")})`;
    return `${describeRequirement(requirement)}${by}`;
  });
  if (wanted.length > 0) {
    notes.push(`made with ${agents}; to land on ${branch} it has to be ${wanted.join(", and ")}`);
  }
  if (policyChange) notes.push(`this changes the policy; to land it has to be ${describeRequirement(policyChange)}`);
  return notes;
}
