import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { ASSISTED, attempt, expectAllowed, expectRefused, VOUCHED } from "../rig/attempt.ts";
import { CLAUDE, COSIGN, type ObjectFormat, openPushWorld, POLICY, type PushWorld } from "../rig/push-world.ts";

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
  ["a fast-forward", (world, message) => {
    const work = branchOff(world, message, { stays: true });
    world.dev.git(["merge", "-q", "--ff-only", "feat"]);
    return work;
  }],
  ["a merge commit over a possible fast-forward", (world, message) => {
    const work = branchOff(world, message, { stays: true });
    world.dev.git(["merge", "-q", "--no-ff", "--no-edit", "feat"]);
    return work;
  }],
  ["a merge with -X theirs", (world, message) => {
    const work = branchOff(world, message);
    world.dev.git(["merge", "-q", "-X", "theirs", "--no-edit", "feat"]);
    return work;
  }],
  ["a merge with -s ours, which drops what it brings", (world, message) => {
    const work = branchOff(world, message);
    world.dev.git(["merge", "-q", "-s", "ours", "--no-edit", "feat"]);
    return work;
  }],
  ["an octopus merge", (world, message) => {
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
  }],
  ["a merge of an unrelated history", (world, message) => {
    const { dev } = world;
    dev.git(["checkout", "-q", "--orphan", "feat"]);
    dev.git(["rm", "-rqf", "."]);
    const work = dev.commit(message);
    dev.git(["checkout", "-q", "main"]);
    dev.git(["merge", "-q", "--allow-unrelated-histories", "--no-edit", "feat"]);
    return work;
  }],
  ["a subtree merge", (world, message) => {
    const { dev } = world;
    dev.git(["checkout", "-q", "--orphan", "feat"]);
    dev.git(["rm", "-rqf", "."]);
    const work = dev.commit(message);
    dev.git(["checkout", "-q", "main"]);
    dev.git(["merge", "-q", "-s", "ours", "--no-commit", "--allow-unrelated-histories", "feat"]);
    dev.git(["read-tree", "--prefix=vendor/feat/", "-u", "feat"]);
    dev.git(["commit", "-q", "-m", "Add feat as a subtree"]);
    return work;
  }],
  ["a merge of a merge", (world, message) => {
    const work = branchOff(world, message);
    const { dev } = world;
    dev.git(["checkout", "-q", "-b", "integration", "refs/remotes/origin/main"]);
    dev.git(["merge", "-q", "--no-ff", "--no-edit", "feat"]);
    dev.git(["checkout", "-q", "main"]);
    dev.git(["merge", "-q", "-X", "ours", "--no-edit", "integration"]);
    return work;
  }],
  ["a merge that has main as its second parent", (world, message) => {
    const work = branchOff(world, message);
    const { dev } = world;
    dev.git(["checkout", "-q", "feat"]);
    dev.git(["merge", "-q", "-X", "ours", "--no-edit", "main"]);
    dev.git(["branch", "-qf", "main", "feat"]);
    dev.git(["checkout", "-q", "main"]);
    return work;
  }],
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
    expectAllowed(attempt(world, world.dev.commit(`Merge feat\n\n${CLAUDE}\n${COSIGN}\n`, { files: {}, args: ["--amend"] })));
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

