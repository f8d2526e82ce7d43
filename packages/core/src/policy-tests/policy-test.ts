import type { ViolationCode } from "../messages/violations.ts";
import type { Proof } from "../policy/requirement.ts";

/** What becomes of a commit: with `warn` it lands, and what is wrong is reported. */
export type TestOutcome = "allow" | "warn" | "deny";

/** Outcomes as people read them. */
export const OUTCOME_WORDS = { allow: "allowed", warn: "warned", deny: "refused" } as const;

/** A co-sign that is taken as given. */
export interface AssumedCosign {
  readonly who: string;
  readonly proof: Proof;
  /** How long before the judging it was signed, in seconds. */
  readonly age: number;
  /** Whether the test's emergency was signed, and no review. */
  readonly emergency: boolean;
}

/** Files that a commit changes. */
export interface AssumedPath {
  readonly path: string;
  readonly status: "added" | "modified" | "deleted";
  /** Lines. */
  readonly added: number;
  readonly deleted: number;
}

/** One test of a policy: a commit, and what is to become of it. */
export interface PolicyTest {
  readonly name: string;
  /** Where it stands in its file, counted from 1. */
  readonly line: number;
  /** By short name. */
  readonly branch: string;
  readonly author: string;
  readonly agents: readonly string[];
  readonly declaredHuman: boolean;
  /** Why the commit cannot wait for its review. */
  readonly emergency: string | undefined;
  readonly message: string;
  readonly paths: readonly AssumedPath[];
  readonly cosigns: readonly AssumedCosign[];
  readonly expected: {
    readonly outcome: TestOutcome;
    /** Undefined where nothing is said of them. */
    readonly codes: readonly ViolationCode[] | undefined;
    readonly rules: readonly string[] | undefined;
  };
}

/** The tests of one file. */
export interface PolicyTests {
  readonly tests: readonly PolicyTest[];
  /** Seconds since 1970; undefined for the time of the run. */
  readonly now: number | undefined;
}
