import { describe, expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import type { VerifiedClaim } from "../../cosign/verify.ts";
import { formatTime } from "../../time.ts";
import { ADA, approving, ask, claim, codesOf, DAY, GRACE, key, NOW, OTHER, signed, verdictOn } from "./case.fixture.ts";

const AUTHOR = new Map([["ada@acme.example", "author"]] as const);
const REVIEWED = { witness: "gate", forge: "github", review: "7", head: OTHER } as const;

/** What is said of the one claim that counts for nothing. */
function refusal(of: VerifiedClaim, needs: Parameters<typeof ask>[0] = {}) {
  return verdictOn({ asks: [ask(needs)], claims: [of] }).violations[0];
}

describe("whoever lands a branch as one commit", () => {
  const squashed = claim(ADA, [approving({ commits: 2 })]);

  it("may co-sign it, where others made the branch", () => {
    expect(codesOf({ authors: AUTHOR, claims: [squashed] })).toEqual([]);
  });

  it("may co-sign it by one of several signatures", () => {
    const both = claim(ADA, [approving({}), approving({ commits: 2 })]);
    expect(codesOf({ authors: AUTHOR, claims: [both] })).toEqual([]);
  });

  it("may not co-sign it as one change, nor by a merge of theirs", () => {
    expect(codesOf({ authors: AUTHOR, claims: [claim(ADA, [approving({})])] })).toEqual(["COSIGN_SELF"]);
    expect(codesOf({ authors: AUTHOR, claims: [{ ...squashed, bearer: OTHER }] })).toEqual(["COSIGN_SELF"]);
  });

  it("may not co-sign it, where they made a part of the branch", () => {
    const part = approving({ authors: ["bob@acme.example", "ada@home.example"], commits: 2 });
    expect(codesOf({ authors: AUTHOR, claims: [claim(ADA, [part])] })).toEqual(["COSIGN_SELF"]);
  });
});

describe("a change that was applied to a file that has moved on", () => {
  const reapplied = { ...claim(ADA, [signed("a")]), reapplied: [encodeText("a.txt"), encodeText("b.txt")] };

  it("counts, and the verdict names the files", () => {
    const { violations, requirements } = verdictOn({ claims: [reapplied] });
    expect(violations).toEqual([]);
    expect(requirements[0]?.by[0]?.reapplied).toEqual(reapplied.reapplied);
  });

  it("does not count where the policy takes it exactly", () => {
    expect(refusal(reapplied, { reapply: "never" })).toMatchObject({
      code: "COSIGN_MISMATCH",
      data: {
        line: 4,
        reason: "a.txt, b.txt moved on, and the policy accepts only the exact change that was approved",
      },
    });
  });
});

describe("an approval that a forge vouches for", () => {
  const review = claim(ADA, [approving({ reviewed: REVIEWED })]);

  it("counts where reviews do, and the verdict names the forge", () => {
    const { violations, requirements } = verdictOn({ asks: [ask({ proof: "reviewed" })], claims: [review] });
    expect(violations).toEqual([]);
    expect(requirements[0]?.by).toMatchObject([{ proof: "reviewed", review: { forge: "github", name: "ada" } }]);
  });

  it("does not count where a signature is asked for", () => {
    expect(refusal(review)?.code).toBe("COSIGN_REVIEWED_ONLY");
  });

  it("by a key that has ended names the witness whose key it is", () => {
    const [checked] = review.signatures;
    const ended = claim(ADA, checked ? [{ ...checked, key: key("old", { until: NOW }) }] : []);
    expect(refusal(ended, { proof: "reviewed" })).toMatchObject({
      code: "COSIGN_KEY_EXPIRED",
      data: { witness: "gate", early: false },
    });
  });
});

describe("what is said of a co-sign that does not count", () => {
  it("is whether its key has not begun yet", () => {
    const early = refusal(claim(ADA, [signed("a", { by: key("new", { from: NOW + 1 }) })]));
    expect(early?.data).toMatchObject({ early: true });
    expect(early?.data).not.toHaveProperty("witness");
  });

  it("is whether it is of the future or too old, and of when", () => {
    const future = NOW + 301;
    expect(refusal(claim(ADA, [signed("a", { age: -301 })]))?.data).toMatchObject({
      ahead: true,
      time: formatTime(future),
    });
    expect(refusal(claim(ADA, [signed("a", { age: 31 * DAY })]))?.data).toMatchObject({ ahead: false });
  });

  it("is what the best of its signatures lacks", () => {
    const old = { age: 31 * DAY };
    const both = claim(ADA, [signed("a"), signed("b", { ...old, touched: true })]);
    expect(refusal(both, { proof: "hardware" })?.code).toBe("COSIGN_STALE");
  });

  it("is the level that its signer has", () => {
    const grace = { ...GRACE, level: "nowhere" };
    expect(refusal(claim(grace, [signed("a")]))).toMatchObject({ code: "COSIGN_LEVEL", data: { level: "nowhere" } });
  });
});

it("a person counts once, by the first co-sign that serves", () => {
  const claims = [
    claim(ADA, [signed("a", { age: 31 * DAY })], 4),
    claim(ADA, [signed("b")], 5),
    claim(ADA, [signed("c")], 6),
  ];
  const { requirements } = verdictOn({ claims });
  expect(requirements[0]?.by.map(({ where }) => where)).toEqual([{ carrier: "trailer", line: 5 }]);
});
