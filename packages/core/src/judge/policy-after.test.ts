import { describe, expect, it } from "vitest";
import type { ObjectId } from "../object/oid.ts";
import { POLICY_LIMIT } from "../policy/policy-files.ts";
import { branchRef } from "../ref.ts";
import { gather } from "./gather/gather.ts";
import { destinationOf, History, type Made, POLICY_FILE } from "./history.fixture.ts";
import { plan } from "./plan.ts";
import { policyAfter } from "./policy-after.ts";

const ACCEPTING = "protect: [{ branches: [main], accepts: [release] }, { branches: [release] }]\n";

/** `main` with a policy, and a release that has an older one. */
class World {
  readonly history = new History();
  readonly text = this.history.policyText(ACCEPTING);
  readonly start = this.history.make("Start\n", { files: { [POLICY_FILE]: this.text, z: "1" } });
  readonly old = this.make("Old\n", { parents: [this.start], files: { [POLICY_FILE]: `${this.text}# old\n` } });

  make(message: string, made: Made): ObjectId {
    return this.history.make(message, made);
  }

  /** What a landing makes of the policy. */
  async after(
    tip: ObjectId,
    {
      release = this.old,
      merged,
      stood = this.start,
    }: { release?: ObjectId; merged?: ObjectId; stood?: ObjectId } = {},
  ) {
    const { history } = this;
    const entry = { path: POLICY_FILE, mode: "100644", oid: history.blobId(this.text) };
    const policy = { policy: history.policy(ACCEPTING), ref: "refs/heads/main", commit: this.start, entry };
    const push = {
      updates: [{ ref: branchRef("main"), old: stood, new: tip }],
      destination: destinationOf({ main: stood, release }),
      policy,
    };
    const [landing] = (await plan(history, push)).updates;
    if (!landing || !("tip" in landing)) throw new Error("it is a landing");
    const range = await gather(history, policy.policy, landing, { tips: [tip], exclude: landing.judged });
    const { rollbacks, violations } = await policyAfter(history, landing, range, merged);
    return {
      rollbacks: rollbacks.map(({ summary, asks }) => [summary.commit, ...asks.map(({ why }) => why)]),
      codes: violations.map(({ code }) => code),
      violations,
      cases: rollbacks,
    };
  }
}

const NOTHING = { rollbacks: [], codes: [] };

describe("the policy stays", () => {
  it("where a landing leaves it alone, or a commit of it answers for the change", async () => {
    const world = new World();
    const { start } = world;
    expect(await world.after(world.make("Work\n", { parents: [start], files: { a: "1" } }))).toMatchObject(NOTHING);
    const change = world.make("Change\n", { parents: [start], files: { [POLICY_FILE]: `${world.text}# new\n` } });
    expect(await world.after(change)).toMatchObject(NOTHING);
    const removal = world.make("Remove\n", { parents: [start], files: { [POLICY_FILE]: null } });
    expect(await world.after(removal)).toMatchObject(NOTHING);
  });
});

describe("an older policy that comes back", () => {
  it("is asked of the merges that let go of the one in force", async () => {
    const world = new World();
    const { start, old } = world;
    const merge = world.make("Merge\n", { parents: [start, old], filesOf: old });
    const after = await world.after(merge);
    expect(after).toMatchObject({ rollbacks: [[merge, "policy change"]], codes: [] });
    expect(after.cases[0]?.asks).toMatchObject([{ paths: [POLICY_FILE], removal: false }]);
    expect(after.cases[0]?.summary).toMatchObject({ subject: "Merge", provenance: { state: "undeclared" } });
    expect(after.cases[0]?.summary).not.toHaveProperty("mechanical");
  });

  it("is asked of no merge that keeps it, nor of one whose parents had it before", async () => {
    const world = new World();
    const { start, old } = world;
    const side = world.make("Side\n", { parents: [start], files: { b: "1" } });
    const keeps = world.make("Merge\n", { parents: [start, side], filesOf: side });
    const merge = world.make("Merge\n", { parents: [keeps, old], files: { [POLICY_FILE]: `${world.text}# old\n` } });
    const more = world.make("More\n", { parents: [old], files: { c: "1" } });
    const last = world.make("Merge\n", { parents: [merge, more], files: { c: "1" } });
    expect(await world.after(last)).toMatchObject({ rollbacks: [[merge, "policy change"]], codes: [] });
  });

  it("is refused where nothing of the push answers for it: a forced push, or a tip that had it", async () => {
    const world = new World();
    const { old } = world;
    const after = await world.after(old);
    expect(after).toMatchObject({ rollbacks: [], codes: ["POLICY_CHANGED"] });
    expect(after.violations).toMatchObject([{ commit: old, data: { paths: [POLICY_FILE], needs: { count: 1 } } }]);
    const bare = world.make("Bare\n", { files: { z: "1" } });
    const gone = await world.after(bare, { release: bare });
    expect(gone.violations).toMatchObject([{ code: "POLICY_REMOVED", commit: bare, data: { paths: [POLICY_FILE] } }]);
  });

  it("is a removal where the merge leaves none", async () => {
    const world = new World();
    const { start } = world;
    const gone = world.make("Gone\n", { parents: [start], files: { [POLICY_FILE]: null } });
    const merge = world.make("Merge\n", { parents: [start, gone], filesOf: gone });
    const after = await world.after(merge, { release: gone });
    expect(after).toMatchObject({ rollbacks: [[merge, "policy change"]], codes: [] });
    expect(after.cases[0]?.asks).toMatchObject([{ paths: [POLICY_FILE], removal: true }]);
  });
});

