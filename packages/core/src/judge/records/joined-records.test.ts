import { describe, expect, it } from "vitest";
import type { SignedHead, SignedLines } from "../../cosign/lines.ts";
import { HEAD } from "../../ledger/ledger-world.fixture.ts";
import type { ObjectId } from "../../object/oid.ts";
import { allOf } from "../history.fixture.ts";
import { JoinedRecords } from "./joined-records.ts";
import type { RecordSource, ReviewedSource, SignedRecord } from "./record-source.ts";

const named = (recordId: string, head: SignedHead = HEAD) =>
  ({ recordId, lines: { head, blocks: [] } }) as unknown as SignedRecord;
const old = named("old", {
  ...HEAD,
  reviewed: { witness: "gate", forge: "github", review: "7", head: "d".repeat(40) as ObjectId },
});

const sourceOf = (...records: readonly SignedRecord[]) => ({
  recordsOf: async (paths: string) => (paths === "paths" ? records : []),
  records: async function* () {
    yield* records;
  },
});
const ledger: RecordSource = {
  ...sourceOf(named("signed"), old),
  isWithdrawn: async (recordId: string, _: SignedLines) => recordId === "signed",
};
const reviewed: ReviewedSource = {
  ...sourceOf(named("reported")),
  knowsBetter: (head) => head.reviewed !== undefined,
  refusedOf: async () => [],
};

const idsOf = (records: readonly SignedRecord[]) => records.map(({ recordId }) => recordId);

describe("a ledger and what a forge reports about reviews now", () => {
  const joined = new JoinedRecords(ledger, reviewed);

  it("are one, without reviews that were written down before of what the forge reports about", async () => {
    expect(idsOf(await joined.recordsOf("paths"))).toEqual(["signed", "reported"]);
    expect(idsOf(await allOf(joined.records()))).toEqual(["signed", "reported"]);
    expect(await joined.recordsOf("others")).toEqual([]);
  });

  it("keep what was written down of other reviews", async () => {
    const kept = new JoinedRecords(ledger, { ...reviewed, knowsBetter: () => false });
    expect(idsOf(await kept.recordsOf("paths"))).toEqual(["signed", "old", "reported"]);
  });

  it("take the ledger's word for what was taken back", async () => {
    expect(await joined.isWithdrawn("signed", old.lines)).toBe(true);
    expect(await joined.isWithdrawn("reported", old.lines)).toBe(false);
  });
});

it("what a forge reports stands alone where there is no ledger", async () => {
  const alone = new JoinedRecords(undefined, reviewed);
  expect(idsOf(await alone.recordsOf("paths"))).toEqual(["reported"]);
  expect(idsOf(await allOf(alone.records()))).toEqual(["reported"]);
  expect(await alone.isWithdrawn("signed", old.lines)).toBe(false);
});
