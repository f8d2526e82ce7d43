import { describe, expect, it } from "vitest";
import { cosignHead, fromNow, makeSigner, messageOf, signedPolicy } from "../../rig/keys/cosign-commit.ts";
import { attempt, expectAllowed, expectRefused, VOUCHED } from "../../rig/worlds/attempt.ts";
import { COSIGN, openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";
const STRICTER = `${POLICY}  count: 2\n`;
const TWO = `${COSIGN}\nCo-signed-by: Grace Hopper <grace@acme.example>`;

/** A world where `main` got a stricter policy after the branch `feature` was begun from it. */
function openForked(): PushWorld & { readonly main: string; readonly feature: string } {
  const world = openPushWorld();
  const { dev } = world;
  dev.git(["checkout", "-q", "-b", "feature"]);
  const feature = dev.commit("Work on a feature\n");
  dev.git(["checkout", "-q", "main"]);
  const main = dev.commit(`Tighten\n\n${COSIGN}\n`, { files: { [FILE]: STRICTER } });
  expectAllowed(attempt(world, main));
  return { ...world, main, feature };
}

/** A root commit of its own with this policy, or without any. */
function orphan({ dev }: PushWorld, policy: string | undefined): string {
  dev.git(["checkout", "-q", "--orphan", "elsewhere"]);
  dev.git(["rm", "-q", "-rf", "."]);
  return dev.commit("Begin elsewhere\n", {
    files: { "a.txt": "a\n", ...(policy === undefined ? {} : { [FILE]: policy }) },
  });
}

/** A merge with the tree of one revision, whatever the merge itself would make of it. */
function mergeTo({ dev }: PushWorld, tree: string, parents: readonly string[], message = "Merge\n"): string {
  const tip = dev.git(["commit-tree", `${tree}^{tree}`, ...parents.flatMap((parent) => ["-p", parent])], {
    input: message,
  });
  dev.git(["reset", "-q", "--hard", tip]);
  return tip;
}

describe("an older policy", () => {
  it("does not come back by a commit", () => {
    using world = openForked();
    expectRefused(
      attempt(world, world.dev.commit("Tidy up\n", { files: { [FILE]: POLICY } })),
      "POLICY_CHANGED",
      "2 co-signs from people",
    );
    expectAllowed(attempt(world, world.dev.commit(`Tidy up\n\n${TWO}\n`, { files: {}, args: ["--amend"] })));
  });

  it("does not come back by a revert", () => {
    using world = openForked();
    world.dev.git(["revert", "--no-edit", "HEAD"]);
    expectRefused(attempt(world, world.dev.oid("HEAD")), "POLICY_CHANGED");
  });

  it("does not come back by a merge into main that keeps the other side's", () => {
    using world = openForked();
    const tip = mergeTo(world, world.feature, [world.main, world.feature]);
    expectRefused(attempt(world, tip), "POLICY_CHANGED", "2 co-signs from people");
  });

  it("does not come back by a merge of main that keeps the own side's", () => {
    using world = openForked();
    const tip = mergeTo(world, world.feature, [world.feature, world.main]);
    expectRefused(attempt(world, tip), "POLICY_CHANGED", "2 co-signs from people");
  });

  it("does not come back by a merge below other commits", () => {
    using world = openForked();
    mergeTo(world, world.feature, [world.feature, world.main]);
    expectRefused(attempt(world, world.dev.commit("More work\n")), "POLICY_CHANGED");
  });

  it.each([
    ["into main", (main: string, feature: string) => [main, feature]],
    ["of main", (main: string, feature: string) => [feature, main]],
  ])("does not come back by a merge %s below a commit that was co-signed for other work", (_, order) => {
    using world = openForked();
    mergeTo(world, world.feature, order(world.main, world.feature));
    expectRefused(
      attempt(world, world.dev.commit(`Retry uploads\n\nAssisted-by: Claude:claude-opus-5\n${TWO}\n`)),
      "POLICY_CHANGED",
    );
  });

  it.each([
    ["into main", (main: string, feature: string) => [main, feature]],
    ["of main", (main: string, feature: string) => [feature, main]],
  ])("comes back by a merge %s that is co-signed", (_, order) => {
    using world = openForked();
    expectAllowed(attempt(world, mergeTo(world, world.feature, order(world.main, world.feature), `Merge\n\n${TWO}\n`)));
  });

  it("is let go by a merge of main into a branch that main then follows", () => {
    using world = openForked();
    const { dev } = world;
    dev.git(["checkout", "-q", "feature"]);
    dev.git(["merge", "-q", "--no-edit", "main"]);
    const tip = dev.commit("Finish the feature\n");
    expect(dev.git(["show", `${tip}:${FILE}`])).toBe(STRICTER.trimEnd());
    expectAllowed(attempt(world, tip));
  });

  it("is let go by a merge of the branch into main", () => {
    using world = openForked();
    const { dev } = world;
    dev.git(["merge", "-q", "--no-edit", "feature"]);
    expectAllowed(attempt(world, dev.oid("HEAD")));
  });
});

it("a roll-back that was co-signed once does not come again by a merge", () => {
  const ada = makeSigner();
  const old = signedPolicy({ ada: [ada.line] });
  using world = openPushWorld({ policy: old });
  const { dev } = world;
  dev.git(["checkout", "-q", "-b", "feature"]);
  const feature = dev.commit("Work on a feature\n");
  dev.git(["checkout", "-q", "main"]);
  const stricter = { [FILE]: `${old}mode: enforce\n` };
  dev.commit("Tighten\n\nAssisted-by: none\n", { files: stricter });
  const main = cosignHead(dev, ada, { time: fromNow(-60) });
  expectAllowed(attempt(world, main));
  mergeTo(world, feature, [main, feature], "Merge\n\nAssisted-by: none\n");
  const rolledBack = cosignHead(dev, ada, { time: fromNow(-50) });
  expectAllowed(attempt(world, rolledBack));
  dev.git(["read-tree", "--reset", "-u", main]);
  dev.commit("Restore main\n\nAssisted-by: none\n", { files: {} });
  const restored = cosignHead(dev, ada, { time: fromNow(-40) });
  expectAllowed(attempt(world, restored));
  mergeTo(world, rolledBack, [restored, feature], messageOf(dev, rolledBack));
  expectRefused(attempt(world, dev.oid("HEAD")), "COSIGN_MISMATCH", "POLICY_CHANGED");
  mergeTo(world, rolledBack, [restored, feature], "Merge\n\nAssisted-by: none\n");
  expectAllowed(attempt(world, cosignHead(dev, ada)));
});

describe("a policy from elsewhere", () => {
  const NONE = POLICY.replace("[main]", "[none]");
  const ORDERS = [
    ["into main", (main: string, other: string) => [main, other]],
    ["of main", (main: string, other: string) => [other, main]],
  ] as const;

  it.each(ORDERS)("does not come by a merge %s of history that began with it", (_, order) => {
    using world = openForked();
    const other = orphan(world, NONE);
    expectRefused(attempt(world, mergeTo(world, other, order(world.main, other))), "POLICY_CHANGED");
    expectAllowed(attempt(world, mergeTo(world, world.main, order(world.main, other))));
  });

  it.each(ORDERS)("does not come behind a merge %s of history without one", (_, order) => {
    using world = openForked();
    const other = orphan(world, undefined);
    const merge = mergeTo(world, other, order(world.main, other));
    expectRefused(attempt(world, merge), "POLICY_REMOVED");
    const again = world.dev.commit("Adopt countersign\n", { files: { [FILE]: NONE } });
    expectRefused(attempt(world, again), /POLICY_(?:CHANGED|REMOVED)/);
    expectRefused(
      attempt(world, world.dev.commit(`Retry uploads\n\nAssisted-by: Claude:claude-opus-5\n${TWO}\n`)),
      /POLICY_(?:CHANGED|REMOVED)/,
    );
  });
});

describe("a branch from before the policy", () => {
  const NONE = POLICY.replace("[main]", "[none]");

  /** A world whose `main` adopted the policy after the branch `old` was begun from it, which brings one of its own. */
  function openAdopted(own: string | undefined): PushWorld & { readonly main: string; readonly old: string } {
    const world = openPushWorld({ policy: null });
    const { dev } = world;
    dev.git(["checkout", "-q", "-b", "old"]);
    const files = { "old.txt": "old\n", ...(own === undefined ? {} : { [FILE]: own }) };
    const old = dev.commit("Work on the old branch\n", { files });
    dev.git(["checkout", "-q", "main"]);
    const main = dev.commit("Adopt countersign\n", { files: { [FILE]: POLICY } });
    dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    return { ...world, main, old };
  }

  it.each([
    ["into main", (main: string, old: string) => [main, old]],
    ["of main", (main: string, old: string) => [old, main]],
  ])("does not bring one of its own by a merge %s", (_, order) => {
    using world = openAdopted(NONE);
    const { main, old } = world;
    expectRefused(attempt(world, mergeTo(world, old, order(main, old))), "POLICY_CHANGED");
    expectRefused(attempt(world, world.dev.commit("More work\n")), "POLICY_CHANGED");
    expectRefused(attempt(world, mergeTo(world, old, [...order(main, old), `${old}~`])), "POLICY_CHANGED");
  });

  it.each([
    ["into main", (main: string, old: string) => [main, old]],
    ["of main", (main: string, old: string) => [old, main]],
  ])("does not take the policy away by a merge %s", (_, order) => {
    using world = openAdopted(undefined);
    const { main, old } = world;
    expectRefused(attempt(world, mergeTo(world, old, order(main, old))), "POLICY_REMOVED");
  });

  it("is merged freely as it is, or with the same policy", () => {
    for (const own of [undefined, POLICY]) {
      using world = openAdopted(own);
      const { dev } = world;
      dev.git(["merge", "-q", "--no-edit", "old"]);
      expectAllowed(attempt(world, dev.oid("HEAD")));
    }
  });
});

describe("a change of the policy that comes by a merge", () => {
  function mergeChange(world: PushWorld, change: string, merge: string): string {
    const { dev } = world;
    dev.git(["checkout", "-q", "-b", "topic"]);
    dev.commit(change, { files: { [FILE]: STRICTER } });
    dev.git(["checkout", "-q", "main"]);
    dev.git(["merge", "-q", "--no-ff", "-m", merge, "topic"]);
    return dev.oid("HEAD");
  }

  it("is refused where only the merge is co-signed", () => {
    using world = openPushWorld();
    expectRefused(
      attempt(world, mergeChange(world, "Tighten\n", `Merge\n\n${COSIGN}\n`)),
      "POLICY_CHANGED",
      '"Tighten"',
    );
  });

  it("lands where the change itself is co-signed", () => {
    using world = openPushWorld();
    expectAllowed(attempt(world, mergeChange(world, `Tighten\n\n${COSIGN}\n`, "Merge\n")));
  });

  it("is refused where the merge makes one that neither side has", () => {
    using world = openPushWorld();
    const { dev } = world;
    dev.git(["checkout", "-q", "-b", "topic"]);
    dev.commit("Work\n");
    dev.git(["checkout", "-q", "main"]);
    dev.git(["merge", "-q", "--no-ff", "--no-commit", "topic"]);
    dev.write({ [FILE]: STRICTER });
    dev.git(["commit", "-q", "-m", "Merge"]);
    expectRefused(attempt(world, dev.oid("HEAD")), "POLICY_CHANGED", '"Merge"');
    dev.git(["commit", "-q", "--amend", "-F", "-"], { input: `Merge\n\n${COSIGN}\n` });
    expectAllowed(attempt(world, dev.oid("HEAD")));
  });

  it("is undone within the push at the price of a co-sign each", () => {
    using world = openPushWorld();
    const { dev } = world;
    dev.commit("Tighten\n", { files: { [FILE]: STRICTER } });
    const undone = dev.commit("Undo\n", { files: { [FILE]: POLICY } });
    expectRefused(attempt(world, undone), "POLICY_CHANGED", '"Tighten"', '"Undo"');
    dev.git(["reset", "-q", "--hard", "origin/main"]);
    expectAllowed(attempt(world, dev.commit(VOUCHED)));
  });
});
