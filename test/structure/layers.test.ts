import { describe, expect, it } from "vitest";
import { findCircles } from "./find-circles.ts";
import { readSources, type Source } from "./sources.ts";

/** By its folder, what each package may import of the others: nothing that stands above it, and no more than it needs. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  core: [],
  report: ["core"],
  git: ["core"],
  isomorphic: ["core"],
  capture: ["core", "git"],
  setup: ["core", "report", "git", "capture"],
  "pre-commit": ["core", "report", "git", "capture", "setup"],
  "pre-push": ["core", "report", "git", "capture", "setup"],
  "pre-receive": ["core", "report", "git", "capture", "setup"],
  action: ["core", "report", "git"],
  cli: ["core", "report", "git", "capture", "setup"],
};

const SOURCES = readSources();

/** The folder of the package that an import leads to; undefined for the packages of others. */
function folderOf(imported: string): string | undefined {
  if (/^countersign(?:\/|$)/.test(imported)) return "cli";
  return /^(?:@countersign|packages)\/([^/]+)/.exec(imported)?.[1];
}

function namesOf(sources: readonly Source[], isWrong: (imported: string, source: Source) => boolean): string[] {
  return sources.flatMap((source) =>
    source.imports
      .filter((imported) => isWrong(imported, source))
      .map((imported) => `${source.path} imports ${imported}`),
  );
}

describe("a package", () => {
  it("has its place among the layers", () => {
    for (const folder of new Set(SOURCES.map((source) => source.folder))) expect(Object.keys(BELOW)).toContain(folder);
  });

  it("imports those below it and no others, types included", () => {
    const wrong = namesOf(SOURCES, (imported, { folder }) => {
      const to = folderOf(imported);
      return to !== undefined && to !== folder && !BELOW[folder]?.includes(to);
    });
    expect(wrong).toEqual([]);
  });

  it("is imported by its name, never by a path", () => {
    const wrong = namesOf(
      SOURCES,
      (imported, { folder }) => imported.startsWith("packages/") && folderOf(imported) !== folder,
    );
    expect(wrong).toEqual([]);
  });

  it("imports nothing that is made for tests", () => {
    const wrong = namesOf(
      SOURCES.filter(({ tests }) => !tests),
      (imported) => imported.startsWith("test/") || /\.(?:test|fixture)\.ts$/.test(imported),
    );
    expect(wrong).toEqual([]);
  });

  it("has unit tests that import nothing from the black-box tests", () => {
    expect(
      namesOf(
        SOURCES.filter(({ tests }) => tests),
        (imported) => imported.startsWith("test/"),
      ),
    ).toEqual([]);
  });
});

it("no files import each other in a circle, types included", () => {
  const imports = new Map(SOURCES.map(({ path, imports }) => [path, imports]));
  const circles = findCircles(imports);
  expect(circles).toEqual([]);
});
