import { describe, expect, it } from "vitest";
import { type ObjectId, zeroOid } from "../../object/oid.ts";
import { allOf, destinationOf, History, headFor, LEDGER } from "../history.fixture.ts";
import { type LedgerSource, openLedger } from "./open-ledger.ts";
import type { SignedRecord } from "./record-source.ts";

const REF = `refs/heads/${LEDGER}`;
const NONE = zeroOid("sha1");
const history = new History();
const policy = history.policy(`ledger: ${LEDGER}\n`);
const start = history.make();
const empty = history.commitAll();
history.addParts([await history.part(history.make("One\n", { parents: [start], files: { a: "1" } }), policy)], {
  head: headFor(start),
});
const one = history.commitAll();
history.addParts([await history.part(history.make("Two\n", { parents: [start], files: { b: "1" } }), policy)], {
  head: headFor(start),
});
const two = history.commitAll();

async function recordsIn(source: LedgerSource): Promise<number | undefined> {
  const ledger = openLedger(history, source, policy, "main");
  if (!ledger) return undefined;
  expect(ledger.ref).toBe(REF);
  return (await allOf(ledger.records())).length;
}

const moving = (tip: ObjectId, ref = REF) => ({ ref, old: empty, new: tip });
const destination = destinationOf({ [LEDGER]: one });

describe("the ledger that counts is", () => {
  it.each<[what: string, source: LedgerSource, records: number | undefined]>([
    ["the destination's", { destination }, 1],
    ["what the push makes of it", { destination, updates: [moving(two)] }, 2],
    [
      "what the push makes of it by the first of two updates",
      { destination, updates: [moving(two), moving(empty)] },
      2,
    ],
    [
      "the destination's, where the push moves other branches",
      { destination, updates: [moving(two, "refs/heads/x")] },
      1,
    ],
    ["none where the push deletes it", { destination, updates: [moving(NONE)] }, undefined],
    ["none where the destination has none", { destination: destinationOf({ main: start }) }, undefined],
    [
      "none by a name that stands for another branch",
      { destination: destinationOf({ [LEDGER]: one }, { [REF]: "refs/heads/x" }) },
      undefined,
    ],
  ])("%s", (_, source, records) => {
    return expect(recordsIn(source)).resolves.toBe(records);
  });

  it("none where the policy names none", () => {
    expect(openLedger(history, { destination }, history.policy(), "main")).toBeUndefined();
  });

  it("a forge's reviews alone, where there is no ledger", async () => {
    const reported = { recordId: "r", lines: { head: headFor(start), blocks: [] } } as unknown as SignedRecord;
    const reviewed = {
      recordsOf: async () => [reported],
      records: async function* () {
        yield reported;
      },
      knowsBetter: () => false,
      refusedOf: async () => [],
    };
    const ledger = openLedger(history, { destination }, history.policy(), "main", reviewed);
    expect(ledger?.ref).toBe("");
    expect(ledger && (await allOf(ledger.records()))).toEqual([reported]);
    const both = openLedger(history, { destination }, policy, "main", reviewed);
    expect(both && (await allOf(both.records())).length).toBe(2);
  });

  it("looked up once for all refs of a push", async () => {
    const updates = [moving(two)];
    expect(await recordsIn({ destination, updates })).toBe(2);
    expect(await recordsIn({ destination, updates })).toBe(2);
  });
});
