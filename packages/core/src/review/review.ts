import type { ObjectId } from "../object/oid.ts";
import type { Account, Forge } from "../policy/accounts.ts";

/** Someone who reviewed, as the forge names them. */
export interface Reviewer extends Account {
  /** Whether it is a bot, an app, or an app in the name of someone. */
  readonly isBot: boolean;
}

/** A review of a pull or merge request, as the forge reports it now. */
export interface Review {
  readonly forge: Forge;
  /** The forge's own; of an approval without one, anything that no other has. */
  readonly id: string;
  readonly reviewer: Reviewer;
  readonly state: "approved" | "changes-requested" | "dismissed" | "commented";
  /** The commit that was looked at; undefined if the forge names none, or does not have it any more. */
  readonly head?: ObjectId | undefined;
  /** In seconds since 1970. */
  readonly submitted: number;
  /** Whether the request got another base branch afterwards, so that it was given for another change. */
  readonly turned?: boolean | undefined;
  /** When the newest version of the request was pushed, where the forge names no commit (GitLab). It has to be the version that is judged. */
  readonly newestVersion?: number | undefined;
}

/** What a forge reports about a branch that is to be merged. */
export interface ReviewedHead {
  /** The tip of the branch. */
  readonly head: ObjectId;
  /** Every review of it, in any order, including those that take an earlier review back. */
  readonly reviews: readonly Review[];
  /** Others whose work it is: who opened the request, and who pushed last. */
  readonly makers?: readonly Account[] | undefined;
  /** Whether the forge does not say who pushed last: that may be the one who approves. */
  readonly isPusherUnknown?: boolean | undefined;
}
