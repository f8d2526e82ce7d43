import type { ObjectId } from "../object/oid.ts";
import type { AssistanceClass } from "../provenance/provenance.ts";
import { branchRef } from "../ref.ts";
import type { PublicKey } from "../ssh/public-key.ts";
import type { RosterAccount } from "./accounts.ts";
import type { RuleConditions } from "./conditions/index.ts";
import type { Glob } from "./glob/glob.ts";
import type { Levels } from "./levels.ts";
import type { Requirement, RequirementOverride } from "./requirement.ts";

/** Whether a broken rule stops a push or is only reported. */
export const MODES = ["enforce", "warn"] as const;
export type Mode = (typeof MODES)[number];

/** Whether a commit must say how it was made. */
export const DISCLOSURES = ["optional", "required"] as const;
export type Disclosure = (typeof DISCLOSURES)[number];

/** One key of a person. The times are in seconds since 1970; outside of them the key proves nothing. */
export interface PersonKey extends PublicKey {
  readonly validFrom: number | undefined;
  readonly validUntil: number | undefined;
}

/** A key that may record what a forge said about a review. It proves that and nothing else. */
export interface Witness {
  readonly name: string;
  /** At least one; none of them a person's. */
  readonly keys: readonly PersonKey[];
}

/** Someone on the roster. */
export interface Person {
  readonly name: string;
  /** At least one; ASCII lower case; no two people share one. */
  readonly emails: readonly string[];
  /** A name in `Policy.levels`. */
  readonly level: string;
  readonly keys: readonly PersonKey[];
  /** On forges, at most one on each; no two people share one. */
  readonly accounts: readonly RosterAccount[];
}

/** An entry of `protect`: branches that are protected in the same way. */
export interface Protection {
  /** Matched against short names: `main`, not `refs/heads/main`. */
  readonly branches: readonly Glob[];
  readonly cosign: RequirementOverride;
  /** What landed on these branches counts as judged here too. */
  readonly accepts: readonly Glob[];
  readonly mode: Mode;
}

/** One rule: how it changes the requirement for commits, or paths of commits, that meet its conditions. */
export interface Rule {
  readonly name: string;
  readonly when: RuleConditions;
  /** Sets nothing in a rule that denies. */
  readonly cosign: RequirementOverride;
  /** Why a commit that meets the conditions is refused, no matter who co-signs it. */
  readonly deny: string | undefined;
}

/** An agent that the policy adds to the catalogue. */
export interface PolicyAgent {
  readonly id: string;
  readonly name: string;
  /** ASCII lower case. */
  readonly emails: readonly string[];
}

/** The recorders, beside the commits themselves, whose evidence counts. */
export interface RecorderChoice {
  readonly gitAiNotes: boolean;
  readonly entireCheckpoints: boolean;
  readonly agentTrace: boolean;
}

/** What lets work land in an emergency. */
export interface EmergencyTerms {
  /** The least level of the one person who signs that. */
  readonly level: string;
  /** How long after that signature the review may take, in seconds. */
  readonly reviewWithin: number;
}

/** A policy file, read in full and checked, with every default filled in. */
export interface Policy {
  /** Undefined if the file names no project; a signature then has `-` in its place. */
  readonly project: string | undefined;
  /** History up to this commit is not judged. */
  readonly baseline: ObjectId | undefined;
  readonly levels: Levels;
  readonly people: readonly Person[];
  /** By address in ASCII lower case; ask through `findPersonByEmail`. */
  readonly peopleByEmail: ReadonlyMap<string, Person>;
  /** By `PublicKey.text`. */
  readonly peopleByKey: ReadonlyMap<string, Person>;
  /** Keys that prove nothing any more: `PublicKey.text`, or a fingerprint as `SHA256:…`. */
  readonly revoked: ReadonlySet<string>;
  /** By name, no two alike. */
  readonly witnesses: readonly Witness[];
  /** The full name of the branch that holds co-signs; undefined if only commits do. */
  readonly ledger: string | undefined;
  readonly protect: readonly Protection[];
  readonly cosign: Requirement;
  readonly policyChange: RequirementOverride;
  /** The key of the trailer that the commit hooks write. */
  readonly stamp: string;
  readonly rules: readonly Rule[];
  /** The least level of people who can prove marks of AI wrong; undefined if nobody can. */
  readonly disputes: { readonly level: string } | undefined;
  /** Who may let work land before its review, and by when that is due; undefined if nobody may. */
  readonly emergency: EmergencyTerms | undefined;
  readonly disclosure: Disclosure;
  readonly mode: Mode;
  readonly agents: readonly PolicyAgent[];
  /** Addresses that never count as an agent's, in ASCII lower case. */
  readonly exempt: ReadonlySet<string>;
  /** The classes of help that make a commit an assisted one. */
  readonly assisted: ReadonlySet<AssistanceClass>;
  readonly evidence: RecorderChoice;
}

/** Whether a branch, by its short name, is the ledger, which no pattern of `protect` governs. */
export function isLedger({ ledger }: Policy, branch: string): boolean {
  return ledger === branchRef(branch);
}

/** The entry that governs a branch, by its short name: the first one that matches. None governs the ledger. */
export function findProtection(policy: Policy, branch: string): Protection | undefined {
  if (isLedger(policy, branch)) return undefined;
  return policy.protect.find(({ branches }) => branches.some((glob) => glob.matches(branch)));
}
