import { describe, expect, it } from "vitest";
import type { ObjectId } from "../object/oid.ts";
import { verdictOn } from "./decide/case.fixture.ts";
import { excludeLanded } from "./exclude-landed.ts";
import { RangeShape } from "./gather/range-shape.ts";
import { History } from "./history.fixture.ts";

const history = new History();
const root = history.make("Root\n");
const old = history.make("Old\n", { parents: [root] });
const judged = history.make("Judged\n", { parents: [old] });
const one = history.make("New\n", { parents: [judged] });
const tip = history.make("Tip\n", { parents: [one] });

interface Asked {
  /** Those that are refused, of those that are listed. */
  readonly guilty?: readonly ObjectId[];
  readonly tips?: readonly ObjectId[];
  readonly declared?: readonly ObjectId[];
}

/** Which commits are left of a range, and how often git was asked. */
async function leftOf(listed: readonly ObjectId[], { guilty = listed, tips = [judged], declared = [] }: Asked = {}) {
  let questions = 0;
  const counting = Object.assign(new History(), {
    objects: history.objects,
    isAncestor: (...asked: Parameters<History["isAncestor"]>) => {
      questions += 1;
      return history.isAncestor(...asked);
    },
  });
  const shape = new RangeShape({ tips: [tip], exclude: tips }, { linked: false });
  for (const oid of listed) shape.add((await history.read(oid)).commit);
  const verdicts = listed.map((commit) => {
    const verdict = verdictOn(guilty.includes(commit) ? { commit } : { commit, asks: [] });
    return declared.includes(commit)
      ? { ...verdict, provenance: { ...verdict.provenance, state: "declared-human" as never } }
      : verdict;
  });
  const range = { commits: listed.length, assisted: listed.length - declared.length, judged: verdicts, shape };
  const left = await excludeLanded(counting, range, { tip, judged: tips });
  return {
    commits: left.commits,
    assisted: left.assisted,
    judged: left.judged.map(({ commit }) => commit),
    questions,
    shape: left.shape === shape,
  };
}

describe("nobody is refused for what landed long ago", () => {
  it("though a walk by date lists it", async () => {
    expect(await leftOf([tip, one, old])).toEqual({
      commits: 2,
      assisted: 2,
      judged: [tip, one],
      questions: 3,
      shape: true,
    });
  });

  it("and it is counted as assisted no more, if it was", async () => {
    expect(await leftOf([tip, one, old], { declared: [old] })).toMatchObject({ commits: 2, assisted: 2 });
    expect(await leftOf([tip, one, old], { declared: [tip] })).toMatchObject({ commits: 2, assisted: 1 });
  });

  it("and only what breaks a rule is asked about", async () => {
    expect(await leftOf([tip, one, old], { guilty: [one] })).toMatchObject({ judged: [tip, one, old], questions: 1 });
    expect(await leftOf([tip, one, old], { guilty: [] })).toMatchObject({ judged: [tip, one, old], questions: 0 });
  });

  it("not of a range that is known to be exact", async () => {
    expect(await leftOf([tip, one])).toMatchObject({ judged: [tip, one], questions: 0 });
    const side = history.make("Side\n", { parents: [root] });
    expect(await leftOf([tip, one], { tips: [judged, side] })).toMatchObject({ judged: [tip, one], questions: 0 });
  });

  it("but of one that another judged tip reaches, though all its lines end at the first", async () => {
    const other = history.make("Other\n", { parents: [one] });
    expect(await leftOf([tip, one], { tips: [judged, other] })).toMatchObject({ judged: [tip], questions: 2 });
  });

  it("but of one that ends elsewhere, at a root, or where nothing is judged", async () => {
    expect(await leftOf([tip, one], { tips: [old, root] })).toMatchObject({ questions: 2, judged: [tip, one] });
    expect(await leftOf([root], { tips: [judged] })).toMatchObject({ questions: 1, judged: [] });
    expect(await leftOf([tip, one], { tips: [] })).toMatchObject({ questions: 2, judged: [tip, one] });
  });

  it("though no more than a hundred times", async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, at) => history.make(`${at}\n`, { parents: [root], date: at }));
    const asked = async (count: number) => (await leftOf([...many(count - 1), old])).questions;
    expect(await asked(100)).toBe(100);
    expect(await asked(101)).toBe(0);
  });
});
