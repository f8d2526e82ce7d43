import { resolve } from "node:path";
import {
  branchName,
  countsLines,
  describeRequirement,
  escapeLine,
  explainViolation,
  type Foresight,
  findAuthorLevel,
  findPolicyChanges,
  foreseeCommit,
  formatWords,
  isCountersignError,
  PLAIN,
  type Policy,
  readPolicy,
} from "@countersign/core";
import {
  findDestination,
  findGitDir,
  type GitContext,
  type GitRepository,
  openContext,
  openRepository,
  readStaged,
  useRepository,
} from "@countersign/git";
import { objectToStagedPolicy } from "./check/staged-policy.ts";
import type { Objection } from "./commit-msg.ts";

import { type HookAnswer, type HookCall, SILENT } from "./hook.ts";
import { findGitCommand } from "./message/git-command.ts";
import { type Assistance, findAssistance, stagedIn } from "./provenance/assistance.ts";

/**
 * Tells in a line or two what the push of this commit will need, and stops what could never land: work that a rule
 * denies, and a damaged policy.
 */
export async function warnEarly(call: HookCall): Promise<HookAnswer> {
  const context = openContext(call.cwd, call.env);
  const gitDir = await findGitDir(context, resolve(call.cwd, call.env["GIT_INDEX_FILE"] ?? ""));
  const staged = stagedIn(context);
  const assistances = await findAssistance(context, gitDir, findGitCommand(), staged);
  const touchesPolicy = findPolicyChanges(await staged.changes()).length > 0;
  // A person's own work, which no policy asks about.
  if (assistances.length === 0 && !touchesPolicy) return SILENT;

  return useRepository(await openRepository(call.cwd, call.env), async (repository) => {
    const objections: Objection[] = [...(await objectToStagedPolicy(repository, await staged.changes()))];
    const notes: string[] = [];
    const policy = await readPolicyOf(repository, notes);
    if (policy) {
      const branch = branchName((await repository.symbolicRef("HEAD")) ?? "");
      const foresight = await foresee(context, policy, branch, assistances);
      for (const violation of foresight.violations) {
        objections.push({ code: violation.code, words: explainViolation(violation) });
      }
      notes.push(...describe(foresight, branch ?? "", assistances));
    }
    return {
      stop: objections.length > 0,
      lines: [
        ...(objections.length > 0 ? ["countersign: the commit is stopped, as it could never land"] : []),
        ...objections.flatMap(({ code, words }) => formatWords(code, words, PLAIN)),
        ...notes.map((note) => escapeLine(`countersign: ${note}`)),
      ],
    };
  });
}

/** The policy that the push will be judged by. What is wrong with it is worth a line here; the push refuses. */
async function readPolicyOf(repository: GitRepository, notes: string[]): Promise<Policy | undefined> {
  try {
    const { policyPlace } = await findDestination(repository);
    return policyPlace && (await readPolicy(repository, policyPlace))?.policy;
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    notes.push(`the policy in force cannot be read, so nothing can be foretold: ${error.words.what}`);
    return undefined;
  }
}

async function foresee(
  context: GitContext,
  policy: Policy,
  branch: string | undefined,
  assistances: readonly Assistance[],
): Promise<Foresight> {
  return foreseeCommit(policy, branch, {
    changes: await readStaged(context, { lines: countsLines(policy) }),
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
