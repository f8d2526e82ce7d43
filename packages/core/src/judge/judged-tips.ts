import type { ObjectId } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import { findProtection, type Policy, type Protection } from "../policy/policy.ts";
import { branchName, isCreated } from "../ref.ts";
import type { Repository } from "../repository.ts";
import type { Push } from "./push.ts";

/**
 * The commits that count as judged for each protect entry, with all that they reach: the tips, before the push, of the
 * branches that the entry guards or accepts, and the baseline. A weaker branch's tip is none of them, nor is anything
 * that merely lies on the remote. Found once for each entry, however many refs are pushed.
 */
export class JudgedTips {
  readonly #repository: Repository;
  readonly #policy: Policy;
  readonly #lastSeen: ReadonlyMap<string, ObjectId>;
  readonly #tips: Map<string, ObjectId>;
  readonly #found = new Map<Protection, Promise<readonly ObjectId[]>>();

  constructor(repository: Repository, { destination, updates }: Push, { policy }: PolicyInForce) {
    this.#repository = repository;
    this.#policy = policy;
    this.#lastSeen = destination.branches;
    this.#tips = new Map(destination.branches);
    // What this very push moves stands where the push says, not where it was last seen.
    for (const update of updates) {
      const name = branchName(destination.aliases.get(update.ref) ?? update.ref);
      if (name !== undefined && isCreated(update)) this.#tips.delete(name);
      else if (name !== undefined) this.#tips.set(name, update.old);
    }
  }

  of(protection: Protection): Promise<readonly ObjectId[]> {
    const known = this.#found.get(protection) ?? this.#find(protection);
    this.#found.set(protection, known);
    return known;
  }

  async #find(protection: Protection): Promise<readonly ObjectId[]> {
    const judged = new Set<ObjectId>();
    for (const [name, tip] of this.#tips) {
      if (!this.#counts(protection, name)) continue;
      // A tip that is not here leaves the one last seen of that branch to go by.
      const commit = (await this.#peel(tip)) ?? (await this.#peel(this.#lastSeen.get(name)));
      if (commit) judged.add(commit);
    }
    const baseline = await this.#peel(this.#policy.baseline);
    if (baseline) judged.add(baseline);
    return [...judged];
  }

  #counts(protection: Protection, branch: string): boolean {
    return (
      findProtection(this.#policy, branch) === protection || protection.accepts.some((glob) => glob.matches(branch))
    );
  }

  async #peel(oid: ObjectId | undefined): Promise<ObjectId | undefined> {
    return oid && this.#repository.peelToCommit(oid);
  }
}
