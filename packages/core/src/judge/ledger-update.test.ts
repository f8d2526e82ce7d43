import { expect, it } from "vitest";
import { LedgerWorld } from "../ledger/ledger-world.fixture.ts";
import { type ObjectId, zeroOid } from "../object/oid.ts";
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

async function codes(world: LedgerWorld, old: ObjectId, tip: ObjectId): Promise<readonly string[]> {
  const update = { ref: "refs/heads/countersign/ledger", old, new: tip };
  const { violations, faults } = await judgeLedgerUpdate(world, "countersign/ledger", update);
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
