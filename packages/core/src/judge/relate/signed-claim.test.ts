import { describe, expect, it } from "vitest";
import type { ClaimPlace } from "../../cosign/claim-place.ts";
import { ADA, approving, claim, mismatched, signed } from "../decide/case.fixture.ts";
import { isOfBranch, isOfLedger, isPartial, isWholeBranch, signedClaims } from "./signed-claim.ts";

describe("of a claim those signatures speak", () => {
  it("that verify, and say what they approve", () => {
    const good = approving({});
    const found = signedClaims([claim(ADA, [mismatched(), signed("a"), good]), claim(ADA)]);
    expect(found).toMatchObject([{ claim: { email: "ada@acme.example" }, signature: good.result }]);
    expect(found[0]?.approval).toBe("approval" in good.result ? good.result.approval : undefined);
  });
});

describe("what a signature approves", () => {
  const [plain] = signedClaims([claim(ADA, [approving({})])]);
  const [whole] = signedClaims([claim(ADA, [approving({ commits: 2 })])]);
  if (!plain || !whole) throw new Error("they verify");
  const { lines } = whole.approval.signed;
  const part = {
    ...plain.approval,
    signed: { ...plain.approval.signed, lines: { ...lines, blocks: [plain.approval.block, ...lines.blocks] } },
  };

  it.each([
    ["a commit by itself", plain.approval, [false, false, false]],
    ["a whole branch", whole.approval, [true, false, true]],
    ["a commit of a whole branch", part, [false, true, true]],
  ])("is %s", (_, approval, expected) => {
    expect([isWholeBranch(approval), isPartial(approval), isOfBranch(approval)]).toEqual(expected);
  });

  it.each<[where: ClaimPlace, isOf: boolean]>([
    [{ carrier: "trailer", line: 1 }, false],
    [{ carrier: "ledger", record: "r", block: 1 }, true],
    [{ carrier: "review", forge: "github", review: "7" }, true],
  ])("was signed at once with all of its record, unless it stands in a message: %j", (where, isOf) => {
    expect(isOfLedger({ ...plain, claim: { ...plain.claim, where } })).toBe(isOf);
  });
});
