import { describe, expect, it } from "vitest";
import { type ObjectId, zeroOid } from "../object/oid.ts";
import { branchRef } from "../ref.ts";
import { AI, destinationOf, History, headFor, LEDGER, POLICY_FILE, TYPED } from "./history.fixture.ts";
import { judgePush } from "./judge-push.ts";
import type { Push } from "./push.ts";

const NOW = Date.parse("2026-11-24T10:00:00Z") / 1000;
const CHAIN = `cosign: { proof: declared }
protect:
  - { branches: [main] }
  - { branches: [a], accepts: [main] }
  - { branches: [b], accepts: [a] }
  - { branches: [c], accepts: [b] }
  - { branches: [d], accepts: [c] }
  - { branches: [e], accepts: [d] }
`;

const history = new History();
const start = history.make("Start\n", { files: { [POLICY_FILE]: history.policyText(CHAIN) } });

/** The codes of each update of a push of these tips to branches that stand at the beginning. */
async function judged(
  tips: Readonly<Record<string, ObjectId>>,
  {
    more = CHAIN,
    created = false,
    ...rest
  }: Partial<Push> & { readonly more?: string; readonly created?: boolean } = {},
) {
  const entry = { path: POLICY_FILE, mode: "100644", oid: history.blobId(history.policyText(CHAIN)) };
  const policy = { policy: history.policy(more), ref: "refs/heads/main", commit: start, entry };
  const old = created ? zeroOid("sha1") : start;
  const updates = Object.entries(tips).map(([branch, tip]) => ({ ref: branchRef(branch), old, new: tip }));
  const destination = destinationOf(Object.fromEntries(["main", "a", "b", "c", "d", "e"].map((name) => [name, start])));
  const decision = await judgePush(history, { updates, destination, policy, now: NOW, ...rest });
  return {
    outcome: decision.outcome,
    codes: decision.updates.map(({ violations, judged: of }) =>
      [...violations, ...of.flatMap((each) => each.violations)].map(({ code }) => code),
    ),
  };
}

const bad = history.make(AI, { parents: [start], files: { a: "1" } });
const good = history.make(TYPED, { parents: [start], files: { a: "1" } });

describe("every update of a push is judged", () => {
  it("and reported in its place", async () => {
    expect(await judged({ main: bad, topic: bad, a: good })).toEqual({
      outcome: "deny",
      codes: [["COSIGN_MISSING"], [], []],
    });
    expect(await judged({ main: good })).toEqual({ outcome: "allow", codes: [[]] });
  });

  it("however many there are", async () => {
    const tips = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`r/${at}`, at % 2 === 0 ? bad : good]));
    const { codes } = await judged(tips, { more: 'cosign: { proof: declared }\nprotect: [{ branches: ["r/**"] }]\n' });
    expect(codes.map((each) => each.length)).toEqual(Array.from({ length: 120 }, (_, at) => (at % 2 === 0 ? 1 : 0)));
  });

  it("beside one that deletes a branch", async () => {
    const found = await judged({ main: zeroOid("sha1"), a: good });
    expect(found).toEqual({ outcome: "deny", codes: [["BRANCH_DELETED"], []] });
  });

  it("by the ledger that comes with them", async () => {
    const more = `ledger: ${LEDGER}\n`;
    history.addParts([await history.part(bad, history.policy(more))], { head: headFor(start) });
    const ledger = { ref: branchRef(LEDGER), old: zeroOid("sha1"), new: history.commitAll() };
    const main = { ref: branchRef("main"), old: start, new: bad };
    expect((await judged({}, { more, updates: [main] })).codes).toEqual([["COSIGN_MISSING"]]);
    expect((await judged({}, { more, updates: [main, ledger] })).codes).toEqual([[], []]);
  });

  it("at the time of the clock, where none is given", async () => {
    await expect(judged({ main: good }, { now: Number.NaN })).rejects.toThrow("now must be a number");
    expect((await judged({ main: good }, { now: undefined as never })).outcome).toBe("allow");
  });
});

describe("what a push brings to one branch counts for another one that accepts it", () => {
  /** Here work needs no co-sign on `main`, and one on every other branch. */
  const LOOSE = CHAIN.replace("{ branches: [main] }", "{ branches: [main], cosign: { count: 0 } }");

  it("if it is allowed there, in whichever order they are pushed", async () => {
    expect(await judged({ main: bad, a: bad }, { more: LOOSE })).toEqual({ outcome: "allow", codes: [[], []] });
    expect(await judged({ a: bad, main: bad }, { more: LOOSE })).toEqual({ outcome: "allow", codes: [[], []] });
    expect(await judged({ a: bad }, { more: LOOSE })).toEqual({ outcome: "deny", codes: [["COSIGN_MISSING"]] });
    expect(await judged({ main: bad, a: bad })).toEqual({
      outcome: "deny",
      codes: [["COSIGN_MISSING"], ["COSIGN_MISSING"]],
    });
  });

  it("and on through branches that accept that one", async () => {
    expect(await judged({ c: bad, b: bad, a: bad, main: bad }, { more: LOOSE })).toEqual({
      outcome: "allow",
      codes: [[], [], [], []],
    });
    expect(await judged({ main: bad, a: bad, b: bad, c: bad, d: bad, e: bad }, { more: LOOSE })).toMatchObject({
      outcome: "allow",
    });
  });

  it("though not further than three branches against their order", async () => {
    expect((await judged({ d: bad, c: bad, b: bad, a: bad, main: bad }, { more: LOOSE })).codes).toEqual([
      ["COSIGN_MISSING"],
      [],
      [],
      [],
      [],
    ]);
  });

  it("and two branches that are refused do not vouch for each other", async () => {
    const more =
      "cosign: { proof: declared }\nprotect: [{ branches: [a], accepts: [b] }, { branches: [b], accepts: [a] }]\n";
    expect(await judged({ a: bad, b: bad }, { more })).toEqual({
      outcome: "deny",
      codes: [["COSIGN_MISSING"], ["COSIGN_MISSING"]],
    });
  });
});
