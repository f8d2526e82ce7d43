import { expect, it } from "vitest";
import type { ObjectId } from "../../object/oid.ts";
import { History } from "../history.fixture.ts";
import { findBaseFlaw } from "./base.ts";

const history = new History();
const root = history.make("Root\n");
const old = history.make("Old\n", { parents: [root] });
const stood = history.make("Stood\n", { parents: [old] });
const side = history.make("Side\n", { parents: [old] });
const tag = history.put("tag", Buffer.from(`object ${old}\ntype commit\ntag v1\n\n`));
const absent = "9".repeat(40) as ObjectId;

it.each<[what: string, stood: ObjectId | undefined, base: ObjectId | undefined]>([
  ["where the branch stands", stood, stood],
  ["where it stood before", stood, root],
  ["a branch that is new for the signer and for the push", undefined, undefined],
])("a base is one of the branch: %s", async (_, stands, base) => {
  expect(await findBaseFlaw(history, { branch: "main", stood: stands }, base)).toBeUndefined();
});

it.each<[what: string, stood: ObjectId | undefined, base: ObjectId | undefined, flaw: string]>([
  ["that there was no branch yet", stood, undefined, "it was signed before main existed"],
  [
    "that there is no branch any more",
    undefined,
    old,
    "it was signed for a branch main that existed, and this push creates it",
  ],
  [
    "a line of its own",
    stood,
    side,
    `it was signed when main stood at ${side.slice(0, 12)}, which is not in its history`,
  ],
  [
    "something that came later",
    old,
    stood,
    `it was signed when main stood at ${stood.slice(0, 12)}, which is not in its history`,
  ],
  ["no commit", stood, tag, `it was signed when main stood at ${tag.slice(0, 12)}, which is not in its history`],
  [
    "nothing that is here",
    stood,
    absent,
    `it was signed when main stood at ${absent.slice(0, 12)}, which is not in its history`,
  ],
])("a base is not one of the branch: %s", async (_, stands, base, flaw) => {
  expect(await findBaseFlaw(history, { branch: "main", stood: stands }, base)).toBe(flaw);
});

it("of a base that may lie behind the end of a clone nothing is said", async () => {
  const shallow = new History();
  const first = shallow.make("Root\n");
  const tip = shallow.make("Tip\n", { parents: [first] });
  shallow.objects.delete(first);
  const repository = Object.assign(shallow, { isAncestor: async () => false });
  await expect(findBaseFlaw(repository, { branch: "main", stood: tip }, absent)).rejects.toMatchObject({
    code: "OBJECT_MISSING",
  });
});

it("a base that is only a name for a commit of the branch is not one", async () => {
  const repository = Object.assign(new History(), { objects: history.objects, isAncestor: async () => true });
  expect(await findBaseFlaw(repository, { branch: "main", stood }, tag)).toContain("not in its history");
  expect(await findBaseFlaw(repository, { branch: "main", stood }, old)).toBeUndefined();
});
