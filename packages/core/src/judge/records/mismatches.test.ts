import { describe, expect, it } from "vitest";
import type { ObjectId } from "../../object/oid.ts";
import { AI, allOf, History, headFor, LEDGER, ledgerOf } from "../history.fixture.ts";
import { findElsewhere, findMismatches } from "./mismatches.ts";
import type { SignedRecord } from "./record-source.ts";

const history = new History();
const policy = history.policy(`ledger: ${LEDGER}\n`);
const start = history.make("Start\n");
const commit = (files: Readonly<Record<string, string>>): ObjectId => history.make(AI, { parents: [start], files });

describe("people who are not heard for a commit", () => {
  const PLACE = { project: "acme/payments", ref: "refs/heads/main" };
  const people = Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, { ...policy.people[0], name }]));

  /** A record of a person at a time, for the project unless another one is named. */
  async function recordOf(oid: ObjectId, name: string, time = "2026-11-23T10:00:00Z", project = "acme/other") {
    const { block, changes } = await history.part(oid, policy);
    const lines = { head: headFor(start, { project, time, cosigner: `${name}@acme.example` }), blocks: [block] };
    return {
      recordId: `${name}${time}`,
      lines,
      blockNumber: 1,
      verified: { person: people[name] },
      changes,
    } as unknown as SignedRecord;
  }

  it("are told why their approval of the same paths is about something else, each by the last one", async () => {
    const oid = commit({ a: "1" });
    const about = [
      await recordOf(oid, "a", "2026-11-23T10:00:00Z"),
      await recordOf(oid, "a", "2026-11-24T10:00:00Z", "acme/third"),
      await recordOf(oid, "a", "2026-11-22T10:00:00Z"),
      await recordOf(oid, "b"),
    ];
    expect(findMismatches(PLACE, await history.read(oid), about, new Set())).toEqual([
      {
        email: "a@acme.example",
        record: "a2026-11-24T10:00:00Z",
        block: 1,
        reason: "it was signed for the project acme/third",
      },
      {
        email: "b@acme.example",
        record: "b2026-11-23T10:00:00Z",
        block: 1,
        reason: "it was signed for the project acme/other",
      },
    ]);
  });

  it("are told by the first of two approvals of one time", async () => {
    const oid = commit({ a: "1" });
    const about = [await recordOf(oid, "a"), await recordOf(oid, "a", "2026-11-23T10:00:00Z", "acme/third")];
    expect(findMismatches(PLACE, await history.read(oid), about, new Set())).toMatchObject([
      { reason: "it was signed for the project acme/other" },
    ]);
  });

  it("are no more than three, and none who is heard", async () => {
    const oid = commit({ a: "1" });
    const about = await Promise.all(["a", "b", "c", "d"].map((name) => recordOf(oid, name)));
    const found = (heard: readonly SignedRecord[]) =>
      history
        .read(oid)
        .then((spoken) =>
          findMismatches(PLACE, spoken, about, new Set(heard.map(({ verified }) => verified.person))).map(
            ({ email }) => email[0],
          ),
        );
    expect(await found([])).toEqual(["a", "b", "c"]);
    expect(await found(about.slice(1, 3))).toEqual(["a", "d"]);
  });

  it("are left out where the approval is likely to be about something else, and an older one may be said", async () => {
    const [one, two] = [commit({ a: "1" }), commit({ a: "2" })];
    const later = await recordOf(two, "a", "2026-11-24T10:00:00Z");
    const foreign = { ...later, changes: later.changes.map((change) => ({ ...change, oldOid: start })) };
    const spoken = await history.read(one);
    expect(findMismatches(PLACE, spoken, [foreign], new Set())).toEqual([]);
    expect(findMismatches(PLACE, spoken, [foreign, await recordOf(one, "a")], new Set())).toMatchObject([
      { record: "a2026-11-23T10:00:00Z" },
    ]);
  });
});

describe("of all of a ledger", () => {
  async function elsewhere(
    landing: Readonly<Record<string, string>>,
    ...approved: readonly Readonly<Record<string, string>>[]
  ) {
    history.restore(new Map());
    for (const files of approved)
      history.addParts([await history.part(commit(files), policy)], { head: headFor(start) });
    const ledger = ledgerOf(history, policy);
    const ids = (await allOf(ledger.records())).map(({ recordId }) => recordId);
    const found = await findElsewhere(ledger, await history.read(commit(landing)));
    if (found && "record" in found) expect(ids).toContain(found.record);
    return found?.reason;
  }

  it("that is shown which has most in common with a commit", async () => {
    const one = { a: "1" };
    const two = { a: "1", b: "1" };
    const reason = "what lands also changes c";
    expect(await elsewhere({ a: "1", b: "1", c: "1" }, one, two)).toBe(reason);
    expect(await elsewhere({ a: "1", b: "1", c: "1" }, two, one)).toBe(reason);
  });

  it("nothing is shown that shares no change with it", async () => {
    expect(await elsewhere({ a: "1" }, { a: "2", b: "1" }, { c: "1" })).toBeUndefined();
    expect(await elsewhere({ a: "1" })).toBeUndefined();
  });

  it("the first is shown of those that have as much in common, and none behind twenty thousand", async () => {
    const spoken = await history.read(commit({ a: "1", b: "1" }));
    const record = async (files: Readonly<Record<string, string>>, recordId: string) => {
      const { changes } = await history.part(commit(files), policy);
      return { recordId, lines: { head: headFor(start) }, blockNumber: 1, changes } as unknown as SignedRecord;
    };
    const [one, other, foreign] = await Promise.all([
      record({ a: "1" }, "one"),
      record({ b: "1" }, "other"),
      record({ c: "1" }, "foreign"),
    ]);
    const shown = async (...all: readonly SignedRecord[]) => {
      const found = await findElsewhere(
        {
          records: async function* () {
            yield* all;
          },
        },
        spoken,
      );
      return found && "record" in found ? found.record : undefined;
    };
    expect(await shown(one, other)).toBe("one");
    expect(await shown(...Array(19_999).fill(foreign), one)).toBe("one");
    expect(await shown(...Array(20_000).fill(foreign), one)).toBeUndefined();
  });
});
