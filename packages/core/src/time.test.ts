import { expect, it } from "vitest";
import { timeOrNow } from "./time.ts";

it("a time that is left out is that of the clock", () => {
  const before = Math.floor(Date.now() / 1000);
  const now = timeOrNow(undefined);
  expect([before, before + 1]).toContain(now);
});

it("a time that is given is taken as it is", () => {
  expect(timeOrNow(1_800_000_000)).toBe(1_800_000_000);
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, "1800000000", null, {}, new Date(0)])(
  "%o is refused for a time",
  (now) => {
    expect(() => timeOrNow(now as number)).toThrow(TypeError);
    expect(() => timeOrNow(now as number)).toThrow("now must be a number of seconds since 1970, or left out");
  },
);
