import type { ObjectId } from "@countersign/core";
import type { Proof } from "@countersign/core/internal";

/** A person by a name to show, and an address that is one for all of theirs. Empty if nobody is to be known by it. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

/** How a landing stands before the policy of its time. */
export type Standing =
  /** No policy protected the branch. */
  | "unjudged"
  /** Nothing was asked. */
  | "free"
  /** All that was asked was given. */
  | "co-signed"
  /** It landed in an emergency, and nobody has reviewed it since. */
  | "emergency"
  /** It breaks a rule, and the policy only warned. */
  | "warned"
  | "undecided"
  /** It came around the gate, and nothing has remedied it since. */
  | "bypassed";

/** A co-sign that counts. */
export interface CountedCosign {
  readonly person: Person;
  readonly proof: Proof;
  /** When it was signed, in seconds since 1970; absent if it is declared alone. */
  readonly time?: number;
}

/** What a branch got at once: a commit of its line, with all that it brought. */
export interface Landing {
  /** Undefined if it is not to be known. */
  readonly commit: ObjectId | undefined;
  /** In seconds since 1970. */
  readonly landed: number;
  readonly subject: string;
  readonly author: Person;
  /** How many commits came with it, and how many of them are AI-assisted. */
  readonly commits: number;
  readonly assisted: number;
  readonly agents: readonly string[];
  /** The folders of the root that it changes something in; `.` for files that lie there. */
  readonly folders: readonly string[];
  readonly standing: Standing;
  /** What is wrong with it, each once. */
  readonly wrong: readonly { readonly code: string; readonly what: string }[];
  readonly cosigns: readonly CountedCosign[];
}

/** What was once asked of a commit. */
export interface Asked {
  /** The rules that asked it; empty for what is asked of all AI-assisted work. */
  readonly rules: string;
  /** In words. */
  readonly needs: string;
  readonly met: boolean;
}

/** One commit that one person has co-signed. */
export interface SignedCommit extends CountedCosign {
  /** When it was committed. */
  readonly committed: number | undefined;
  /** What it changes; undefined for a merge, whose change is that of others. */
  readonly size: { readonly files: number; readonly lines: number } | undefined;
}

/** What landed on a branch in a time, for people who would rather look than read. */
export interface Overview {
  /** By its short name. */
  readonly branch: string;
  /** Where it stands, and where it stood before the first landing; undefined for the beginning of its history. */
  readonly tip: ObjectId | undefined;
  readonly from: ObjectId | undefined;
  /** The commit that its history begins with. */
  readonly root: ObjectId | undefined;
  /** When this was gathered, in seconds since 1970. */
  readonly made: number;
  /** The oldest first. */
  readonly landings: readonly Landing[];
  readonly asked: readonly Asked[];
  readonly signed: readonly SignedCommit[];
}
