import { CountersignError } from "@countersign/core";
import { type AuditPlan, findDestination, placeOf, readInForce, type Shard } from "@countersign/core/internal";
import { type GitRepository, listLine, readDate } from "@countersign/git/internal";
import { currentTime } from "../context.ts";
import { readPolicyAt } from "../policy/policy-at.ts";
import { findBranchTip } from "./branch-tip.ts";

/** What a person says of the history that is to be judged again. */
export interface AuditWishes {
  readonly since?: string;
  readonly policy?: string;
  readonly remote?: string;
  /** One part of several, as `2/5`. */
  readonly shard?: string;
}

export interface PlannedAudit {
  readonly plan: AuditPlan;
  /** The remote that the branch is of; undefined for this repository itself. */
  readonly remote: string | undefined;
  /** Why today's policy is not known. */
  readonly fault: CountersignError | undefined;
}

/** Finds the branch, by default the default one, and what is known of it now. */
export async function planAudit(
  repository: GitRepository,
  named: string | undefined,
  { since, policy: asked, remote, shard }: AuditWishes,
): Promise<PlannedAudit> {
  const known = await findDestination(repository, { remote });
  const { destination, location } = known;
  const branch = named ?? destination.defaultBranch;
  if (branch === undefined) {
    throw location.known === "nothing" ? location.fault : new CountersignError("BRANCH_UNKNOWN", {});
  }
  const tip = await findBranchTip(repository, destination, branch);
  const { policy, doubt } = asked === undefined ? await readInForce(repository, known, []) : NO_DOUBT;
  // A policy that is damaged now is a landing to be found; where it stands has to be known.
  if (doubt && !placeOf(known)) throw doubt.fault;
  return {
    plan: {
      branch,
      tip,
      destination,
      policy: asked === undefined ? policy : await readPolicyAt(repository, asked),
      trial: asked !== undefined,
      now: currentTime(),
      list: (from) => listLine(repository.context, from),
      shard: shard === undefined ? undefined : readShard(shard),
      since: since === undefined ? undefined : await readDate(repository, "--since", since),
    },
    remote: known.remote,
    fault: doubt?.fault,
  };
}

/** More parts than that nobody runs, and each costs a start. */
const MOST_SHARDS = 10_000;

function readShard(text: string): Shard {
  const [number = 0, of = 0] = (/^(\d{1,5})\/(\d{1,5})$/.exec(text)?.slice(1) ?? []).map(Number);
  if (number >= 1 && number <= of && of <= MOST_SHARDS) return { number, of };
  const problem = `"${text}" is not a part of several, counted from 1, as in 2/5`;
  throw new CountersignError("OPTION_INVALID", { option: "--shard", problem });
}

const NO_DOUBT = { policy: undefined, doubt: undefined };
