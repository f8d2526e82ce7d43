import { describe, expect, it } from "vitest";
import type { ObjectId } from "../object/oid.ts";
import type { Decision } from "./decision.ts";
import { History } from "./history.fixture.ts";
import { AI, codesOf, FILE, judgeMemory, type MemoryPush, policyOf, VOUCHED } from "./push.fixture.ts";

const GRACE = "Co-signed-by: Grace Hopper <grace@acme.example>\n";
const TWO = 'branches: ["release/**"]\n    cosign: { count: 2 }';

/** A history that begins with a policy on `main`. */
function begin(...entries: readonly string[]): {
  readonly repository: History;
  readonly start: ObjectId;
  readonly add: (message: string, ...parents: ObjectId[]) => ObjectId;
  readonly judge: (push: MemoryPush) => Promise<Decision>;
} {
  const repository = new History();
  const start = repository.make("Start\n", { files: { [FILE]: policyOf(...entries) } });
  let made = 0;
  const add = (message: string, ...parents: ObjectId[]): ObjectId => {
    made += 1;
    return repository.make(message, { parents, files: { [`file-${made}`]: `${made}\n` }, date: 1_800_000_000 + made });
  };
  return { repository, start, add, judge: (push) => judgeMemory(repository, push) };
}

const MISSING = ["COSIGN_MISSING"];

describe("what counts as judged where CI asks", () => {
  it("is not a branch of the same entry that nothing need have judged", async () => {
    const { start, add, judge } = begin('branches: [main, "release/**"]');
    const work = add(AI, start);
    const branches = { main: start, "release/x": work };
    expect(codesOf(await judge({ branches, push: { main: work }, asked: true }))).toEqual(MISSING);
  });

  it("is not the pull request's own branch where every branch is protected", async () => {
    const { start, add, judge } = begin('branches: ["**"]');
    const work = add(AI, start);
    const branches = { main: start, topic: work };
    expect(codesOf(await judge({ branches, push: { main: work }, asked: true }))).toEqual(MISSING);
    expect(codesOf(await judge({ branches, push: { main: add(VOUCHED, start) }, asked: true }))).toEqual([]);
  });

  it("is no such branch for a target that is to be created either", async () => {
    const { start, add, judge } = begin('branches: [main, "release/**"]');
    const work = add(AI, start);
    const branches = { main: start, "release/x": work };
    expect(codesOf(await judge({ branches, push: { "release/2": work }, asked: true }))).toEqual(MISSING);
  });

  it("is the default branch that the same entry governs, and what the entry accepts", async () => {
    const { start, add, judge } = begin(
      'branches: [main, "release/**"]',
      `branches: [lts]\n    accepts: ["release/*"]`,
    );
    const landed = add(AI, start);
    const released = add(AI, start);
    const branches = { main: landed, "release/1": released, lts: start };
    expect(
      codesOf(await judge({ branches, push: { "release/1": add("Merge main\n", released, landed) }, asked: true })),
    ).toEqual([]);
    expect(codesOf(await judge({ branches, push: { lts: released }, asked: true }))).toEqual([]);
    expect(codesOf(await judge({ branches, push: { lts: landed }, asked: true }))).toEqual(MISSING);
  });

  it("is no commit that somebody names as the start", async () => {
    const { start, add, judge } = begin("branches: [main]");
    const work = add(AI, start);
    const more = add("More\n", work);
    const push = { branches: { main: start }, push: { main: more }, asked: true };
    expect(codesOf(await judge({ ...push, since: work }))).toEqual(MISSING);
    expect(codesOf(await judge({ ...push, since: more }))).toEqual(MISSING);
  });

  it("ends at the start where the branch has it, so that what landed can be looked at again", async () => {
    const { start, add, judge } = begin("branches: [main]");
    const landed = add(AI, start);
    const later = add("Later\n", landed);
    const push = { branches: { main: later }, push: { main: later }, asked: true };
    expect(codesOf(await judge({ ...push, since: start }))).toEqual(MISSING);
    expect(codesOf(await judge({ ...push, since: landed }))).toEqual([]);
    expect(codesOf(await judge(push))).toEqual([]);
  });
});