/** What commits by hand or brings a commit over, past the hooks that run when a person commits. */
const BYPASSES: readonly (readonly [string, (world: PushWorld, message: string) => void])[] = [
  ["cherry-pick", (world, message) => {
    const work = branchOff(world, message, { stays: true });
    world.dev.git(["cherry-pick", work]);
  }],
  ["rebase", (world, message) => {
    branchOff(world, message, { stays: true });
    world.dev.commit("Meanwhile\n");
    world.dev.git(["checkout", "-q", "feat"]);
    world.dev.git(["rebase", "-q", "main"]);
  }],
  ["rebase --apply", (world, message) => {
    branchOff(world, message, { stays: true });
    world.dev.commit("Meanwhile\n");
    world.dev.git(["checkout", "-q", "feat"]);
    world.dev.git(["rebase", "-q", "--apply", "main"]);
  }],
  ["am", (world, message) => {
    const work = branchOff(world, message, { stays: true });
    const patch = world.dev.git(["format-patch", "--stdout", "-1", work]);
    world.dev.git(["am", "-q"], { input: `${patch}\n` });
  }],
  ["fast-import", ({ dev }, message) => {
    const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
    const commit = `commit refs/heads/imported\nauthor Bob <bob@acme.example> 1700000000 +0000\ncommitter Bob <bob@acme.example> 1700000000 +0000\n`;
    const file = `M 100644 inline imported.txt\n${data("imported\n")}`;
    dev.git(["fast-import", "--quiet"], { input: `${commit}${data(message)}from ${dev.oid("HEAD")}\n${file}\ndone\n` });
    dev.git(["reset", "-q", "--hard", "refs/heads/imported"]);
  }],
  ["commit-tree and update-ref", ({ dev }, message) => {
    const made = dev.git(["commit-tree", "HEAD^{tree}", "-p", "HEAD", "-F", "-"], { input: message });
    dev.git(["update-ref", "refs/heads/main", made]);
  }],
  ["commit --no-verify", ({ dev }, message) => void dev.commit(message, { args: ["--no-verify"] })],
  ["fetch into a branch", (world, message) => {
    branchOff(world, message, { stays: true });
    world.dev.git(["fetch", "-q", ".", "feat:fetched"]);
    world.dev.git(["reset", "-q", "--hard", "fetched"]);
  }],
  ["a bundle", (world, message) => {
    branchOff(world, message, { stays: true });
    const bundle = join(world.scratch.dir, "feat.bundle");
    world.dev.git(["bundle", "create", "-q", bundle, "main..feat"]);
    world.dev.git(["pull", "-q", "--ff-only", bundle, "feat"]);
  }],
];

describe("work that no commit hook saw", () => {
  it.each(BYPASSES)("is judged when it comes by %s", (_, bring) => {
    using world = openPushWorld();
    bring(world, ASSISTED);
    expectRefused(attempt(world, world.dev.oid("HEAD")), "COSIGN_MISSING", world.dev.oid("HEAD").slice(0, 12), "1 AI-assisted");
  });

  it.each(BYPASSES)("keeps its co-sign when it comes by %s", (_, bring) => {
    using world = openPushWorld();
    bring(world, VOUCHED);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "co-signed by ada@acme.example");
  });
});

describe("rewritten and unusual commits", () => {
  it("are human work where they revert assisted work without a mark", () => {
    using world = openPushWorld();
    world.dev.commit(VOUCHED);
    expectAllowed(attempt(world, world.dev.oid("HEAD")));
    world.dev.git(["revert", "--no-edit", "HEAD"]);
    expectAllowed(attempt(world, world.dev.oid("HEAD")));
  });

  it("need a co-sign where the revert itself is marked", () => {
    using world = openPushWorld();
    expectAllowed(attempt(world, world.dev.commit(VOUCHED)));
    const revert = world.dev.commit(`Revert "Retry uploads"\n\n${CLAUDE}\n`);
    expectRefused(attempt(world, revert), "COSIGN_MISSING", revert.slice(0, 12));
  });

  it("need a co-sign even where they change nothing", () => {
    using world = openPushWorld();
    const empty = world.dev.commit(ASSISTED, { files: {} });
    expectRefused(attempt(world, empty), "COSIGN_MISSING", empty.slice(0, 12));
    expectAllowed(attempt(world, world.dev.commit(VOUCHED, { files: {}, args: ["--amend"] })));
  });

  it.each(FORMATS)("are judged whole where an orphan line starts a protected branch of a %s repository", (format) => {
    using world = openPushWorld({ format, policy: POLICY.replace("[main]", '[main, "release/**"]') });
    const { dev } = world;
    dev.git(["checkout", "-q", "--orphan", "other"]);
    dev.git(["rm", "-rqf", "."]);
    const root = dev.commit(ASSISTED);
    const tip = dev.commit(CLEAN);
    expectRefused(attempt(world, tip, { branch: "release/1" }), "COSIGN_MISSING", root.slice(0, 12), "(2 new commits, 1 AI-assisted)");
    dev.git(["reset", "-q", "--hard", root]);
    dev.commit(VOUCHED, { files: {}, args: ["--amend"] });
    expectAllowed(attempt(world, dev.commit(CLEAN), { branch: "release/1" }), "co-signed by ada@acme.example");
  });

  it("are refused where an orphan line takes the place of main", () => {
    using world = openPushWorld();
    const { dev } = world;
    const old = dev.oid("HEAD");
    dev.git(["checkout", "-q", "--orphan", "other"]);
    expectRefused(attempt(world, dev.commit(CLEAN), { push: ["--force"] }), "HISTORY_REWRITTEN", old);
  });

  it("are judged with a rule that looks at a root commit's paths", () => {
    using world = openPushWorld({ policy: `${POLICY.replace("[main]", '[main, "release/**"]')}rules:\n  - name: notes are free\n    paths: ["notes/**"]\n    cosign: { count: 0 }\n` });
    const { dev } = world;
    dev.git(["checkout", "-q", "--orphan", "other"]);
    dev.git(["rm", "-rqf", "."]);
    expectAllowed(attempt(world, dev.commit(ASSISTED, { files: { "notes/a.txt": "a\n" } }), { branch: "release/notes" }), "no co-sign needed");
    const root = dev.commit(ASSISTED, { files: { "code.c": "int a;\n" }, args: ["--amend"] });
    expectRefused(attempt(world, root, { branch: "release/code" }), "COSIGN_MISSING", root.slice(0, 12));
  });
});

