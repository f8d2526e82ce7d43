import { describe, expect, it } from "vitest";
import type { WorkOf } from "../../cosign/authors.ts";
import type { CheckedSignature } from "../../cosign/verify.ts";
import { assessClaim, type Bar, findBar, foreseeBar } from "./assess.ts";
import { ADA, ask, claim, GRACE, JIM, key, mismatched, NOW, POLICY, signed } from "./case.fixture.ts";

const NOBODY: WorkOf["authors"] = new Map();
const AUTHOR = new Map([["ada@home.example", "co-author"]] as const);

describe("a person is kept from meeting a requirement", () => {
  const { requirement } = ask();

  it.each<[what: string, bar: Bar | undefined, found: Bar | undefined]>([
    ["by nothing", findBar(POLICY, requirement, ADA, NOBODY), undefined],
    ["by a level that is too low", findBar(POLICY, requirement, JIM, NOBODY), { reason: "level", level: "junior" }],
    ["by own work", findBar(POLICY, requirement, ADA, AUTHOR), { reason: "self", role: "co-author" }],
    [
      "by nothing where own work may be signed",
      findBar(POLICY, { ...requirement, self: true }, ADA, AUTHOR),
      undefined,
    ],
    ["by nothing where somebody else made it", findBar(POLICY, requirement, GRACE, AUTHOR), undefined],
  ])("%s", (_, bar, found) => {
    expect(bar).toEqual(found);
  });

  it("by having had an agent make it, where a signature has to say so", () => {
    const work = { authors: NOBODY, makers: AUTHOR };
    expect(foreseeBar(POLICY, requirement, ADA, work)).toEqual({ reason: "self", role: "co-author" });
    expect(foreseeBar(POLICY, { ...requirement, proof: "declared" }, ADA, work)).toBeUndefined();
  });
});

describe("a claim is worth", () => {
  const worth = (
    signatures: readonly CheckedSignature[],
  ): readonly [proofs: readonly string[], defect: string | undefined] => {
    const { proofs, defect } = assessClaim(POLICY, claim(ADA, signatures), NOW);
    return [proofs.map(({ proof }) => proof), defect?.code];
  };

  it.each<[what: string, found: ReturnType<typeof worth>, expected: ReturnType<typeof worth>]>([
    ["its word where nothing was signed", worth([]), [["declared"], undefined]],
    [
      "its signatures, the best one first",
      worth([signed("a"), signed("b", { touched: true })]),
      [["hardware", "signed"], undefined],
    ],
    ["the good ones of them", worth([mismatched(), signed("a")]), [["signed"], undefined]],
    [
      "nothing where none is good, and the first says why",
      worth([mismatched(), signed("a", { by: key("revoked") })]),
      [[], "COSIGN_MISMATCH"],
    ],
  ])("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});
