import { describe, expect, it } from "vitest";
import type { ObjectId } from "../object/oid.ts";
import type { Decision } from "./decision.ts";
import { History, type Made } from "./history.fixture.ts";
import { mergePolicies } from "./merged-policy.ts";
import { COSIGN, codesOf, FILE, judgeMemory, policyOf } from "./push.fixture.ts";

const OLD = policyOf("branches: [main]");
const NEW = policyOf("branches: [main, stable]");
/** A policy that somebody brings along. */
const OWN = `${OLD}levels: [senior, junior]\n`;
const NEEDED = "POLICY_CHANGED";

/** A repository whose `main` has a policy, and has moved on since a pull request began. */
class PullRequest {
  readonly repository = new History();
  readonly start: ObjectId;
  main: ObjectId;

  constructor(policy: string | null = OLD) {
    this.start = this.main = this.add("Start\n", {
      files: { ...(policy === null ? {} : { [FILE]: policy }), a: "1\n" },
    });
  }

  add(message: string, made: Made): ObjectId {
    return this.repository.make(message, made);
  }

  /** Lands a commit on `main`. */
  land(message = "Anything\n", files: Made["files"] = { b: `${this.main}\n` }): ObjectId {
    this.main = this.add(message, { parents: [this.main], files });
    return this.main;
  }

  /** What CI says of the head. */
  ask(head: ObjectId): Promise<Decision> {
    return judgeMemory(this.repository, { branches: { main: this.main }, push: { main: head }, asked: true });
  }
}

describe("a pull request that is behind its target is refused where it", () => {
  it("takes the policy away by a merge with a history that has none", async () => {
    const request = new PullRequest();
    const { main } = request;
    const root = request.add("Scratch\n", { files: { z: "1\n" } });
    const evil = request.add("Merge main\n", { parents: [root, main], filesOf: main, files: { [FILE]: null } });
    expect(codesOf(await request.ask(evil))).toContain("POLICY_REMOVED");
    request.land();
    expect(codesOf(await request.ask(evil))).toContain("POLICY_REMOVED");
  });

  it("brings a policy of its own by such a merge", async () => {
    const request = new PullRequest();
    const root = request.add("Scratch\n", { files: { [FILE]: OWN } });
    const evil = request.add("Merge main\n", {
      parents: [root, request.main],
      filesOf: request.main,
      files: { [FILE]: OWN },
    });
    request.land();
    expect(codesOf(await request.ask(evil))).toEqual([NEEDED]);
    const signed = request.add(`Merge main\n\n${COSIGN}`, {
      parents: [root, request.main],
      filesOf: request.main,
      files: { [FILE]: OWN },
    });
    request.land();
    expect(codesOf(await request.ask(signed))).toEqual([]);
  });

  it("keeps its older policy while it merges the target", async () => {
    const request = new PullRequest();
    const topic = request.add("Work\n", { parents: [request.start], files: { t: "1\n" } });
    request.land(`Protect stable\n\n${COSIGN}`, { [FILE]: NEW });
    const slip = request.add("Merge main\n", { parents: [topic, request.main], files: { b: "1\n" } });
    expect(codesOf(await request.ask(slip))).toEqual([NEEDED]);
    request.land();
    expect(codesOf(await request.ask(slip))).toEqual([NEEDED]);
  });

  it("adds a second policy file, from before the first", async () => {
    const request = new PullRequest(null);
    const topic = request.add("Adopt too\n", { parents: [request.start], files: { ".countersignrc": OWN } });
    request.land("Adopt\n", { [FILE]: OLD });
    expect(codesOf(await request.ask(topic))).toEqual([NEEDED, "POLICY_BROKEN"]);
  });

  it("brings a policy that nothing on the line of the target was ever asked about", async () => {
    const request = new PullRequest();
    const stranger = request.add("Another project\n", { files: { ".countersignrc": OWN } });
    request.land();
    expect(codesOf(await request.ask(stranger))).toEqual([NEEDED, "POLICY_BROKEN"]);
  });

  it("changes a line of the policy without a co-sign where the target changed another", async () => {
    const request = new PullRequest();
    const topic = request.add("Lower\n", { parents: [request.start], files: { [FILE]: `${OLD}mode: warn\n` } });
    request.land(`Raise the version\n\n${COSIGN}`, { [FILE]: `# ours\n${OLD}` });
    expect(codesOf(await request.ask(topic))).toEqual([NEEDED]);
  });

  it("makes with the target's own change a policy that cannot be read", async () => {
    const request = new PullRequest(`${OLD}# a\n# b\n# c\n# d\n`);
    const files = { [FILE]: `${OLD}# a\n# b\n# c\n# d\nmode: warn\n` };
    const topic = request.add(`Warn\n\n${COSIGN}`, { parents: [request.start], files });
    request.land(`Enforce\n\n${COSIGN}`, { [FILE]: `mode: enforce\n${OLD}# a\n# b\n# c\n# d\n` });
    expect(codesOf(await request.ask(topic))).toEqual(["POLICY_BROKEN"]);
  });
});

