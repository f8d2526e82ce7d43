import { CODES, explainCode } from "@countersign/core";
import { expect, it } from "vitest";
import { formatCode, formatCodes } from "./code-text.ts";

it.each(CODES)("the page of $code shows a message as a report would, with why and fix", (explained) => {
  const text = formatCode(explained).join("\n");
  expect(text).toContain(`  ${explained.code}: ${explained.example.what}`);
  expect(text).toMatch(/\n {4}why: .+\n {4}fix: .+$/);
});

it("a page reads", () => {
  const page = explainCode("COSIGN_LEVEL");
  expect(page && `\n${formatCode(page).join("\n")}\n`).toMatchInlineSnapshot(`
    "
    COSIGN_LEVEL, a broken rule: the push or check is refused with exit code 1

    A co-sign is from a person on the roster whose level is lower than the policy requires.

    For example:
      COSIGN_LEVEL: bob@acme.example has level mid
        why: the policy requires a signed co-sign from a person of level senior or higher
        fix: ask a person on the roster to review the change and run \`countersign cosign\`; an AI agent must stop here and ask for that
    "
  `);
});

it("the list has each code on a line of its own, by what it does", () => {
  const lines = formatCodes();
  const headingOf = (code: string): string | undefined =>
    lines
      .slice(
        0,
        lines.findIndex((line) => line.startsWith(`${code} `)),
      )
      .findLast((line) => line.endsWith("):"));
  expect(headingOf("COSIGN_MISSING")).toBe("Broken rules (exit code 1):");
  expect(headingOf("GIT_FAILED")).toBe("No decision (exit code 2):");
  expect(headingOf("RULE_IDLE")).toBe("Advice on a policy (policy check):");
  expect(headingOf("HOOK_MISSING")).toBe("Findings (doctor):");
  expect(lines).toHaveLength(CODES.length + 9);
});
