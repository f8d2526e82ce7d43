import { afterAll, describe, it } from "vitest";
import { cosignHead, fromNow, openKeyRing, signedPolicy } from "../../rig/keys/cosign-commit.ts";
import type { CommitOptions } from "../../rig/repository/repo.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { openPushWorld, type PushWorld } from "../../rig/worlds/push-world.ts";

const FORMATS = ["sha1", "sha256"] as const;
const ring = openKeyRing();
afterAll(() => ring[Symbol.dispose]());
const ada = ring.make("ada");
const grace = ring.make("grace");
const keys = { ada: [ada.line], grace: [grace.line] };
const policyOf = (cosign: string, rest = ""): string => signedPolicy(keys, `proof: signed${cosign}`, rest);
const AS_GRACE = { as: "grace@acme.example" };

/** Two assisted commits on a branch, from which main has moved on; returns their ids. */
function branchOff({ dev }: PushWorld, options: CommitOptions = {}): readonly [string, string] {
  dev.git(["checkout", "-q", "-b", "feat"]);
  const works = [dev.commit(ASSISTED, options), dev.commit(ASSISTED)] as const;
  dev.git(["checkout", "-q", "main"]);
  dev.commit("Meanwhile\n");
  return works;
}

function merge({ dev }: PushWorld, ...branches: readonly string[]): void {
  dev.git(["merge", "-q", "--no-ff", "-m", "Merge\n\nReviewed-by: R <r@acme.example>\n", ...branches]);
  dev.commit("Merge\n\nReviewed-by: R <r@acme.example>\n", { files: {}, args: ["--amend"] });
}

const short = (oid: string): string => oid.slice(0, 12);

