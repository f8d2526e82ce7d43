import { describe, it } from "vitest";
import { ASSISTED, attempt, expectAllowed, expectRefused, VOUCHED } from "../../rig/worlds/attempt.ts";
import {
  CLAUDE,
  COSIGN,
  type ObjectFormat,
  openPushWorld,
  POLICY,
  type PushWorld,
} from "../../rig/worlds/push-world.ts";

const FORMATS: readonly ObjectFormat[] = ["sha1", "sha256"];
const CLEAN = "Retry uploads\n";

/** Commits on a branch off the server's main, which then gets one clean commit of its own, unless it stays behind. */
function branchOff({ dev }: PushWorld, message: string, { stays = false } = {}): string {
  dev.git(["checkout", "-q", "-b", "feat"]);
  dev.commit("Prepare\n");
  const work = dev.commit(message, { files: { "shared.txt": "theirs\n" } });
  dev.git(["checkout", "-q", "main"]);
  if (!stays) dev.commit("Meanwhile\n", { files: { "shared.txt": "ours\n" } });
  return work;
}

/** Ways to bring a branch into main without rewriting it. */
const MERGES: readonly (readonly [string, (world: PushWorld, message: string) => string])[] = [
  [
    "a fast-forward",
    (world, message) => {
      const work = branchOff(world, message, { stays: true });
      world.dev.git(["merge", "-q", "--ff-only", "feat"]);
      return work;
    },
  ],
  [
    "a merge commit over a possible fast-forward",
    (world, message) => {
      const work = branchOff(world, message, { stays: true });
      world.dev.git(["merge", "-q", "--no-ff", "--no-edit", "feat"]);
      return work;
    },
  ],
  [
    "a merge with -X theirs",
    (world, message) => {
      const work = branchOff(world, message);
      world.dev.git(["merge", "-q", "-X", "theirs", "--no-edit", "feat"]);
      return work;
    },
  ],
  [
    "a merge with -s ours, which drops what it brings",
    (world, message) => {
      const work = branchOff(world, message);
      world.dev.git(["merge", "-q", "-s", "ours", "--no-edit", "feat"]);
      return work;
    },
  ],
  [
    "an octopus merge",
    (world, message) => {
      const { dev } = world;
      const base = dev.oid("HEAD");
      dev.git(["checkout", "-q", "-b", "feat", base]);
      const work = dev.commit(message);
      for (const name of ["two", "three"]) {
        dev.git(["checkout", "-q", "-b", name, base]);
        dev.commit(CLEAN);
      }
      dev.git(["checkout", "-q", "main"]);
      dev.git(["merge", "-q", "--no-ff", "--no-edit", "two", "three", "feat"]);
      return work;
    },
  ],
  [
    "a merge of an unrelated history",
    (world, message) => {
      const { dev } = world;
      dev.git(["checkout", "-q", "--orphan", "feat"]);
      dev.git(["rm", "-rqf", "."]);
      const work = dev.commit(message);
      dev.git(["checkout", "-q", "main"]);
      dev.git(["merge", "-q", "--allow-unrelated-histories", "--no-edit", "feat"]);
      return work;
    },
  ],
  [
    "a subtree merge",
    (world, message) => {
      const { dev } = world;
      dev.git(["checkout", "-q", "--orphan", "feat"]);
      dev.git(["rm", "-rqf", "."]);
      const work = dev.commit(message);
      dev.git(["checkout", "-q", "main"]);
      dev.git(["merge", "-q", "-s", "ours", "--no-commit", "--allow-unrelated-histories", "feat"]);
      dev.git(["read-tree", "--prefix=vendor/feat/", "-u", "feat"]);
      dev.git(["commit", "-q", "-m", "Add feat as a subtree"]);
      return work;
    },
  ],
  [
    "a merge of a merge",
    (world, message) => {
      const work = branchOff(world, message);
      const { dev } = world;
      dev.git(["checkout", "-q", "-b", "integration", "refs/remotes/origin/main"]);
      dev.git(["merge", "-q", "--no-ff", "--no-edit", "feat"]);
      dev.git(["checkout", "-q", "main"]);
      dev.git(["merge", "-q", "-X", "ours", "--no-edit", "integration"]);
      return work;
    },
  ],
  [
    "a merge that has main as its second parent",
    (world, message) => {
      const work = branchOff(world, message);
      const { dev } = world;
      dev.git(["checkout", "-q", "feat"]);
      dev.git(["merge", "-q", "-X", "ours", "--no-edit", "main"]);
      dev.git(["branch", "-qf", "main", "feat"]);
      dev.git(["checkout", "-q", "main"]);
      return work;
    },
  ],
];

describe("assisted work that comes to a protected branch", () => {
  it.each(MERGES)("is found behind %s", (_, merge) => {
    using world = openPushWorld();
    const work = merge(world, ASSISTED);
    expectRefused(attempt(world, world.dev.oid("HEAD")), "COSIGN_MISSING", work.slice(0, 12), "1 AI-assisted");
  });

  it.each(MERGES)("passes behind %s once it is co-signed", (_, merge) => {
    using world = openPushWorld();
    merge(world, VOUCHED);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "co-signed by ada@acme.example");
  });
});

describe.each(FORMATS)("a merge commit of a %s repository", (format) => {
  const NO_INFRA = `${POLICY}rules:\n  - name: infrastructure\n    paths: ["infra/**"]\n    deny: No agent here.\n`;

  function mergeWith(world: PushWorld, message: string, files: Record<string, string> = {}): string {
    const { dev } = world;
    branchOff(world, CLEAN);
    dev.git(["merge", "-q", "-X", "ours", "--no-commit", "feat"]);
    dev.write(files);
    dev.git(["commit", "-q", "-m", message]);
    return dev.oid("HEAD");
  }

  it("needs a co-sign of its own where it is marked itself", () => {
    using world = openPushWorld({ format });
    const merge = mergeWith(world, `Merge feat\n\n${CLAUDE}\n`);
    expectRefused(attempt(world, merge), "COSIGN_MISSING", merge.slice(0, 12), "1 AI-assisted");
    expectAllowed(
      attempt(world, world.dev.commit(`Merge feat\n\n${CLAUDE}\n${COSIGN}\n`, { files: {}, args: ["--amend"] })),
    );
  });

  it("does not vouch by its own co-sign for what it brings in", () => {
    using world = openPushWorld({ format });
    const work = branchOff(world, ASSISTED);
    world.dev.git(["merge", "-q", "-X", "ours", "-m", `Merge feat\n\n${COSIGN}\n`, "feat"]);
    expectRefused(attempt(world, world.dev.oid("HEAD")), "COSIGN_MISSING", work.slice(0, 12));
  });

  it("is judged by the paths that it changes beyond both sides", () => {
    using world = openPushWorld({ format, policy: NO_INFRA });
    const evil = mergeWith(world, `Merge feat\n\n${CLAUDE}\n${COSIGN}\n`, { "infra/main.tf": "resource {}\n" });
    expectRefused(attempt(world, evil), "DENIED_BY_RULE", evil.slice(0, 12), "No agent here.");
  });

  it("passes with such paths where no agent took part", () => {
    using world = openPushWorld({ format, policy: NO_INFRA });
    expectAllowed(attempt(world, mergeWith(world, "Merge feat", { "infra/main.tf": "resource {}\n" })));
  });
});
