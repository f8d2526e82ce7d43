import { MERGE_WAYS, type MergeWay, type ReviewedHead } from "@countersign/core/internal";
import { askDefaultBranch, nameRequest } from "@countersign/git/internal";
import { failed } from "../api/failed.ts";
import type { Forge, MergeRequest, Source, Status } from "../gate/forge.ts";
import { type GateRepository, REMOTE } from "../gate/gate-repository.ts";

/**
 * A project on GitLab of which only its git server can be asked, as by a job whose token may not use the API. It knows no
 * approvals, and the result of the job is the only verdict.
 */
export class GitForge implements Forge {
  readonly sign = "!";
  readonly source: Source;
  readonly #place: GateRepository;
  readonly #base: string;
  readonly #ways: readonly MergeWay[];

  /** `base`: the target, which git does not know. `ways`: those that the project leaves open; all where nobody says. */
  constructor(place: GateRepository, source: Source, base: string, ways: readonly MergeWay[] = MERGE_WAYS) {
    this.#place = place;
    this.source = source;
    this.#base = base;
    this.#ways = ways;
  }

  async request(number: number): Promise<MergeRequest> {
    const names = nameRequest(this.sign, number);
    const { headRef } = names;
    const { branch, tips } = await askDefaultBranch(this.#place.network, REMOTE, [headRef]);
    const head = tips.get(headRef);
    // The ref of a merge request that was merged or closed is gone after some weeks.
    if (!head) throw failed("git ls-remote", headRef, "there is no such ref");
    return { number, ...names, isOpen: true, base: this.#base, head, defaultBranch: requireBranch(branch) };
  }

  async openRequests(): Promise<readonly number[]> {
    return [];
  }

  async requestsOf(): Promise<readonly number[]> {
    return [];
  }

  async waysOfMerging(): Promise<readonly MergeWay[]> {
    return this.#ways;
  }

  async reviews({ head }: MergeRequest): Promise<ReviewedHead> {
    return { head, reviews: [] };
  }

  async statuses(): Promise<ReadonlyMap<string, Status>> {
    return new Map();
  }

  async setStatus(): Promise<void> {}

  async writeComment(): Promise<void> {}
}

/** The default branch as git's server has it: a variable could be set to another. @throws `FORGE_FAILED` */
export async function findDefaultBranch({ network }: GateRepository): Promise<string> {
  return requireBranch((await askDefaultBranch(network, REMOTE)).branch);
}

function requireBranch(branch: string | undefined): string {
  if (branch === undefined) throw failed("git ls-remote", "HEAD", "it stands on no branch");
  return branch;
}
