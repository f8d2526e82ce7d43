import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { parseTrailers } from "./parse.ts";

const COSIGN = "Co-signed-by: Ada <ada@x>";

it.each<[what: string, size: number, make: (size: number) => string]>([
  ["a value folded over a million lines", 1_000_000, (size) => `Subject\n\nCo-signed-by: Ada\n${" x\n".repeat(size)}`],
  ["many trailers", 200_000, (size) => `Subject\n\n${"K: v\n".repeat(size)}`],
  ["many lines of prose below a co-sign", 200_000, (size) => `Subject\n\n${COSIGN}\n${"x\n".repeat(size)}`],
  ["many blank lines", 200_000, (size) => `Subject\n${"\n".repeat(size)}${COSIGN}\n`],
  ["many comments", 200_000, (size) => `Subject\n\n${COSIGN}\n${"#\n".repeat(size)}`],
  ["many lists of conflicts", 200_000, (size) => `Subject\n\n${COSIGN}\n\n${"Conflicts:\n".repeat(size)}`],
  ["many blanks before a colon", 1_000_000, (size) => `Subject\n\nK${" ".repeat(size)}: v\n`],
])("a message with %s is read in one pass", (_, size, make) => {
  // In quadratic time the least of these would outlast every limit of a test.
  const trailers = parseTrailers(encodeText(make(size)));
  expect(trailers.length).toBeLessThanOrEqual(size);
});
