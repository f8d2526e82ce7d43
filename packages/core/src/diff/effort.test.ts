import { describe, expect, it } from "vitest";
import { Effort } from "./effort.ts";

/** Spends steps until the effort is exhausted, and returns how many that were. */
function exhaust(effort: Effort): number {
  let steps = 0;
  while (!effort.isExhausted) {
    effort.spend(1024);
    steps += 1024;
  }
  return steps;
}

describe("the effort for many comparisons", () => {
  it("is enough for some that each take all that one may take, and for no more", () => {
    const one = exhaust(Effort.forOne());
    const many = Effort.forMany();
    const steps: number[] = [];
    while (!many.isExhausted) steps.push(many.one(exhaust));
    expect(steps[0]).toBe(one);
    expect(steps.length).toBe(16);
    expect(many.one((effort) => effort.isExhausted)).toBe(true);
  });

  it("is enough for many that take little", () => {
    const many = Effort.forMany();
    for (let comparison = 0; comparison < 10_000; comparison += 1) many.one((effort) => effort.spend(1000));
    expect(many.isExhausted).toBe(false);
  });
});