describe("a pull request that is behind its target passes where it", () => {
  it("leaves the policy alone, however old its own copy is", async () => {
    const request = new PullRequest();
    const topic = request.add("Work\n", { parents: [request.start], files: { t: "1\n" } });
    request.land(`Protect stable\n\n${COSIGN}`, { [FILE]: NEW });
    request.land(`Enforce\n\n${COSIGN}`, { [FILE]: `${NEW}mode: enforce\n` });
    expect(codesOf(await request.ask(topic))).toEqual([]);
    expect((await request.ask(topic)).updates[0]?.commits).toBe(1);
  });

  it("began before the target adopted a policy", async () => {
    const request = new PullRequest(null);
    const topic = request.add("Work\n", { parents: [request.start], files: { t: "1\n" } });
    request.land("Adopt\n", { [FILE]: OLD });
    expect(codesOf(await request.ask(topic))).toEqual([]);
  });

  it("merged the target and took its policy, now and then", async () => {
    const request = new PullRequest();
    let topic = request.add("Work\n", { parents: [request.start], files: { t: "1\n" } });
    for (const policy of [NEW, `${NEW}mode: enforce\n`]) {
      request.land(`Change the policy\n\n${COSIGN}`, { [FILE]: policy });
      topic = request.add("Merge main\n", { parents: [topic, request.main], files: { [FILE]: policy } });
      request.land();
    }
    expect(codesOf(await request.ask(topic))).toEqual([]);
  });

  it("changes the policy with a co-sign, in other lines than the target", async () => {
    const request = new PullRequest();
    const files = { [FILE]: `${OLD}mode: warn\n` };
    const topic = request.add(`Warn\n\n${COSIGN}`, { parents: [request.start], files });
    request.land();
    expect(codesOf(await request.ask(topic))).toEqual([]);
    request.land(`Say whose it is\n\n${COSIGN}`, { [FILE]: `# ours\n${OLD}` });
    expect(codesOf(await request.ask(topic))).toEqual([]);
  });

  it("renames the policy file with a co-sign", async () => {
    const request = new PullRequest();
    const files = { [FILE]: null, ".countersignrc": OLD };
    const topic = request.add(`Rename\n\n${COSIGN}`, { parents: [request.start], files });
    request.land();
    expect(codesOf(await request.ask(topic))).toEqual([]);
    const unsigned = request.add("Rename\n", { parents: [request.start], files });
    expect(codesOf(await request.ask(unsigned))).toEqual([NEEDED]);
  });

  it("made the same change of the policy as the target, and was merged with it", async () => {
    const request = new PullRequest();
    const topic = request.add(`Protect stable\n\n${COSIGN}`, { parents: [request.start], files: { [FILE]: NEW } });
    request.land(`Protect stable too\n\n${COSIGN}`, { [FILE]: NEW });
    expect(codesOf(await request.ask(topic))).toEqual([]);
  });

  it("removes the policy with a co-sign", async () => {
    const request = new PullRequest();
    const files = { [FILE]: null };
    const topic = request.add(`Remove\n\n${COSIGN}`, { parents: [request.start], files });
    const unsigned = request.add("Remove\n", { parents: [request.start], files });
    request.land();
    expect(codesOf(await request.ask(topic))).toEqual([]);
    expect(codesOf(await request.ask(unsigned))).toEqual(["POLICY_REMOVED"]);
  });

  it("removes the policy by a merge that is co-signed for that", async () => {
    const request = new PullRequest();
    const root = request.add("Scratch\n", { files: { z: "1\n" } });
    const parents = [root, request.main];
    const merge = request.add(`Merge\n\n${COSIGN}`, { parents, filesOf: request.main, files: { [FILE]: null } });
    expect(codesOf(await request.ask(merge))).toEqual([]);
    request.land();
    expect(codesOf(await request.ask(merge))).toEqual([]);
  });

  it("was merged already", async () => {
    const request = new PullRequest();
    const before = request.main;
    request.land(`Protect stable\n\n${COSIGN}`, { [FILE]: NEW });
    expect(codesOf(await request.ask(before))).toEqual([]);
  });
});

