import { dirname } from "node:path";
import { expect, it } from "vitest";
import { readSources } from "./sources.ts";

/** More files than fit into one look. */
const MOST = 15;

it(`no folder of a package holds more than ${MOST} source files, its tests not counted`, () => {
  const widths = new Map<string, number>();
  for (const { path, tests } of readSources()) {
    if (!tests) widths.set(dirname(path), (widths.get(dirname(path)) ?? 0) + 1);
  }
  const tooWide = [...widths].filter(([, width]) => width > MOST);
  expect(tooWide).toEqual([]);
});