describe("a damaged policy", () => {
  const changed = async (text: string | readonly [string, string], more: Made["files"] = {}) => {
    const world = new World();
    const file = typeof text === "string" ? text : ([text[0], world.history.blobId(text[1])] as const);
    return world.after(world.make("Change\n", { parents: [world.start], files: { [POLICY_FILE]: file, ...more } }));
  };

  it("is refused, whoever answers for it, with what is wrong", async () => {
    const { violations } = await changed("version: 1\npeople: 7\n");
    expect(violations).toMatchObject([
      {
        code: "POLICY_BROKEN",
        data: {
          problem: expect.stringContaining("the pushed tip"),
          details: [expect.stringContaining("protect"), expect.stringContaining("people")],
        },
      },
    ]);
    expect(violations[0]?.commit).toMatch(/^[0-9a-f]{40}$/);
  });

  it.each<[what: string, text: string | readonly [string, string], more?: Made["files"]]>([
    ["a link", ["120000", "elsewhere"]],
    ["one of two", "version: 1\n", { ".countersignrc": "version: 1\n" }],
    ["larger than any policy is", `# ${"x".repeat(POLICY_LIMIT)}\n`],
  ])("is refused that is %s", async (_, text, more) => {
    expect((await changed(text, more)).violations).toMatchObject([{ code: "POLICY_BROKEN", data: { details: [] } }]);
  });

  it("is not one that cannot be read for another reason", async () => {
    const world = new World();
    const tip = world.make("Change\n", { parents: [world.start], files: { [POLICY_FILE]: `${world.text}# new\n` } });
    world.history.blob = async () => {
      throw new Error("a defect");
    };
    await expect(world.after(tip)).rejects.toThrow("a defect");
  });

  it("is refused for that alone, where a commit answers for the first of two files", async () => {
    const world = new World();
    const second = world.make("Second\n", { parents: [world.old], files: { ".countersignrc": world.text } });
    expect((await world.after(second)).codes).toEqual(["POLICY_BROKEN"]);
  });

  it("is refused beside what nobody answers for", async () => {
    const world = new World();
    const broken = world.make("Broken\n", { parents: [world.start], files: { [POLICY_FILE]: "version: 7\n" } });
    expect((await world.after(broken, { release: broken })).codes).toEqual(["POLICY_CHANGED", "POLICY_BROKEN"]);
    const merge = world.make("Merge\n", { parents: [world.start, broken], filesOf: broken });
    expect(await world.after(merge, { release: broken })).toMatchObject({
      rollbacks: [[merge, "policy change"]],
      codes: ["POLICY_BROKEN"],
    });
  });
});

describe("where the new tip is to be merged with the branch's", () => {
  it("what comes out of the policy line by line is looked at", async () => {
    const world = new World();
    const { start } = world;
    const [ours, theirs] = [`mode: enforce\n${world.text}# a\n`, `${world.text}# a\nmode: warn\n`];
    const base = world.make("Base\n", { parents: [start], files: { [POLICY_FILE]: `${world.text}# a\n` } });
    const stood = world.make("Ours\n", { parents: [base], files: { [POLICY_FILE]: ours } });
    const topic = world.make("Theirs\n", { parents: [base], files: { [POLICY_FILE]: theirs } });
    expect((await world.after(topic, { stood, merged: stood })).codes).toContain("POLICY_BROKEN");
    const fine = world.make("Fine\n", { parents: [base], files: { [POLICY_FILE]: `${world.text}# a\n# b\n` } });
    expect((await world.after(fine, { stood, merged: stood })).codes).not.toContain("POLICY_BROKEN");
  });

  it("and not larger than any policy is", async () => {
    const world = new World();
    const merging = (length: number) => {
      const [head, tail] = [1000, length - world.text.length - 1000].map((size) => `# ${"x".repeat(size - 3)}\n`);
      const made = (text: string) => ({ parents: [world.start], files: { [POLICY_FILE]: text } });
      const stood = world.make("Ours\n", made(`${head}${world.text}`));
      return world.after(world.make("Theirs\n", made(`${world.text}${tail}`)), { stood, merged: stood });
    };
    expect((await merging(POLICY_LIMIT)).codes).not.toContain("POLICY_BROKEN");
    const { violations } = await merging(POLICY_LIMIT + 1);
    expect(violations).toMatchObject([
      { code: "POLICY_BROKEN", data: { problem: expect.stringMatching(/has 262145 bytes$/) } },
    ]);
  });
});
