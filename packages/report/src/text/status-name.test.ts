import { describe, expect, it } from "vitest";
import { statusName } from "./status-name.ts";

describe("the name of a branch's status", () => {
  it.each([
    ["main", "countersign (main)"],
    ["release/1.x", "countersign (release/1.x)"],
    ["Main", "countersign (^main)"],
    ["Release/ümlaut", "countersign (^release/^{fc}mlaut)"],
    ["\u212a", "countersign (^{212a})"],
  ])("of %s is %s", (branch, name) => {
    expect(statusName(branch)).toBe(name);
  });

  it("is another one for every branch, also for a reader that knows no capitals and no accents", () => {
    const branches = [
      "main",
      "Main",
      "maiN",
      "m\u0430in",
      "máin",
      "main\u200b",
      "\u212a",
      "K",
      "k",
      "i",
      "ı",
      "I",
      "İ",
    ];
    const plain = branches.map((branch) => statusName(branch).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase());
    expect(new Set(plain).size).toBe(branches.length);
  });
});
