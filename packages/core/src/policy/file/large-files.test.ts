import { expect, it } from "vitest";
import { LEAST, problemsOf } from "./policy-problems.fixture.ts";

it.each([
  ["unknown keys", Array.from({ length: 20_000 }, (_, n) => `key${n}: 1`).join("\n")],
  ["equal keys", "key: 1\n".repeat(30_000)],
  ["entries of a list", `${LEAST}exempt: [${"a,".repeat(131_000)}]\n`],
  ["levels that nobody has", `levels: [${"a,".repeat(60_000)}]\npeople:\n${"- level: x\n".repeat(12_000)}`],
  ["rules without effect", `${LEAST}rules:\n${"  - { name: x }\n".repeat(10_000)}`],
])("a policy file is refused in few words in spite of many %s", (_name, text) => {
  const problems = problemsOf(text);
  expect(problems.length).toBeLessThanOrEqual(101);
  expect(problems.at(-1)).toMatch(/^line \d+: and \d+ more problems/);
});
