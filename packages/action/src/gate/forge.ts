import type { ObjectId } from "@countersign/core";
import type { MergeWay, ReviewedHead } from "@countersign/core/internal";

/** A pull or merge request, as its forge has it at the moment. */
export interface MergeRequest {
  readonly number: number;
  /** For people: `pull request 12`. */
  readonly name: string;
  readonly isOpen: boolean;
  /** The branch that it is to be merged into, by its short name. */
  readonly base: string;
  readonly head: ObjectId;
  /** The full name of the ref that the forge keeps the head under, beside the branches. */
  readonly headRef: string;
  /** The branch whose policy is in force. */
  readonly defaultBranch: string;
}

/** A verdict on a commit, under a name that a branch can require. */
export interface Status {
  readonly state: "pending" | "success" | "failure";
  readonly context: string;
  /** One line. */
  readonly title: string;
}

/** Where a repository is fetched from. */
export interface Source {
  /** By http or https. */
  readonly address: string;
  /** The header that says who asks, `Name: value`. Secret. */
  readonly header: string | undefined;
  /** A folder for what is of no use afterwards. */
  readonly folder: string;
}

/** What the gate has to know of a forge and do there. A new forge is one more of these. */
export interface Forge {
  readonly source: Source;
  /** What it calls a request, in front of its number: `#`, `!`. */
  readonly sign: string;
  request(number: number): Promise<MergeRequest>;
  /** The open requests that are to be merged into a branch; all where none is named. */
  openRequests(branch: string | undefined): Promise<readonly number[]>;
  /** The requests that a commit is part of, or that it came by. */
  requestsOf(commit: ObjectId): Promise<readonly number[]>;
  /** The ways of merging that are open to people on a branch. All, where that cannot be learned. */
  waysOfMerging(branch: string): Promise<readonly MergeWay[]>;
  /** Every review of a request, and whose work it is as the forge knows. */
  reviews(request: MergeRequest): Promise<ReviewedHead>;
  /** The states of a commit by context. */
  statuses(commit: ObjectId): Promise<ReadonlyMap<string, Status>>;
  setStatus(commit: ObjectId, status: Status): Promise<void>;
  /** Writes, or writes again, the one comment on a request that begins with a marker. */
  writeComment(number: number, comment: RequestComment): Promise<void>;
}

/** A comment that is there once. */
export interface RequestComment {
  /** The first line, which people are not shown. */
  readonly marker: string;
  /** Below it. */
  readonly text: string;
  /** Whether it only replaces one that is there. */
  readonly onlyIfThere: boolean;
}
