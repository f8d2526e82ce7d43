import { describe, expect, it } from "vitest";
import type { CheckedSignature, VerifiedClaim } from "../cosign/verify.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { ADA, approving, claim, mismatched, signed } from "./decide/case.fixture.ts";
import { History } from "./history.fixture.ts";
import { isRemedy, landingTime, missedBy, notBefore } from "./landing-time.ts";

const COMMITTED = 1_700_000_000;
const NOW = 1_900_000_000;
const BASE = "7".repeat(40) as ObjectId;

/** A signature of a time, over a commit by itself on a base, or over a part of so many commits. */
function at(
  time: number,
  {
    base = BASE,
    commits,
    review,
    emergency,
  }: { base?: ObjectId | undefined; commits?: number; review?: true; emergency?: string } = {},
): CheckedSignature {
  const reviewed = { witness: "gate", forge: "github", review: "7", head: BASE } as const;
  const { key, result } = approving({ ...(commits && { commits }), ...(review && { reviewed }) });
  if ("code" in result || !result.approval) throw new Error("it verifies");
  return { key, result: { ...result, time, approval: { ...result.approval, base }, ...(emergency && { emergency }) } };
}

function kept(...signatures: readonly CheckedSignature[]): VerifiedClaim {
  return { ...claim(ADA, signatures), where: { carrier: "ledger", record: "r", block: 1 } };
}

describe("a commit landed", () => {
  const history = new History();
  const policy = history.policy();

  async function landed(oid: ObjectId, now = NOW) {
    const raw = await history.commit(oid);
    return landingTime(raw, parseCommit(raw), now);
  }

  it("when it was committed, or when the last of its co-signs was signed", async () => {
    const made = { date: COMMITTED };
    expect(await landed(history.make("Work\n", made))).toBe(COMMITTED);
    const later = await history.cosign("Work\n\nA: b\n", made, { policy, time: "2026-11-23T10:00:00Z" });
    expect(await landed(later)).toBe(Date.parse("2026-11-23T10:00:00Z") / 1000);
    const earlier = await history.cosign("Work\n\nA: b\n", made, { policy, time: "2020-11-23T10:00:00Z" });
    expect(await landed(earlier)).toBe(COMMITTED);
  });

  it("never later than now, and now where it does not say", async () => {
    expect(await landed(history.make("Work\n", { date: COMMITTED }), COMMITTED - 1)).toBe(COMMITTED - 1);
    const raw = await history.commit(history.make("Work\n"));
    const undated = { ...raw, bytes: Buffer.from(String(Buffer.from(raw.bytes)).replace(/> \d+ \+0000/g, "> never")) };
    expect(landingTime(undated, parseCommit(undated), NOW)).toBe(NOW);
  });
});

describe("where the ledger says more, a commit landed", () => {
  it("when the last of its co-signs was signed, and never later than now", () => {
    const claims = [kept(at(COMMITTED + 1), at(COMMITTED + 3)), kept(at(COMMITTED + 2))];
    expect(notBefore(COMMITTED, claims, NOW)).toBe(COMMITTED + 3);
    expect(notBefore(COMMITTED + 4, claims, NOW)).toBe(COMMITTED + 4);
    expect(notBefore(COMMITTED, claims, COMMITTED + 2)).toBe(COMMITTED + 2);
    expect(notBefore(COMMITTED, [kept(mismatched())], NOW)).toBe(COMMITTED);
  });
});

describe("a co-sign is a remedy", () => {
  const PLACE = { stood: BASE, there: COMMITTED };

  it("where it was signed in the ledger once the commit was there, on where the branch had stood", () => {
    expect(isRemedy(kept(at(COMMITTED)), PLACE)).toBe(true);
    expect(isRemedy(kept(mismatched(), at(COMMITTED + 1)), PLACE)).toBe(true);
  });

  it.each<[what: string, claim: VerifiedClaim, there?: number | undefined]>([
    ["it was signed before", kept(at(COMMITTED - 1))],
    ["it stands in the message", claim(ADA, [at(COMMITTED)])],
    ["nothing shows that the commit was there", kept(at(COMMITTED)), undefined],
    ["it is for another base", kept(at(COMMITTED, { base: "8".repeat(40) as ObjectId }))],
    ["it is for a whole branch", kept(at(COMMITTED, { commits: 2 }))],
    ["it is a review on a forge", kept(at(COMMITTED, { review: true }))],
    ["it is for an emergency", kept(at(COMMITTED, { emergency: "uploads fail" }))],
    ["it does not verify", kept(mismatched())],
    ["nobody knows what it approves", kept(signed("a", { age: 0 }))],
    ["it is declared alone", kept()],
  ])("not where %s", (...[_, of, ...there]) => {
    expect(isRemedy(of, there.length > 0 ? { ...PLACE, there: undefined } : PLACE)).toBe(false);
  });
});

describe("an emergency was missed", () => {
  const EMERGENCY = { emergency: "uploads fail" };
  const movedOn = (commits: number) => (commits > 3 ? undefined : COMMITTED + commits);

  it("where it was signed only once the branch had moved on", () => {
    expect(missedBy(kept(at(COMMITTED + 1, EMERGENCY)), movedOn)).toBe(COMMITTED + 1);
    expect(missedBy(kept(mismatched(), at(COMMITTED), at(COMMITTED + 9, EMERGENCY)), movedOn)).toBe(COMMITTED + 1);
    expect(missedBy(kept(at(COMMITTED, EMERGENCY), at(COMMITTED + 2, EMERGENCY)), movedOn)).toBe(COMMITTED + 1);
  });

  it("where all commits of a branch had come by then that was signed as one", () => {
    const whole = (time: number) => kept(at(time, { ...EMERGENCY, commits: 3 }));
    expect(missedBy(whole(COMMITTED + 3), movedOn)).toBe(COMMITTED + 3);
    expect(missedBy(whole(COMMITTED + 2), movedOn)).toBeUndefined();
  });

  it.each<[what: string, claim: VerifiedClaim]>([
    ["was signed before", kept(at(COMMITTED, EMERGENCY))],
    ["stands in the message", claim(ADA, [at(COMMITTED + 1, EMERGENCY)])],
    ["is for so many commits that the branch never moved on from", kept(at(NOW, { ...EMERGENCY, commits: 4 }))],
    ["is an ordinary one", kept(at(COMMITTED + 1))],
    ["does not verify", kept(mismatched())],
    ["is declared alone", kept()],
  ])("not by a co-sign that %s", (_, of) => {
    expect(missedBy(of, movedOn)).toBeUndefined();
  });

  it("by one commit, where it is not known what else was signed", () => {
    const { key, result } = signed("a", { age: 0 });
    expect(missedBy(kept({ key, result: { ...result, time: NOW, emergency: "x" } }), movedOn)).toBe(COMMITTED + 1);
  });
});
