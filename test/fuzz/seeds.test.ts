import { describe, expect, it } from "vitest";
import { SEEDS } from "./seeds.ts";
import { targets } from "./targets.ts";

describe.each(Object.keys(targets) as (keyof typeof targets)[])(
  "each input that the search for a %s starts from",
  (name) => {
    it("is read without a fault", () => {
      for (const seed of SEEDS[name]) expect(() => targets[name](Uint8Array.from(Buffer.from(seed)))).not.toThrow();
    });
  },
);
