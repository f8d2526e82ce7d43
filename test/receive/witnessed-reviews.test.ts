import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ObjectId, Review, ReviewedHead } from "@countersign/core";
import { readPolicy } from "@countersign/core";
import { formatAllowedSigners } from "@countersign/core/internal";
import { openGitRepository, type WitnessedHead, witnessReview } from "@countersign/git/internal";
import { describe, expect, it } from "vitest";
import { signedPolicy } from "../rig/keys/cosign-commit.ts";
import { makeSshKey, type SshKey } from "../rig/keys/ssh-keys.ts";
import { run } from "../rig/process/run.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { attempt, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { CLAUDE, type PushWorld } from "../rig/worlds/push-world.ts";
import { openReceiveWorld } from "../rig/worlds/receive-world.ts";

const LEDGER = "countersign/ledger";
const NOW = Math.floor(Date.now() / 1000);
const FILE = Array.from({ length: 20 }, (_, index) => `line ${index}\n`);
const withLine = (...lines: readonly number[]): string =>
  FILE.map((line, index) => (lines.includes(index) ? `new ${line}` : line)).join("");

/** A server with the hook, a gate beside it that has fetched everything, and an agent's branch of two commits. */
class Forge implements AsyncDisposable {
  readonly world: PushWorld;
  readonly gate: Repo;
  readonly key: SshKey;
  readonly person: SshKey;
  readonly head: ObjectId;

  constructor(cosign = "proof: reviewed") {
    const keys = openScratch();
    this.key = makeSshKey(keys, "gate", ["-t", "ed25519"]);
    this.person = makeSshKey(keys, "grace", ["-t", "ed25519"]);
    const rest = `ledger: ${LEDGER}\nwitnesses: [{ name: gate, keys: ["${this.key.line}"] }]\n`;
    const policy = signedPolicy({ grace: [this.person.line] }, cosign, rest).replace(
      "emails: [ada@acme.example",
      "github: { login: ada-l, id: 7 }\n    emails: [ada@acme.example",
    );
    this.world = openReceiveWorld({ policy });
    const { dev, server } = this.world;
    const main = dev.commit("Add a file\n", { files: { "a.txt": FILE.join("") } });
    expectAllowed(attempt(this.world, main));
    dev.git(["checkout", "-q", "-b", "topic"]);
    dev.commit(`Begin\n\n${CLAUDE}\n`, { files: { "a.txt": withLine(2) } });
    this.head = dev.commit(`End\n\n${CLAUDE}\n`, { files: { "a.txt": withLine(2, 3) } }) as ObjectId;
    dev.git(["push", "-q", "--no-verify", "origin", "topic"]);
    this.gate = initRepo(this.world.scratch, "gate.git", ["--bare"]);
    this.gate.git(["remote", "add", "origin", server.dir]);
  }

  get main(): ObjectId {
    return this.world.server.oid("main") as ObjectId;
  }

  review(more: Partial<Review> = {}): Review {
    const reviewer = { login: "Ada-L", id: 7, isBot: false };
    return { forge: "github", id: "3217", reviewer, state: "approved", head: this.head, submitted: NOW - 60, ...more };
  }

  /** Has the gate write down what the forge tells, and push the ledger. */
  async witness(reviews: ReviewedHead["reviews"], key = this.key): Promise<WitnessedHead> {
    this.gate.git(["fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*"]);
    const repository = await openGitRepository(this.gate.dir, this.gate.env);
    try {
      const policy = await readPolicy(repository, { ref: "refs/remotes/origin/main", commit: this.main });
      if (!policy) throw new Error("main has a policy");
      const written = await witnessReview(repository, {
        policy: policy.policy,
        branch: "main",
        stood: this.main,
        ledger: { ref: `refs/heads/${LEDGER}`, tracking: `refs/remotes/origin/${LEDGER}` },
        reviewed: { head: this.head, reviews },
        privateKey: readFileSync(key.path, "utf8").trim(),
        now: NOW,
      });
      if (this.gate.ref(`refs/heads/${LEDGER}`)) this.gate.git(["push", "-q", "origin", LEDGER]);
      return written;
    } finally {
      await repository.close();
    }
  }

  /** What the button makes of the branch, pushed to main. */
  land(way: "squash" | "merge", files: Readonly<Record<string, string>> = {}) {
    const { dev } = this.world;
    dev.git(["fetch", "-q", "origin"]);
    dev.git(["checkout", "-q", "-B", "landing", "origin/main"]);
    if (way === "merge") dev.git(["merge", "-q", "--no-ff", "-m", "Merge\n", this.head]);
    else dev.git(["merge", "-q", "--squash", this.head]);
    const tip = way === "merge" ? dev.oid("HEAD") : dev.commit(`End (#1)\n\n${CLAUDE}\n`, { files });
    return attempt(this.world, tip);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.world[Symbol.dispose]();
  }
}

