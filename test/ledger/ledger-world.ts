import {
  type Change,
  formatLines,
  type ObjectFormat,
  type ObjectId,
  type SignedHead,
  verifySignature,
} from "@countersign/core";
import { Ledger } from "@countersign/core/internal";
import { type GitRepository, type NewRecord, openGitRepository } from "@countersign/git/internal";
import { blockOf } from "../../packages/core/src/ledger/blocks.fixture.ts";
import { makeSigner, NAMESPACE, type Signer } from "../rig/keys/cosign-commit.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";

export const REF = "refs/heads/countersign/ledger";
export const LEDGER = { remote: "origin", ref: REF };
export const BRANCH = { ref: REF, tracking: "refs/remotes/origin/countersign/ledger" };

/** A server and two clones of it, in which two seniors co-sign. */
export interface LedgerWorld extends AsyncDisposable {
  readonly server: Repo;
  readonly ada: Writer;
  readonly grace: Writer;
}

/** Somebody with a clone and a key. */
export class Writer {
  readonly repo: Repo;
  readonly signer: Signer = makeSigner();
  readonly repository: GitRepository;
  readonly address: string;

  constructor(repo: Repo, repository: GitRepository, address: string) {
    this.repo = repo;
    this.repository = repository;
    this.address = address;
  }

  /** What a commit of this clone changes. */
  async changesOf(commit: string): Promise<readonly Change[]> {
    const parent = this.repo.ref(`${commit}^`);
    const asked = { oid: commit as ObjectId, parents: parent ? [parent as ObjectId] : [] };
    for await (const { changes } of this.repository.changes([asked])) return changes;
    return [];
  }

  /** A signed record of commits, a block for each. */
  async record(commits: readonly string[], more: Partial<SignedHead> = {}): Promise<NewRecord> {
    const changes = await Promise.all(commits.map((commit) => this.changesOf(commit)));
    const branches = [{ ref: "refs/heads/main", base: undefined }];
    const head = { project: "acme/payments", branches, cosigner: this.address, time: "2026-11-23T10:00:00Z", ...more };
    const lines = { head, blocks: changes.map(blockOf) };
    return { lines, changes, signature: this.signer.sign(NAMESPACE, Buffer.from(formatLines(lines))) };
  }

  /** What a ledger's tip holds whose signatures are by one of these keys. */
  async read(tip: string, ...signers: readonly Signer[]): Promise<readonly string[]> {
    const ledger = new Ledger(this.repository, tip as ObjectId, ({ signature, bytes }) => {
      const person = signers.find(({ line }) => line === signature.key.text);
      return person && verifySignature(signature, NAMESPACE, bytes).valid ? { person } : undefined;
    });
    const found: string[] = [];
    for await (const { lines, blockNumber } of ledger.records()) {
      found.push(`${lines.head.cosigner} ${lines.head.time} ${blockNumber}`);
    }
    return found.sort();
  }
}

export async function openLedgerWorld(format: ObjectFormat = "sha1"): Promise<LedgerWorld> {
  const scratch = openScratch();
  const server = initRepo(scratch, "server.git", ["--bare", `--object-format=${format}`]);
  const open = async (name: string): Promise<Writer> => {
    const repo = initRepo(scratch, name, [`--object-format=${format}`]);
    repo.git(["remote", "add", "origin", server.dir]);
    return new Writer(repo, await openGitRepository(repo.dir, repo.env), `${name}@acme.example`);
  };
  const [ada, grace] = [await open("ada"), await open("grace")];
  ada.repo.commit("Start\n", { files: { "README.md": "hello\n" } });
  ada.repo.git(["push", "-q", "origin", "main"]);
  grace.repo.git(["pull", "-q", "origin", "main"]);
  const dispose = async (): Promise<void> => {
    for (const { repository } of [ada, grace]) repository.kill();
    scratch[Symbol.dispose]();
  };
  return { server, ada, grace, [Symbol.asyncDispose]: dispose };
}
