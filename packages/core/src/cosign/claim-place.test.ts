import { expect, it } from "vitest";
import { describeSpot, spotOf } from "./claim-place.ts";

it.each([
  [{ carrier: "trailer", line: 7 }, "on line 7"],
  [{ carrier: "ledger", record: "0123456789abcdef", block: 2 }, "in the ledger, record 0123456789ab"],
  [{ carrier: "review", forge: "github", review: "3217" }, "by review 3217 on github"],
] as const)("the place %j is described without its carrier", (place, text) => {
  const spot = spotOf(place);
  expect(spot).not.toHaveProperty("carrier");
  expect(describeSpot(spot)).toBe(text);
});
