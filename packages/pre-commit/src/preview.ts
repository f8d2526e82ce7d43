import { type Change, describeRequirement, explainViolation, type Policy } from "@countersign/core";
import {
  branchName,
  type CommitPreview,
  countsLines,
  findAuthorLevel,
  isPolicyChange,
  previewCommit,
} from "@countersign/core/internal";
import { type GitContext, type HookAnswer, readStaged, readSymbolicRef } from "@countersign/git/internal";
import { escapeLine, formatMessage, PLAIN } from "@countersign/report";
import type { Objection } from "./check/objections.ts";
import { readPolicyInForce } from "./policy-in-force.ts";
import type { Assistance } from "./provenance/assistances.ts";

/** Says before the commit what the push will say of AI-assisted work, or of a change of the policy. */
export async function previewStaged(
  context: GitContext,
  changes: readonly Change[],
  assistances: readonly Assistance[],
): Promise<HookAnswer> {
  const objections: Objection[] = [...(await objectToPolicy(context, changes))];
  const notes: string[] = [];
  const [read, branch] = await Promise.all([readPolicyInForce(context), findBranch(context)]);
  if ("problem" in read)
    notes.push(`the policy in force cannot be read, so it is not known what this will need: ${read.problem}`);
  else if (read.policy) {
    const preview = await previewUnder(context, read.policy, branch, { assistances, changes });
    objections.push(...preview.denials.map(explainViolation));
    if (objections.length === 0) notes.push(...describe(preview, branch ?? "", assistances));
  }
  return {
    outcome: objections.length > 0 ? "deny" : "allow",
    lines: [
      ...(objections.length > 0 ? ["countersign: the commit is stopped, because it could never land"] : []),
      ...objections.flatMap((objection) => formatMessage(objection, PLAIN)),
      ...notes.map((note) => escapeLine(`countersign: ${note}`)),
    ],
  };
}

/** Loaded late: few commits touch the policy. */
async function objectToPolicy(context: GitContext, changes: readonly Change[]): Promise<readonly Objection[]> {
  if (!changes.some(isPolicyChange)) return [];
  const { objectToStagedPolicy } = await import("./check/staged-policy.ts");
  return objectToStagedPolicy(context, changes);
}

/** The branch that the commit goes on, by its short name; undefined on none, as during a rebase. */
async function findBranch(context: GitContext): Promise<string | undefined> {
  return branchName((await readSymbolicRef(context, "HEAD")) ?? "");
}

async function previewUnder(
  context: GitContext,
  policy: Policy,
  branch: string | undefined,
  { assistances, changes }: { readonly assistances: readonly Assistance[]; readonly changes: readonly Change[] },
): Promise<CommitPreview> {
  return previewCommit(policy, branch, {
    changes: countsLines(policy) ? await readStaged(context, { lines: true }) : changes,
    agents: [...new Set(assistances.map(({ agent }) => agent))],
    // git lets its hooks know who the author will be.
    authorLevel: findAuthorLevel(policy, context.env["GIT_AUTHOR_EMAIL"] ?? ""),
  });
}

function describe(
  { asks, policyChange }: CommitPreview,
  branch: string,
  assistances: readonly Assistance[],
): readonly string[] {
  const notes: string[] = [];
  const agents = [...new Set(assistances.map(({ agent }) => agent))].join(", ");
  const wanted = asks.map(({ requirement, rules }) => {
    const by = rules.length === 0 ? "" : ` (${rules.map((rule) => `"${rule}"`).join(", ")})`;
    return `${describeRequirement(requirement)}${by}`;
  });
  if (wanted.length > 0) {
    notes.push(`made with ${agents}; to land on ${branch} it needs ${wanted.join(", and ")}`);
  }
  if (policyChange)
    notes.push(`this changes the policy; to land it needs ${describeRequirement(policyChange.requirement)}`);
  return notes;
}
