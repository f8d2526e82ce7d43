import { readPolicyAt } from "../destination/read-in-force.ts";
import { nameEntries } from "../judge/merged-policy.ts";
import type { Push } from "../judge/push.ts";
import type { LedgerClaims } from "../judge/records/ledger-claims.ts";
import { openLedger } from "../judge/records/open-ledger.ts";
import type { ObjectId } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import { findProtection, isLedger, type Policy } from "../policy/policy.ts";
import type { Tracer } from "../records/recorder.ts";
import { openTracer } from "../records/tracer.ts";
import { branchRef, type Destination } from "../ref.ts";
import type { Repository, TreeEntry } from "../repository.ts";

/** How a landing of the past is judged, which many have in common. */
export interface PastTerms extends Pick<Push, "doubt"> {
  /** Undefined where none stood, or it is in doubt. */
  readonly policy: PolicyInForce | undefined;
  /** Tips of now, of those branches alone that say something here. */
  readonly branches: ReadonlyMap<string, ObjectId>;
  readonly ledger: LedgerClaims | undefined;
  readonly trace: Tracer | undefined;
}

/** Where history is judged, and what is known now. */
export interface PastPlace {
  /** By short name. */
  readonly branch: string;
  readonly tip: ObjectId;
  readonly destination: Destination;
  /** Keys that are revoked now prove nothing at any time. */
  readonly revoked: ReadonlySet<string>;
}

/** The policies of a branch's past, each file read and parsed once. */
export class PastPolicies {
  readonly #repository: Repository;
  readonly #place: PastPlace;
  readonly #known = new Map<string, PastTerms>();

  constructor(repository: Repository, place: PastPlace) {
    this.#repository = repository;
    this.#place = place;
  }

  /** The terms where these policy files stood at a commit. */
  async at(commit: ObjectId, entries: readonly TreeEntry[]): Promise<PastTerms> {
    const name = nameEntries(entries);
    const known = this.#known.get(name) ?? (await this.#read(commit));
    this.#known.set(name, known);
    return known.policy ? { ...known, policy: { ...known.policy, commit } } : known;
  }

  async #read(commit: ObjectId): Promise<PastTerms> {
    const { branch, destination } = this.#place;
    const place = { commit, ref: branchRef(branch) };
    const { policy, doubt } = await readPolicyAt(this.#repository, place, destination.defaultBranch);
    return policy ? this.by(policy) : { policy, doubt, branches: new Map(), ledger: undefined, trace: undefined };
  }

  /** The terms under a policy. */
  by(inForce: PolicyInForce): PastTerms {
    const { branch, tip, destination, revoked } = this.#place;
    const policy = { ...inForce.policy, revoked: new Set([...inForce.policy.revoked, ...revoked]) };
    return {
      policy: { ...inForce, policy },
      doubt: undefined,
      branches: new Map([...destination.branches].filter(([name]) => this.#counts(policy, name))),
      ledger: openLedger(this.#repository, { destination }, policy, branch),
      trace: openTracer(this.#repository, policy, { tip }),
    };
  }

  /** Whether a branch is asked when this one is judged: thousands of others must not be, landing by landing. */
  #counts(policy: Policy, name: string): boolean {
    const { branch, destination } = this.#place;
    if (name === destination.defaultBranch || isLedger(policy, name)) return true;
    return findProtection(policy, branch)?.accepts.some((glob) => glob.matches(name)) ?? false;
  }
}
