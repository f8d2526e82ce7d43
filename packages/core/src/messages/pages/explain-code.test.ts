import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CODES, explainCode } from "./explain-code.ts";

const FOLDER = new URL("../", import.meta.url);

/** What puts tables together. */
const TOGETHER = new Set(["violationMessages", "faultMessages", "doctorMessages"]);

/** The codes of every table of messages, one after the other. */
async function readCodes(): Promise<readonly string[]> {
  const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" });
  const tables = files.filter((path) => /^(?!pages).*(?<!\.test)\.ts$/.test(path));
  const modules: readonly object[] = await Promise.all(tables.map((path) => import(new URL(path, FOLDER).href)));
  return modules
    .flatMap((module) => Object.entries(module))
    .filter(([name, value]) => typeof value === "object" && !TOGETHER.has(name))
    .flatMap(([, table]) => Object.keys(table));
}

describe("the registry of codes", () => {
  it("holds each code of each table once", async () => {
    const own = await readCodes();
    expect(own.length).toBeGreaterThan(100);
    expect(own.toSorted()).toEqual(CODES.map(({ code }) => code).toSorted());
    expect(new Set(own).size).toBe(own.length);
  });

  it("has a page for each that says in general when it is reported", () => {
    for (const { code, means, example } of CODES) {
      expect(means, code).toMatch(/^\S[^\n]*\.$/);
      expect(means, code).not.toBe(example.what);
    }
  });

  it("lists kind after kind", () => {
    const kinds = CODES.map(({ kind }) => kind);
    expect(kinds.filter((kind, index) => kind !== kinds[index - 1])).toEqual([
      "violation",
      "notice",
      "fault",
      "advice",
      "doctor",
    ]);
  });

  it.each(["cosign_missing", "COSIGN", "toString", "__proto__", "HEAD", ""])("knows no code %j", (name) => {
    expect(explainCode(name)).toBeUndefined();
  });
});