describe("an approval that the gate wrote down", () => {
  it("lets the landed commit through the server's hook, which has no forge to ask, and nothing else", async () => {
    await using forge = new Forge("proof: reviewed, reapply: never");
    expectRefused(
      forge.land("squash"),
      "COSIGN_MISSING",
      /to approve the change on the\s+forge, or to review it and run/,
    );
    // Somebody is quicker, in the same file: what comes out of the merge nobody has stored.
    const { dev } = forge.world;
    dev.git(["checkout", "-q", "-B", "quick", "origin/main"]);
    expectAllowed(attempt(forge.world, dev.commit("Meanwhile\n", { files: { "a.txt": withLine(17) } })));
    const { standing, withdrawn } = await forge.witness([forge.review()]);
    const reviewed = { witness: "gate", forge: "github", review: "3217", head: forge.head };
    expect(standing).toMatchObject([{ cosigner: "ada@acme.example", reviewed }]);
    expect(withdrawn).toEqual([]);
    expect(forge.world.server.git(["fsck", "--strict"])).not.toMatch(/missing|error/);
    const ledger = forge.world.server.oid(LEDGER);
    await forge.witness([forge.review()]);
    expect(forge.world.server.oid(LEDGER)).toBe(ledger);
    expectRefused(forge.land("squash", { "b.txt": "evil\n" }), "COSIGN_MISSING");
    expectAllowed(forge.land("squash"), /reviewed\s+on\s+github\s+by\s+Ada\s+Lovelace/);
  });

  it("is taken back where it does not stand any more, and a new one counts", async () => {
    await using forge = new Forge();
    await forge.witness([forge.review()]);
    const dismissed = forge.review({ state: "dismissed" });
    const { withdrawn } = await forge.witness([dismissed]);
    expect(withdrawn).toMatchObject([{ cosigner: "ada@acme.example", reviewed: { review: "3217" } }]);
    const ledger = forge.world.server.oid(LEDGER);
    expect(await forge.witness([dismissed])).toEqual({ standing: [], withdrawn: [] });
    expect(forge.world.server.oid(LEDGER)).toBe(ledger);
    expectRefused(forge.land("squash"), "COSIGN_WITHDRAWN");
    await forge.witness([dismissed, forge.review({ id: "3218", submitted: NOW - 30 })]);
    expectAllowed(forge.land("squash"));
  });

  it("is checked with ssh-keygen alone", async () => {
    await using forge = new Forge();
    await forge.witness([forge.review()]);
    const { server, scratch } = forge.world;
    const names = server.git(["ls-tree", "-r", "--name-only", LEDGER]).split("\n");
    const record = server.git(["show", `${LEDGER}:${names.find((name) => name.endsWith("/record"))}`]);
    const [, lines = "", armored = ""] = /^(.*?)(-----BEGIN SSH SIGNATURE-----.*)$/s.exec(`${record}\n`) ?? [];
    const repository = await openGitRepository(server.dir, server.env);
    const policy = await readPolicy(repository, { ref: "refs/heads/main", commit: forge.main });
    await repository.close();
    writeFileSync(
      join(scratch.dir, "signers"),
      policy ? formatAllowedSigners(policy.policy, "countersign@v1", NOW) : "",
    );
    writeFileSync(join(scratch.dir, "sig"), armored);
    const verify = (name: string) =>
      run("ssh-keygen", ["-Y", "verify", "-f", "signers", "-I", name, "-n", "countersign@v1", "-s", "sig"], {
        cwd: scratch.dir,
        env: scratch.env,
        input: lines,
      }).status;
    expect(lines).toContain(`\nwitness gate\nreview github 3217 ${forge.head}\n`);
    expect([verify("gate"), verify("grace@acme.example")]).toEqual([0, 255]);
  });

  it("is not written where there is none, nor by a key that is no witness's", async () => {
    await using forge = new Forge();
    const nothing = { standing: [], withdrawn: [] };
    expect(await forge.witness([forge.review({ state: "dismissed" })])).toEqual(nothing);
    expect(await forge.witness([forge.review({ head: forge.main })])).toEqual(nothing);
    await expect(forge.witness([forge.review()], forge.person)).rejects.toMatchObject({ code: "WITNESS_UNKNOWN" });
    await expect(
      forge.witness([forge.review()], { path: join(forge.world.dev.dir, "a.txt"), line: "" }),
    ).rejects.toMatchObject({
      code: "KEY_UNREADABLE",
    });
    expect(forge.world.server.ref(`refs/heads/${LEDGER}`)).toBeUndefined();
    await forge.witness([forge.review()]);
    expectAllowed(forge.land("merge"));
  });
});