describe("where two lines have several merge bases, or conflict", () => {
  const history = new History();
  const [ours, theirs, other] = ["ours", "theirs", "other"].map((text) =>
    history.make(text, { files: { [FILE]: `${text}\n` } }),
  );
  const bare = history.make("Bare\n", { files: { a: "1" } });
  if (!ours || !theirs || !other) throw new Error("there are three");
  const oidOf = (text: string) => history.blobId(`${text}\n`);

  /** What the merge leaves, and what it changes of the branch. */
  async function merged(tip: ObjectId, ...bases: readonly ObjectId[]) {
    const repository = Object.assign(new History(), { objects: history.objects, mergeBases: async () => bases });
    const { entries, changed, bases: found } = await mergePolicies(repository, ours as ObjectId, tip);
    return {
      entries: entries.map(({ oid }) => oid),
      changed: changed.map(({ oid, mode }) => [oid, mode]),
      bases: found.length,
    };
  }

  it.each<
    [what: string, tip: ObjectId, bases: readonly ObjectId[], entries: readonly string[], changed: readonly string[]]
  >([
    ["what both have alike stays", ours, [bare], ["ours"], []],
    ["what they alone changed is changed", theirs, [ours], ["theirs"], ["theirs"]],
    ["what the branch alone changed stays", theirs, [theirs], ["ours"], []],
    ["what one base gives otherwise is changed", theirs, [ours, theirs], ["theirs"], ["theirs"]],
    ["in whichever order those are found", theirs, [theirs, ours], ["theirs"], ["theirs"]],
    ["what conflicts is changed, and theirs is looked at", theirs, [other], ["theirs"], ["theirs"]],
    ["what conflicts by one base is changed", theirs, [ours, other], ["theirs"], ["theirs"]],
    ["though another one gives the branch's", theirs, [theirs, other], ["theirs"], ["theirs"]],
    ["what comes without a common history is changed", theirs, [], ["theirs"], ["theirs"]],
  ])("%s", async (_, tip, bases, entries, changed) => {
    const found = await merged(tip, ...bases);
    expect(found.entries).toEqual(entries.map(oidOf));
    expect(found.changed).toEqual(changed.map((text) => [oidOf(text), "100644"]));
  });

  it("the branch's file stays to be looked at where the other line took it away", async () => {
    expect(await merged(bare, other)).toEqual({
      entries: [oidOf("ours")],
      changed: [["0".repeat(40), "000000"]],
      bases: 1,
    });
    expect(await merged(bare, ours)).toMatchObject({ entries: [], changed: [["0".repeat(40), "000000"]] });
  });

  it("each kind of base is looked at once", async () => {
    expect(
      await merged(theirs, other, history.make("Again\n", { files: { [FILE]: "other\n", z: "1" } })),
    ).toMatchObject({ bases: 1 });
    expect(await merged(theirs, ours, theirs)).toMatchObject({ bases: 2 });
    expect(await merged(theirs)).toMatchObject({ bases: 1 });
    expect(await merged(ours, bare)).toMatchObject({ bases: 1 });
  });
});
