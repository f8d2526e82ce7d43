import { expect, it } from "vitest";
import type { Claim } from "../../cosign/claim.ts";
import type { ObjectId } from "../../object/oid.ts";
import { findExcess } from "./cosign-limit.ts";

const COMMIT = "c".repeat(40) as ObjectId;
const claims = (people: number, signatures: number) =>
  Array.from(
    { length: people },
    (_, at) => ({ signatures: Array(at === 0 ? signatures : 0).fill({}) }) as unknown as Claim,
  );

it("a hundred co-signs with a hundred signatures are checked", () => {
  expect(findExcess(COMMIT, claims(100, 100))).toBeUndefined();
  expect(findExcess(COMMIT, [])).toBeUndefined();
});

it.each([
  [101, 1],
  [1, 101],
])("%i co-signs with %i signatures keep a commit from being decided on", (people, signatures) => {
  const fault = findExcess(COMMIT, claims(people, signatures));
  expect(fault?.code).toBe("COSIGNS_TOO_MANY");
  for (const text of [COMMIT.slice(0, 12), String(people), String(signatures), "100"]) {
    expect(`${fault?.what} ${fault?.why} ${fault?.fix}`).toContain(text);
  }
});
