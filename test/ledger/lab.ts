import {
  type Block,
  type Change,
  type Commit,
  changeDigest,
  formatLines,
  judgePush,
  type ObjectId,
  parseCommit,
  pathsDigest,
  readPolicy,
  type SignedHead,
} from "@countersign/core";
import { findOwnChanges, MERGE_WAYS, type MergeWay } from "@countersign/core/internal";
import { addToLedger, type GitRepository, openGitRepository } from "@countersign/git/internal";
import { readAdded } from "../../packages/core/src/merge-way/added-commits.ts";
import { judgeMerge } from "../../packages/core/src/merge-way/judge-merge.ts";
import { makeLanding } from "../../packages/core/src/merge-way/make-landing.ts";
import { WouldBeRepository } from "../../packages/core/src/merge-way/would-be-repository.ts";
import { makeSigner, NAMESPACE, signedPolicy } from "../rig/keys/cosign-commit.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";

// One repository in which branches are begun, signed into its ledger, landed in some way, and judged as a push would be.

const KEYS = { ada: makeSigner(), grace: makeSigner(), jim: makeSigner() };
export type Name = keyof typeof KEYS;
export const MARK = "Assisted-by: Claude:claude-opus-5";
const LEDGER = "countersign/ledger";
/** When everything is judged, in seconds since 1970. */
export const NOW = Date.parse("2026-11-23T10:00:00Z") / 1000;
const ZERO = "0".repeat(40) as ObjectId;

export function policyOf(cosign = "proof: signed", rest = ""): string {
  const keys = { ada: [KEYS.ada.line], grace: [KEYS.grace.line], jim: [KEYS.jim.line] };
  return signedPolicy(keys, cosign, `ledger: ${LEDGER}\n${rest}`);
}

/** The roster as `ssh-keygen -Y verify` reads it. */
export const SIGNERS = Object.entries(KEYS)
  .map(([name, { line }]) => `${name}@acme.example ${line}\n`)
  .join("");

/** What a signature says otherwise than what is so. */
export interface Signing {
  readonly by?: Name;
  readonly head?: Partial<SignedHead>;
  /** Changes each block before it is signed. */
  readonly block?: (block: Block) => Block;
  /** Whether the branch is approved as one change too. */
  readonly whole?: boolean;
  /** Seconds before now. */
  readonly age?: number;
}

export class Lab implements AsyncDisposable {
  readonly repo: Repo;
  readonly repository: GitRepository;
  readonly #dispose: () => void;
  /** Where main stands on the server. */
  main: string;

  private constructor(repo: Repo, repository: GitRepository, main: string, dispose: () => void) {
    this.repo = repo;
    this.repository = repository;
    this.main = main;
    this.#dispose = dispose;
  }

  static async open(policy = policyOf(), files: Readonly<Record<string, string>> = {}): Promise<Lab> {
    const scratch = openScratch();
    const repo = initRepo(scratch, "lab");
    const main = repo.commit("Start\n", { files: { "countersign.config.yaml": policy, ...files } });
    const repository = await openGitRepository(repo.dir, repo.env);
    return new Lab(repo, repository, main, () => scratch[Symbol.dispose]());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.repository.kill();
    this.#dispose();
  }

  /** Begins a branch where main stands, or goes on there. */
  begin(name: string, from = this.main): void {
    this.repo.git(["checkout", "-q", "-B", name, from]);
  }

  /** Commits on the branch that is checked out. */
  work(message: string, files: Readonly<Record<string, string | null>>): string {
    return this.repo.commit(message, { files });
  }

  /** Work by an agent. */
  assisted(files: Readonly<Record<string, string | null>>, subject = "Work"): string {
    return this.work(`${subject}\n\n${MARK}\n`, files);
  }

  /** Moves main on by a person's commit. */
  moveMain(files: Readonly<Record<string, string | null>>, subject = "Meanwhile"): string {
    this.begin("main");
    this.main = this.work(`${subject}\n`, files);
    return this.main;
  }

