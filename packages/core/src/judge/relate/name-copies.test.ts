import { describe, expect, it } from "vitest";
import type { CheckedSignature } from "../../cosign/verify.ts";
import { ADA, COMMIT, claim, mismatched, OTHER, signed, written } from "../decide/case.fixture.ts";
import type { Case } from "../gather/case.ts";
import { nameCopies } from "./name-copies.ts";

const VALUE = Uint8Array.of(7);
const good: CheckedSignature = { ...signed("good"), value: VALUE };
const bad: CheckedSignature = { ...mismatched(), value: VALUE };

function reasonsIn(cases: readonly Case[]): readonly string[] {
  const signatures = cases.flatMap(({ claims }) => claims.flatMap((each) => each.signatures));
  return signatures.flatMap(({ result }) =>
    "code" in result && result.code === "COSIGN_MISMATCH" ? [result.data.reason] : [],
  );
}

describe("a signature that is not over its commit", () => {
  it("is named after the commit that it was made for, whichever of them comes first", () => {
    const cases = [written({ claims: [claim(ADA, [bad])] }), written({ commit: OTHER, claims: [claim(ADA, [good])] })];
    for (const each of [cases, cases.toReversed()]) {
      expect(reasonsIn(nameCopies(each))).toEqual([`it was made for commit ${OTHER.slice(0, 12)}`]);
    }
  });

  it("keeps its reason where it is the commit's own with another line, or nobody's here", () => {
    const own = written({ claims: [claim(ADA, [good]), claim(ADA, [bad], 5)] });
    const alone = written({ commit: OTHER, claims: [claim(ADA, [{ ...bad, value: Uint8Array.of(8) }])] });
    expect(reasonsIn(nameCopies([own, alone]))).toEqual(reasonsIn([own, alone]));
    expect(nameCopies([own, alone]).map(({ summary }) => summary.commit)).toEqual([COMMIT, OTHER]);
  });

  it("is named beside others that stay as they are: those that count, and those that fail for something else", () => {
    const revoked: CheckedSignature = {
      ...bad,
      result: { code: "COSIGN_KEY_REVOKED", data: { email: "a@x", fingerprint: "f" } },
    };
    const twin: CheckedSignature = { ...signed("twin"), value: VALUE };
    const cases = [
      written({ claims: [claim(ADA, [bad, revoked, twin])] }),
      written({ commit: OTHER, claims: [claim(ADA, [good])] }),
    ];
    const [named] = nameCopies(cases);
    expect(reasonsIn(nameCopies(cases))).toEqual([`it was made for commit ${OTHER.slice(0, 12)}`]);
    expect(named?.claims[0]?.signatures.slice(1)).toEqual([revoked, twin]);
  });
});
