import { expect, it } from "vitest";
import { isAtLeast } from "./versions.ts";

it.each([
  ["20.19.0", "20.19", true],
  ["20.20.2", "20.19", true],
  ["20.9.0", "20.19", false],
  ["2.34", "2.34", true],
  ["2.34.1", "2.34", true],
  ["2.4.11", "2.34", false],
  ["3", "2.54", true],
  ["2", "2.34", false],
])("%s is at least %s: %s", (version, least, answer) => {
  expect(isAtLeast(version, least)).toBe(answer);
});