describe.each(FORMATS)("a co-sign that was given for a weaker branch of a %s repository", (format) => {
  const TWO = `${POLICY.replace("  - branches: [main]\n", '  - branches: [main]\n  - branches: ["release/**"]\n    cosign: { count: 2 }\n')}`;
  const BOTH = `Retry uploads\n\n${CLAUDE}\n${COSIGN}\nCo-signed-by: Grace Hopper <grace@acme.example>\n`;

  function openReleaseWorld(policy = TWO): PushWorld {
    const world = openPushWorld({ format, policy });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main:release/1"]);
    return world;
  }

  it("does not carry the work to a stricter one", () => {
    using world = openReleaseWorld();
    const work = world.dev.commit(VOUCHED);
    expectAllowed(attempt(world, work));
    expectRefused(attempt(world, work, { branch: "release/1" }), "COSIGN_MISSING", work.slice(0, 12), "1 of 2 co-signs");
  });

  it("does so where enough people co-signed for both", () => {
    using world = openReleaseWorld();
    const work = world.dev.commit(BOTH);
    expectAllowed(attempt(world, work));
    expectAllowed(attempt(world, work, { branch: "release/1" }), "ada@acme.example", "grace@acme.example");
  });

  it("does so where the stricter branch accepts what landed on the weaker one", () => {
    using world = openReleaseWorld(TWO.replace("count: 2 }\n", "count: 2 }\n    accepts: [main]\n"));
    const work = world.dev.commit(VOUCHED);
    expectAllowed(attempt(world, work));
    expectAllowed(attempt(world, work, { branch: "release/1" }));
    const more = world.dev.commit(VOUCHED);
    expectRefused(attempt(world, more, { branch: "release/1" }), "COSIGN_MISSING", more.slice(0, 12), "(1 new commit, 1 AI-assisted)");
  });

  it("does not open a new branch of the stricter kind", () => {
    using world = openReleaseWorld();
    const work = world.dev.commit(VOUCHED);
    expectAllowed(attempt(world, work));
    expectRefused(attempt(world, work, { branch: "release/2" }), "COSIGN_MISSING", work.slice(0, 12), "(1 new commit, 1 AI-assisted)");
  });

  it("is not asked for history from before the baseline", () => {
    using world = openPushWorld({ format, policy: null });
    const { dev } = world;
    const old = dev.commit(ASSISTED);
    writeFileSync(join(dev.dir, "countersign.config.yaml"), `${TWO}baseline: ${old}\n`);
    dev.git(["add", "countersign.config.yaml"]);
    dev.commit(`Adopt\n\n${COSIGN}\nCo-signed-by: Grace Hopper <grace@acme.example>\n`, { files: {} });
    dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    expectAllowed(attempt(world, dev.oid("HEAD"), { branch: "release/1" }));
    const work = dev.commit(ASSISTED);
    expectRefused(attempt(world, work, { branch: "release/2" }), "COSIGN_MISSING", work.slice(0, 12), "1 AI-assisted");
  });
});

describe("a commit made by a clock that was ahead", () => {
  it("is known to have landed, however the later ones are dated", () => {
    using world = openPushWorld({ policy: null });
    const { dev } = world;
    dev.commit(ASSISTED, { date: "2030-01-01T00:00:00Z" });
    dev.git(["branch", "feat"]);
    for (let day = 1; day < 10; day += 1) dev.commit(CLEAN, { date: `2020-01-0${day}T00:00:00Z` });
    dev.commit("Adopt\n", { files: { "countersign.config.yaml": POLICY }, date: "2020-01-10T00:00:00Z" });
    dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    dev.git(["checkout", "-q", "feat"]);
    const work = dev.commit(CLEAN, { date: "2030-01-02T00:00:00Z" });
    dev.git(["checkout", "-q", "main"]);
    dev.git(["merge", "-q", "--no-edit", work]);
    expectAllowed(attempt(world, dev.oid("HEAD")));
  });
});
