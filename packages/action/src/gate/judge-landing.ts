import { CountersignError, type Decision, type Policy, type PolicyInForce } from "@countersign/core";
import {
  choosePolicy,
  findProtection,
  judgeWork,
  type MergeWay,
  type ReviewedHead,
  undecided,
} from "@countersign/core/internal";
import type { FetchedLanding } from "./fetch-landing.ts";
import { type GateRepository, REMOTE } from "./gate-repository.ts";

/** What came of judging: a decision, or that no policy has anything to say about the branch. */
export type Judgement =
  | { readonly kind: "judged"; readonly decision: Decision }
  | { readonly kind: "unprotected"; readonly policy: PolicyInForce | undefined };

/** What only the forge knows about a landing. */
export interface ForgeFacts {
  /** The ways of merging that are open; absent, the head is what the branch will be, as in a merge queue. */
  readonly ways?: readonly MergeWay[];
  readonly reviews?: readonly ReviewedHead[];
}

/** Judges what was fetched by the policy of the default branch. */
export async function judgeFetched(
  place: GateRepository,
  { head }: Pick<FetchedLanding, "head">,
  branch: string,
  { ways, reviews }: ForgeFacts,
): Promise<Judgement> {
  return place.read(async (repository) => {
    const choice = await choosePolicy(repository, { branch, remote: REMOTE });
    if (!findProtection(choice.policy.policy, branch)) return { kind: "unprotected", policy: choice.policy };
    const decision = await judgeWork(repository, choice, { from: undefined, to: head }, { merge: ways, reviews });
    return { kind: "judged", decision };
  });
}

/** The policy that something was judged by. */
export function policyOf(judgement: Judgement): Policy | undefined {
  return judgement.kind === "judged" ? judgement.decision.policy?.policy : undefined;
}

/** Whether that policy has a witness write approvals down. */
export function namesWitness(judgement: Judgement): boolean {
  return (policyOf(judgement)?.witnesses.length ?? 0) > 0;
}

/** Has what keeps something from being judged become the decision that nothing was decided. A defect of ours is thrown. */
export async function orUndecided(judging: Promise<Judgement>): Promise<Judgement> {
  try {
    return await judging;
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { kind: "judged", decision: undecided(error) };
  }
}