describe("what counts as judged at a push", () => {
  it("is another branch of the same entry where the branch is created, and not where it is moved", async () => {
    const { start, add, judge } = begin("branches: [main]", 'branches: ["release/**"]');
    const released = add(AI, start);
    const branches = { main: start, "release/1": released, "release/2": start };
    expect(codesOf(await judge({ branches, push: { "release/1.1": released } }))).toEqual([]);
    expect(codesOf(await judge({ branches, push: { "release/1.1": add(AI, released) } }))).toEqual(MISSING);
    expect(codesOf(await judge({ branches, push: { "release/2": released } }))).toEqual(MISSING);
  });

  it("is never the ledger, whatever patterns mean: nobody judges what its commits have for parents", async () => {
    const { start, add, judge } = begin('branches: ["**"]\n    accepts: ["**"]\nledger: co-signs');
    const work = add(AI, start);
    for (const push of [{ main: work }, { "release/1": work }]) {
      expect(codesOf(await judge({ branches: { main: start, "co-signs": work }, push }))).toEqual(MISSING);
      expect(codesOf(await judge({ branches: { main: start, others: work }, push }))).toEqual([]);
    }
  });

  it("is not a branch of the same entry that the push itself moves, unless it is allowed there", async () => {
    const { start, add, judge } = begin("branches: [main]", 'branches: ["release/**"]');
    const work = add(AI, start);
    const branches = { main: start, "release/1": start };
    const both = { "release/1": work, "release/2": work };
    expect(codesOf(await judge({ branches, push: both }))).toEqual([...MISSING, ...MISSING]);
  });

  it("is of an accepted branch its line, and what came there by a merge together with the merge alone", async () => {
    const { start, add, judge } = begin("branches: [main]", `${TWO}\n    accepts: [main]`);
    const topic = add(VOUCHED, start);
    const other = add(VOUCHED, start);
    const merge = add("Merge topic\n", other, topic);
    const tip = add(VOUCHED, merge);
    const branches = { main: tip, "release/1": start };
    for (const landed of [tip, merge, other]) {
      expect(codesOf(await judge({ branches, push: { "release/1": landed } })), landed).toEqual([]);
      expect(codesOf(await judge({ branches, push: { "release/2": landed } })), landed).toEqual([]);
    }
    expect(codesOf(await judge({ branches, push: { "release/1": topic } }))).toEqual(MISSING);
    const merged = add("Merge main\n", add("Fix\n", start), merge);
    expect(codesOf(await judge({ branches, push: { "release/1": merged } }))).toEqual([]);
    const half = add("Merge topic\n", add("Fix\n", other), topic);
    expect(codesOf(await judge({ branches, push: { "release/1": half } }))).toEqual(MISSING);
  });

  it("is of many accepted branches what each has, however long they are", async () => {
    const { start, add, judge } = begin("branches: [main]", 'branches: [lts]\n    accepts: ["release/*"]');
    let main = start;
    const branches: Record<string, ObjectId> = { lts: start };
    for (let release = 0; release < 12; release += 1) {
      for (let step = 0; step < 8; step += 1) main = add(AI, main);
      branches[`release/${release}`] = add(AI, main);
    }
    branches["main"] = main;
    const known = { ...branches, main };
    expect(codesOf(await judge({ branches: known, push: { lts: main } }))).toEqual([]);
    expect(codesOf(await judge({ branches: known, push: { lts: add(AI, main) } }))).toEqual(MISSING);
  });

  it("is nothing of an accepted branch whose history is not here", async () => {
    const { repository, start, add, judge } = begin("branches: [main]", `${TWO}\n    accepts: [main]`);
    const gone = add("Gone\n", start);
    const main = repository.make("Main\n", { parents: [gone], filesOf: start });
    const branches = { main, "release/1": start };
    repository.objects.delete(gone);
    expect(codesOf(await judge({ branches, push: { "release/1": add("Fix\n", start) } }))).toEqual([]);
    expect(codesOf(await judge({ branches, push: { "release/1": add(VOUCHED, start) } }))).toEqual(MISSING);
  });
});

