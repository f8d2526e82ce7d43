import fc from "fast-check";
import { expect, it } from "vitest";
import { keepsPlaces } from "../../packages/core/src/merge/keeps-places.ts";
import { isWithin } from "./places.ts";
import { pairs } from "./texts.ts";

it("a change keeps its places where each line comes and goes at most as often, under the same lines", () => {
  const seen = { kept: 0, lost: 0 };
  const change = fc.oneof(pairs(1, 6, 2), pairs(3, 12, 3));
  fc.assert(
    fc.property(change, change, fc.boolean(), (approved, other, isSame) => {
      const landed = isSame ? approved : other;
      const expected = isWithin(landed, approved);
      const [before, after] = approved;
      expect(keepsPlaces({ before, after }, { before: landed[0], after: landed[1] })).toBe(expected);
      seen[expected ? "kept" : "lost"] += 1;
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(seen.kept, seen.lost)).toBeGreaterThan(100);
});
