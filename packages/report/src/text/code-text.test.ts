import { describe, expect, it } from "vitest";
import { CODES, explainCode, isCode } from "../messages/code-page.ts";
import { faultMessages } from "../messages/faults.ts";
import { violationMessages } from "../messages/violations.ts";
import { formatCode, formatCodes } from "./code-text.ts";

it("every code that has words has a page", () => {
  expect([...CODES].sort()).toEqual([...Object.keys(violationMessages), ...Object.keys(faultMessages)].sort());
});

describe.each(CODES)("the page of %s", (code) => {
  const { means, example } = explainCode(code);

  it("says in one sentence or two when it is reported", () => {
    expect(means).toMatch(/^\S[^\n]*\.$/);
    expect(means).not.toBe(example.what);
  });

  it("shows a message as a report would, with why and fix", () => {
    const text = formatCode(code).join("\n");
    expect(text).toContain(`  ${code}: ${example.what}`);
    expect(text).toMatch(/\n {4}why: .+\n {4}fix: .+$/);
    expect(text).not.toMatch(/Co-sign(?:ed-by|ature)\s*:/i);
  });
});

it("a page reads", () => {
  expect(`\n${formatCode("COSIGN_LEVEL").join("\n")}\n`).toMatchInlineSnapshot(`
    "
    COSIGN_LEVEL, a broken rule: the push or check is refused with exit code 1

    A co-sign is by a person on the roster whose level is below the one that the policy asks for.

    For example:
      COSIGN_LEVEL: bob@acme.example has level mid
        why: the policy wants the change co-signed with a signature by 1 person of level senior or higher
        fix: a person on the roster reviews the change and runs \`countersign cosign\`; an AI agent must stop here and ask for that
    "
  `);
});

it("the list has each code on a line of its own, by what it does", () => {
  const lines = formatCodes();
  const gap = lines.indexOf("");
  expect(lines.slice(0, gap).some((line) => line.startsWith("COSIGN_MISSING "))).toBe(true);
  expect(lines.slice(gap).some((line) => line.startsWith("GIT_FAILED "))).toBe(true);
  expect(lines).toHaveLength(CODES.length + 3);
});

it.each(["cosign_missing", "COSIGN", "toString", "__proto__", "HEAD", ""])("%j is no code", (text) => {
  expect(isCode(text)).toBe(false);
});