describe("two branches in one push", () => {
  const ACCEPTING = ["branches: [main]", `${TWO}\n    accepts: [main]`] as const;

  it("are allowed where two pushes would be, in whatever order git names them", async () => {
    const { start, add, judge } = begin(...ACCEPTING);
    const work = add(VOUCHED, start);
    const branches = { main: start, "release/1": start };
    expect(codesOf(await judge({ branches, push: { main: work, "release/1": work } }))).toEqual([]);
    expect(codesOf(await judge({ branches, push: { "release/1": work, "release/2": work, main: work } }))).toEqual([]);
  });

  it("are refused where the accepted one is", async () => {
    const { start, add, judge } = begin(...ACCEPTING);
    const work = add(AI, start);
    const branches = { main: start, "release/1": start };
    const push = { "release/1": work, main: work };
    expect(codesOf(await judge({ branches, push }))).toEqual([...MISSING, ...MISSING]);
  });

  it("are told apart where only one of them brings more", async () => {
    const { start, add, judge } = begin(...ACCEPTING);
    const work = add(VOUCHED, start);
    const more = add(VOUCHED, work);
    const branches = { main: start, "release/1": start };
    const { updates } = await judge({ branches, push: { "release/1": more, main: work } });
    expect(updates.map(({ commits, judged }) => [commits, judged.map(({ commit }) => commit)])).toEqual([
      [1, [more]],
      [1, [work]],
    ]);
  });

  it("count along a chain of branches that accept each other", async () => {
    const { start, add, judge } = begin(
      ...ACCEPTING,
      'branches: [lts]\n    cosign: { count: 2 }\n    accepts: ["release/*"]',
    );
    const work = add(VOUCHED, start);
    const branches = { main: start, "release/1": start, lts: start };
    expect(codesOf(await judge({ branches, push: { lts: work, "release/1": work, main: work } }))).toEqual([]);
    expect(codesOf(await judge({ branches, push: { lts: work, "release/1": work } }))).toEqual([
      ...MISSING,
      ...MISSING,
    ]);
  });

  it("do not vouch for each other", async () => {
    const { start, add, judge } = begin(
      "branches: [main]\n    accepts: [twin]",
      "branches: [twin]\n    accepts: [main]",
    );
    const work = add(AI, start);
    const branches = { main: start, twin: start };
    expect(codesOf(await judge({ branches, push: { main: work, twin: work } }))).toEqual([...MISSING, ...MISSING]);
    expect(codesOf(await judge({ branches: { main: start, twin: work }, push: { main: work } }))).toEqual([]);
  });

  it("need as many people as the stricter one asks for where it accepts nothing", async () => {
    const { start, add, judge } = begin("branches: [main]", TWO);
    const work = add(VOUCHED, start);
    const branches = { main: start, "release/1": start };
    expect(codesOf(await judge({ branches, push: { main: work, "release/1": work } }))).toEqual(MISSING);
    const both = add(`${VOUCHED}${GRACE}`, start);
    expect(codesOf(await judge({ branches, push: { main: both, "release/1": both } }))).toEqual([]);
  });
});

describe("a branch that is named HEAD", () => {
  it.each(["HEAD", "Head", "head"])("as %s is refused", async (name) => {
    const { start, judge } = begin("branches: [main]");
    expect(codesOf(await judge({ branches: { main: start }, push: { [name]: start } }))).toEqual(["BRANCH_NAMED_HEAD"]);
  });

  it.each(["heads", "HEAD/x", "topic/HEAD", "ahead"])("is not %s", async (name) => {
    const { start, judge } = begin("branches: [main]");
    expect(codesOf(await judge({ branches: { main: start }, push: { [name]: start } }))).toEqual([]);
  });
});