describe.each(FORMATS)("with `coverage: merge`, the co-sign of a merge in a %s repository", (format) => {
  const policy = policyOf(", coverage: merge");

  it("vouches for all that the merge brings in", () => {
    using world = openPushWorld({ policy, format });
    const works = branchOff(world);
    merge(world, "feat");
    expectRefused(attempt(world, world.dev.oid("HEAD")), "COSIGN_MISSING", ...works.map(short));
    expectAllowed(attempt(world, cosignHead(world.dev, ada)), ...works.map(short), "co-signed by ada@acme.example");
  });

  it("vouches for what all of its branches bring in", () => {
    using world = openPushWorld({ policy, format });
    const { dev } = world;
    for (const name of ["one", "two", "three"]) {
      dev.git(["checkout", "-q", "-b", name, "main"]);
      dev.commit(ASSISTED);
    }
    dev.git(["checkout", "-q", "main"]);
    merge(world, "one", "two", "three");
    expectRefused(attempt(world, dev.oid("HEAD")), "COSIGN_MISSING", short(dev.oid("two")));
    expectAllowed(attempt(world, cosignHead(dev, ada)), "4 new commits, 3 AI-assisted");
  });

  it("does not vouch for what it is merged into", () => {
    using world = openPushWorld({ policy, format });
    const { dev } = world;
    branchOff(world);
    const direct = dev.commit(ASSISTED);
    merge(world, "feat");
    const refused = attempt(world, cosignHead(dev, ada));
    expectRefused(refused, "COSIGN_MISSING", short(direct), /^(?![\s\S]*COSIGN_MISSING[\s\S]*COSIGN_MISSING)/);
    dev.git(["reset", "-q", "--hard", `${direct}~1`]);
    merge(world, "feat");
    expectAllowed(attempt(world, cosignHead(dev, ada)));
  });

  it("does not vouch for a branch that main was merged into", () => {
    using world = openPushWorld({ policy, format });
    const { dev } = world;
    const works = branchOff(world);
    dev.git(["checkout", "-q", "feat"]);
    merge(world, "main");
    expectRefused(attempt(world, cosignHead(dev, ada)), "COSIGN_MISSING", ...works.map(short));
    dev.git(["checkout", "-q", "main"]);
    merge(world, "feat");
    expectAllowed(attempt(world, cosignHead(dev, ada)));
  });

  it("does not vouch for its signer's own commits", () => {
    using world = openPushWorld({ policy, format });
    const [own, others] = branchOff(world, { author: "Ada Lovelace <ada@home.example>" });
    merge(world, "feat");
    const signed = attempt(world, cosignHead(world.dev, ada));
    expectRefused(signed, "COSIGN_SELF", short(own), "ada@acme.example co-signed their own work, as its author");
    expectAllowed(attempt(world, cosignHead(world.dev, grace, AS_GRACE)), short(own), short(others), "grace@acme");
  });

  it("does not reach into a merge further along", () => {
    using world = openPushWorld({ policy, format });
    const { dev } = world;
    const [first] = branchOff(world);
    merge(world, "feat");
    cosignHead(dev, ada);
    dev.git(["checkout", "-q", "-b", "later", "feat"]);
    const later = dev.commit(ASSISTED);
    dev.git(["checkout", "-q", "main"]);
    merge(world, "later");
    const refused = attempt(world, dev.oid("HEAD"));
    expectRefused(refused, "COSIGN_MISSING", short(later), new RegExp(`^(?![^]*${short(first)})`));
    expectAllowed(attempt(world, cosignHead(dev, ada)));
  });

  it("moves to no merge of another branch, nor of the same one with more on it", () => {
    using world = openPushWorld({ policy, format });
    const { dev } = world;
    branchOff(world);
    merge(world, "feat");
    const signed = dev.git(["log", "-1", "--format=%B", cosignHead(dev, ada)]);
    dev.git(["checkout", "-q", "feat"]);
    dev.commit(ASSISTED, { files: {} });
    dev.git(["checkout", "-q", "main"]);
    dev.git(["reset", "-q", "--hard", "HEAD^1"]);
    merge(world, "feat");
    dev.commit(signed, { files: {}, args: ["--amend"] });
    expectRefused(attempt(world, dev.oid("HEAD")), "COSIGN_MISMATCH", "does not cover this change");
    dev.commit("Merge\n\n", { files: {}, args: ["--amend"] });
    expectAllowed(attempt(world, cosignHead(dev, ada)), "5 new commits, 3 AI-assisted");
  });

  it("must be as good as that of the commit would have to be", () => {
    using world = openPushWorld({ policy: policy.replace("proof: signed", "proof: signed, level: principal"), format });
    branchOff(world);
    merge(world, "feat");
    const typed = "Merge\n\nCo-signed-by: Grace Hopper <grace@acme.example>\n";
    expectRefused(attempt(world, world.dev.commit(typed, { files: {}, args: ["--amend"] })), "COSIGN_DECLARED_ONLY");
    world.dev.commit("Merge\n\n", { files: {}, args: ["--amend"] });
    expectRefused(attempt(world, cosignHead(world.dev, ada)), "COSIGN_LEVEL", "ada@acme.example has level senior");
    world.dev.commit("Merge\n\n", { files: {}, args: ["--amend"] });
    const old = cosignHead(world.dev, grace, { ...AS_GRACE, time: fromNow(-31 * 86_400) });
    expectRefused(attempt(world, old), "COSIGN_STALE");
    world.dev.commit("Merge\n\n", { files: {}, args: ["--amend"] });
    expectAllowed(attempt(world, cosignHead(world.dev, grace, AS_GRACE)), "co-signed by grace@acme.example (signed)");
  });

  it("is told beside that of the commit itself where neither counts", () => {
    using world = openPushWorld({ policy, format });
    const { dev } = world;
    dev.git(["checkout", "-q", "-b", "feat"]);
    dev.commit(ASSISTED);
    cosignHead(dev, grace);
    dev.git(["checkout", "-q", "main"]);
    merge(world, "feat");
    const junior = "Co-signed-by: Jim Junior <jim@acme.example>\n";
    dev.commit(`Merge\n\nReviewed-by: R <r@acme.example>\n${junior}`, { files: {}, args: ["--amend"] });
    expectRefused(attempt(world, dev.oid("HEAD")), "COSIGN_LEVEL", "COSIGN_KEY_UNKNOWN");
    dev.commit("Merge\n\n", { files: {}, args: ["--amend"] });
    expectAllowed(attempt(world, cosignHead(dev, ada)), "co-signed by ada@acme.example (signed)");
  });

  it("adds to those of the commits themselves, a person counting once", () => {
    using world = openPushWorld({ policy: policy.replace("proof: signed", "proof: signed, count: 2"), format });
    const { dev } = world;
    dev.git(["checkout", "-q", "-b", "feat"]);
    dev.commit(ASSISTED);
    const work = cosignHead(dev, ada);
    dev.git(["checkout", "-q", "main"]);
    merge(world, "feat");
    expectRefused(attempt(world, cosignHead(dev, ada)), "COSIGN_MISSING", short(work), "it has 1 of 2 co-signs");
    expectAllowed(attempt(world, cosignHead(dev, grace, AS_GRACE)), "ada@acme.example", "grace@acme.example");
  });
});

describe("the co-sign of a merge absolves nothing it brings in", () => {
  it.each([
    ["without `coverage: merge`", policyOf("")],
    ["with `coverage: commit`", policyOf(", coverage: commit")],
    [
      "on paths for which a rule asks for each commit's own",
      policyOf(
        ", coverage: merge",
        'rules:\n  - { name: infrastructure, paths: ["infra/**"], cosign: { coverage: commit } }\n',
      ),
    ],
  ])("%s", (_, policy) => {
    using world = openPushWorld({ policy });
    const { dev } = world;
    const [work] = branchOff(world, { files: { "infra/main.tf": "x\n" } });
    merge(world, "feat");
    expectRefused(attempt(world, cosignHead(dev, ada)), "COSIGN_MISSING", short(work));
    dev.git(["checkout", "-q", "-B", "feat", `${work}~1`]);
    dev.commit(ASSISTED, { files: { "infra/main.tf": "x\n" } });
    cosignHead(dev, ada);
    dev.git(["checkout", "-q", "-B", "main", "refs/remotes/origin/main"]);
    merge(world, "feat");
    expectAllowed(attempt(world, dev.oid("HEAD")), "co-signed by ada@acme.example (signed)");
  });
});
