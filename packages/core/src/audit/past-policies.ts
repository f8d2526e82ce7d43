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
import type { Repository } from "../repository.ts";
import type { LandingsPlan } from "./line/list-landings.ts";
import type { PastLanding } from "./line/past-landing.ts";

/** How a landing of the past is judged, which many have in common. */
export interface PastTerms extends Pick<Push, "doubt"> {
  /** Undefined if none stood, or it is in doubt. */
  readonly policy: PolicyInForce | undefined;
  /** Tips of now, of those branches alone that say something here. */
  readonly branches: ReadonlyMap<string, ObjectId>;
  readonly ledger: LedgerClaims | undefined;
  readonly trace: Tracer | undefined;
}

/** Where history is judged, and what is known now. */
export interface PastPlace extends Pick<LandingsPlan, "branch" | "tip" | "policy" | "trial"> {
  readonly destination: Destination;
}

/** The policies of a branch's past, each file read and parsed once. */
export class PastPolicies {
  readonly #repository: Repository;
  readonly #place: PastPlace;
  readonly #known = new Map<string, PastTerms>();

  /** For a policy that is tried out, whatever stood there. */
  readonly #tried: PastTerms | undefined;

  constructor(repository: Repository, place: PastPlace) {
    this.#repository = repository;
    this.#place = place;
    this.#tried = place.trial && place.policy ? this.#by(place.policy) : undefined;
  }

  /** The terms of a landing: by the policy files that stood there before it. */
  async before({ at, before }: Pick<PastLanding, "at" | "before">): Promise<PastTerms> {
    if (this.#tried) return this.#tried;
    const commit = at.parent ?? at.commit;
    const name = nameEntries(before);
    const known = this.#known.get(name) ?? (await this.#read(commit));
    this.#known.set(name, known);
    return known.policy ? { ...known, policy: { ...known.policy, commit } } : known;
  }

  /** The terms under today's policy; undefined if there is none. */
  get current(): PastTerms | undefined {
    const { policy } = this.#place;
    return policy && this.#by(policy);
  }

  async #read(commit: ObjectId): Promise<PastTerms> {
    const { branch, destination } = this.#place;
    const place = { commit, ref: branchRef(branch) };
    const { policy, doubt } = await readPolicyAt(this.#repository, place, destination.defaultBranch);
    return policy ? this.#by(policy) : { policy, doubt, branches: new Map(), ledger: undefined, trace: undefined };
  }

  /** The terms under a policy. Of now are the ledger, and the keys that are revoked: those prove nothing at any time. */
  #by(inForce: PolicyInForce): PastTerms {
    const { branch, tip, destination, policy: current } = this.#place;
    const { revoked, ledger } = inForce.policy;
    const policy = {
      ...inForce.policy,
      revoked: new Set([...revoked, ...(current?.policy.revoked ?? [])]),
      ledger: current?.policy.ledger ?? ledger,
    };
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
