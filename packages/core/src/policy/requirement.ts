/**
 * How sure a co-sign must be, weakest first: a claim, an approval that a forge vouches for, a signature, a signature by a
 * key that requires a touch.
 */
export const PROOFS = ["declared", "reviewed", "signed", "hardware"] as const;
export type Proof = (typeof PROOFS)[number];

/** Whether each commit is vouched for by itself, or a co-signed merge vouches for what it brings in. */
export const COVERAGES = ["commit", "merge"] as const;
export type Coverage = (typeof COVERAGES)[number];

/** Whether a co-sign in the ledger still counts where the file has moved on and its change merges cleanly. */
export const REAPPLICATIONS = ["clean", "never"] as const;
export type Reapplication = (typeof REAPPLICATIONS)[number];

/** What a commit needs before it may land. A `count` of 0 asks for nothing. */
export interface Requirement {
  /** How many people must co-sign. */
  readonly count: number;
  /** The least level of each of them: a name in `Policy.levels`. */
  readonly level: string;
  readonly proof: Proof;
  /** How old a signature may be when it lands, in seconds. */
  readonly maxAge: number;
  readonly coverage: Coverage;
  readonly reapply: Reapplication;
  /** Whether the author's own co-sign counts. */
  readonly self: boolean;
}

/** What a requirement asks of people, as a text that is equal only for equal requirements. */
export function nameNeeds({
  count,
  level,
  proof,
  self,
}: Pick<Requirement, "count" | "level" | "proof" | "self">): string {
  return JSON.stringify([count, level, proof, self]);
}

/** The fields that one part of a policy sets; the others stay as they were. */
export type RequirementOverride = Partial<Requirement>;

/** The requirement where the policy says nothing. */
export const DEFAULT_REQUIREMENT: Requirement = {
  count: 1,
  level: "senior",
  proof: "signed",
  maxAge: 30 * 24 * 60 * 60,
  coverage: "commit",
  reapply: "clean",
  self: false,
};
