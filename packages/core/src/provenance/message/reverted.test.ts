import { describe, expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import { findReverted } from "./reverted.ts";

const A = "1a410efbd13591db07496601ebc7a059dd55cfe9";
const B = "f".repeat(64);

function reverted(message: string): string[] {
  return findReverted(encodeText(message)).map(({ oid, line }) => `${line} ${oid}`);
}

describe("a message says to revert", () => {
  it.each<[what: string, message: string, found: string[]]>([
    ["as git revert writes it", `Revert "x"\n\nThis reverts commit ${A}.\n`, [`3 ${A}`]],
    ["in a SHA-256 repository", `Revert "x"\n\nThis reverts commit ${B}.\n`, [`3 ${B}`]],
    ["as git writes the revert of a revert", `Reapply "x"\n\nThis reverts commit ${A}.\n`, [`3 ${A}`]],
    ["under any subject", `Try again\n\nThis reverts commit ${A}.\n`, [`3 ${A}`]],
    ["a merge", `Revert "x"\n\nThis reverts commit ${A}, reversing\nchanges made to ${B}.\n`, [`3 ${A}`]],
    ["a merge, in one line", `x\n\nThis reverts commit ${A}, reversing changes made to ${B}.\n`, [`3 ${A}`]],
    [
      "several, as a squash lists them",
      `x\n\n* This reverts commit ${A}.\n* This reverts commit ${B}.\n`,
      [`3 ${A}`, `4 ${B}`],
    ],
    ["several in a line", `x\n\nThis reverts commits ${A} and ${B}.\n`, [`3 ${A}`, `3 ${B}`]],
    ["in the log of a squash", `x\n\ncommit ${B}\nAuthor: A <a@x>\n\n    This reverts commit ${A}.\n`, [`6 ${A}`]],
    ["with CRLF", `x\r\n\r\nThis reverts commit ${A}.\r\n`, [`3 ${A}`]],
    ["in capitals", `x\n\nThis reverts commit ${A.toUpperCase()}.\n`, [`3 ${A}`]],
  ])("%s", (_what, message, found) => {
    expect(reverted(message)).toEqual(found);
  });

  it.each<[what: string, message: string]>([
    ["by a short id", `Revert "x"\n\nThis reverts commit ${A.slice(0, 12)} (x, 2026-01-01).\n`],
    ["by more than an id", `x\n\nThis reverts commit ${A}0.\n`],
    ["in a sentence", `x\n\nThe next one of the series\nsays that This reverts commit ${A}.\n`],
    ["in a quotation", `Revert "y"\n\nThis reverts what came last.\n\n> This reverts commit ${A}.\n`],
    ["in an example", `x\n\n\`\`\`\nThis reverts commit ${A}.\n\`\`\`\n`],
    ["by a name", `x\n\nThis reverts commit HEAD~1.\n`],
    ["nothing", "x\n"],
  ])("nothing %s", (_what, message) => {
    expect(reverted(message)).toEqual([]);
  });
});
