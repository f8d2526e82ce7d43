import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { type Changed, folderOf, HEAD, LedgerWorld } from "../ledger/ledger-world.fixture.ts";
import { type ObjectId, zeroOid } from "../object/oid.ts";
import { parsePolicy } from "../policy/file/parse-policy.ts";
import { judgeLedgerUpdate } from "./ledger-update.ts";

const NONE = zeroOid("sha1");

/** A ledger before and after a record was added. */
function grown() {
  const world = new LedgerWorld();
  world.add([{ a: [undefined, world.file("1")] }]);
  const old = world.commitAll();
  world.add([{ b: [undefined, world.file("1")] }]);
  return { world, old, tip: world.commitAll() };
}

/** Ada and Eve are on the roster. */
function policyOf({ ada, eve }: LedgerWorld) {
  const people = Object.entries({ ada, eve }).map(
    ([name, { text }]) => `  - { name: ${name}, emails: [${name}@acme.example], level: senior, keys: ["${text}"] }\n`,
  );
  return parsePolicy(encodeText(`version: 1\nprotect: [{ branches: [main] }]\npeople:\n${people.join("")}`), "test");
}

async function codes(world: LedgerWorld, old: ObjectId, tip: ObjectId): Promise<readonly string[]> {
  const update = { ref: "refs/heads/countersign/ledger", old, new: tip };
  const { violations, faults } = await judgeLedgerUpdate(world, policyOf(world), "countersign/ledger", update);
  return [...violations, ...faults].map(({ code }) => code);
}

it("a ledger may be created and grow, and never shrink or go", async () => {
  const { world, old, tip } = grown();
  expect(await codes(world, NONE, tip)).toEqual([]);
  expect(await codes(world, old, tip)).toEqual([]);
  expect(await codes(world, tip, old)).toEqual(["LEDGER_REWRITTEN"]);
  expect(await codes(world, tip, NONE)).toEqual(["LEDGER_REWRITTEN"]);
});

it("an update is not decided on where the old tip is not here, or the new one is a tag or damaged", async () => {
  const { world, old, tip } = grown();
  const tag = world.put("tag", Buffer.from(`object ${tip}\ntype commit\ntag x\n\n`));
  const damaged = world.put("commit", Buffer.from(`tree ${NONE}\ntree ${NONE}\n\n`));
  expect(await codes(world, "1".repeat(40) as ObjectId, tip)).toEqual(["TIP_UNKNOWN"]);
  expect(await codes(world, old, tag)).toEqual(["NOT_A_COMMIT"]);
  expect(await codes(world, old, damaged)).toEqual(["LEDGER_UNFIT"]);
  expect(await codes(world, old, world.commitTree("2".repeat(40) as ObjectId))).toEqual(["OBJECT_MISSING"]);
});

/** A record of Ada's, and a ledger in which its place, or that of its withdrawal, was taken beforehand. */
function squatted() {
  const world = new LedgerWorld();
  const changed: Changed = { a: [undefined, world.file("1")] };
  const id = world.add([changed]);
  return { world, changed, id, folder: folderOf(changed, id, 1), sound: new Map(world.files) };
}

it.each<readonly [string, (world: LedgerWorld) => Parameters<LedgerWorld["withdraw"]>[2]]>([
  ["signed by another key under Ada's name", ({ eve }) => ({ key: eve })],
  ["of Eve's own", ({ eve }) => ({ key: eve, head: { ...HEAD, cosigner: "eve@acme.example" } })],
  ["of Ada's for another project", () => ({ head: { ...HEAD, project: "acme/other" } })],
])("a withdrawal %s keeps no place: Ada's takes it, and stays", async (_, by) => {
  const { world, id, folder } = squatted();
  world.withdraw(folder, id, by(world));
  const old = world.commitAll();
  world.withdraw(folder, id);
  const tip = world.commitAll();
  expect(await codes(world, old, tip)).toEqual([]);
  expect(await codes(world, tip, old)).toEqual(["LEDGER_REWRITTEN"]);
  world.files.delete(`${folder}/withdrawn`);
  expect(await codes(world, old, world.commitAll())).toEqual(["LEDGER_REWRITTEN"]);
});

it("a record signed by another key keeps no place: that of whom it names takes it, and stays", async () => {
  const { world, changed, sound } = squatted();
  world.restore(new Map());
  world.add([changed], { key: world.eve });
  const old = world.commitAll();
  world.restore(sound);
  const tip = world.commitAll();
  expect(await codes(world, old, tip)).toEqual([]);
  expect(await codes(world, tip, old)).toEqual(["LEDGER_REWRITTEN"]);
});