  /** Has somebody sign the commits from where main stands up to a tip, and the branch as one change; gives the record's id. */
  async sign(tip: string, { by = "ada", head = {}, block = (same) => same, whole = true, age = 60 }: Signing = {}) {
    const listed = this.repo.git(["rev-list", "--reverse", "--topo-order", `${this.main}..${tip}`]);
    const signed: { readonly block: Block; readonly changes: readonly Change[] }[] = [];
    const authors = new Set<string>();
    for (const oid of listed.split("\n").filter(Boolean)) {
      const commit = parseCommit(await this.repository.commit(oid as ObjectId));
      const own = commit.parents.length > 1 ? await findOwnChanges(this.repository, commit) : undefined;
      if (own?.length === 0) continue;
      authors.add(commit.author.email);
      const changes = await this.#changes(oid, commit.parents[0]);
      signed.push({ changes, block: blockOf(changes, commit, own && changeDigest(own)) });
    }
    if (whole) {
      const changes = await this.#changes(tip, this.repo.git(["merge-base", this.main, tip]) as ObjectId);
      const sum = { ...blockOf(changes), authors: [...authors], commits: signed.length, agents: ["claude-code"] };
      signed.push({ changes, block: sum });
    }
    const time = new Date((NOW - age) * 1000).toISOString().replace(".000Z", "Z");
    const branches = [{ ref: "refs/heads/main", base: this.main as ObjectId }];
    const lines = {
      head: { project: "acme/payments", branches, cosigner: `${by}@acme.example`, time, ...head },
      blocks: signed.map((each) => block(each.block)),
    };
    const signature = KEYS[by].sign(NAMESPACE, Buffer.from(formatLines(lines)));
    const record = { lines, changes: signed.map(({ changes }) => changes), signature };
    await addToLedger(this.repository, { ref: `refs/heads/${LEDGER}`, tracking: undefined }, { records: [record] });
    return lines;
  }

  async #changes(oid: string, parent: ObjectId | undefined): Promise<readonly Change[]> {
    const asked = { oid: oid as ObjectId, parents: parent ? [parent] : [] };
    for await (const { changes } of this.repository.changes([asked])) return changes;
    throw new Error("one commit has one answer");
  }

  /** Squashes a branch onto main as a button does. */
  squash(
    tip: string,
    { message = `Work (#1)\n\n${MARK}\n`, author }: { message?: string; author?: string } = {},
  ): string {
    this.begin("landing");
    this.repo.git(["merge", "-q", "--squash", tip]);
    return this.repo.commit(message, { files: {}, ...(author === undefined ? {} : { author }) });
  }

  merge(tip: string): string {
    this.begin("landing");
    this.repo.git(["merge", "-q", "--no-ff", "-m", "Merge\n", tip]);
    return this.repo.oid("HEAD");
  }

  rebase(tip: string): string {
    this.repo.git(["checkout", "-q", "-B", "landing", tip]);
    this.repo.git(["rebase", "-q", this.main]);
    return this.repo.oid("HEAD");
  }

  /** The codes of what is wrong with pushing this to main. */
  async codes(tip: string): Promise<readonly string[]> {
    const { updates } = await this.judge(tip);
    return updates.flatMap(({ judged, violations, faults }) =>
      [...judged.flatMap((verdict) => verdict.violations), ...violations, ...faults].map(({ code }) => code),
    );
  }

  async judge(tip: string) {
    const { destination, policy } = await this.lands();
    const updates = [{ ref: "refs/heads/main", old: this.main as ObjectId, new: (tip || ZERO) as ObjectId }];
    return judgePush(this.repository, { updates, destination, policy, now: NOW });
  }

  /** Where work lands, and by which policy. */
  async lands() {
    const main = this.main as ObjectId;
    const ledger = this.repo.ref(`refs/heads/${LEDGER}`) as ObjectId | undefined;
    const branches = new Map([["main", main], ...(ledger ? [[LEDGER, ledger] as const] : [])]);
    const destination = { branches, defaultBranch: "main", aliases: new Map() };
    return { destination, policy: await readPolicy(this.repository, { ref: "refs/heads/main", commit: main }) };
  }

  /** What is said before a forge merges it in these ways. */
  async judgeMerge(tip: string, ways: readonly MergeWay[]) {
    return judgeMerge(this.repository, await this.#choose(), tip as ObjectId, ways, { now: NOW });
  }

  async #choose() {
    const { policy, destination } = await this.lands();
    if (!policy) throw new Error("main has a policy");
    return { policy, destination, branch: "main", remote: undefined, trial: false };
  }

  /** The trees that are made in memory for each way. */
  async madeTrees(tip: string): Promise<Readonly<Record<string, string>>> {
    const { policy } = await this.#choose();
    const target = this.main as ObjectId;
    const added = await readAdded(this.repository, policy.policy, target, tip as ObjectId);
    const trees: Record<string, string> = {};
    for (const way of MERGE_WAYS) {
      const would = new WouldBeRepository(this.repository);
      const merging = { policy: policy.policy, target, tip: tip as ObjectId, added: added ?? [] };
      const landing = await makeLanding(would, way, merging);
      trees[way] = "tip" in landing ? await would.treeOf(landing.tip) : "conflict";
    }
    return trees;
  }

  /** Lands what was judged. */
  land(tip: string): void {
    this.main = tip;
  }
}

function blockOf(changes: readonly Change[], commit?: Commit, own?: string): Block {
  const parents = commit?.parents ?? [undefined];
  return {
    change: changeDigest(changes),
    paths: pathsDigest(changes),
    parents: parents.length,
    otherParents: commit?.parents.slice(1) ?? [],
    ...(own !== undefined && { own }),
    authors: [commit?.author.email ?? ""],
    agents: ["claude-code"],
  };
}
