import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CODES, explainCode } from "./explain-code.ts";

const FOLDER = new URL("../", import.meta.url);

/** The codes of every table that stands beside the registry, by the name of the table. */
async function readTables(): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = readdirSync(FOLDER).filter((name) => /^(?!codes\.).*(?<!\.test)\.ts$/.test(name));
  const modules = await Promise.all(files.map((name) => import(new URL(name, FOLDER).href)));
  const tables = modules
    .flatMap((module: object) => Object.entries(module))
    .filter(([, value]) => typeof value === "object" && value !== null && !Array.isArray(value));
  return new Map(tables.map(([name, table]) => [name, Object.keys(table)]));
}

describe("the registry of codes", () => {
  it("holds each code of each table once", async () => {
    const tables = await readTables();
    // doctor's table takes up the one about hooks.
    const own = [...tables].filter(([name]) => name !== "hookFindings").flatMap(([, codes]) => codes);
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
      "fault",
      "advice",
      "doctor",
    ]);
  });

  it.each(["cosign_missing", "COSIGN", "toString", "__proto__", "HEAD", ""])("knows no code %j", (name) => {
    expect(explainCode(name)).toBeUndefined();
  });
});
