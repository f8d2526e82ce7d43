import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { SHARED_FOLDER } from "../suite/shared-folder.ts";
import { openScratch, type Scratch } from "./scratch.ts";

/** Links stay as they are, so that they lead into the copy. */
const HOW = { recursive: true, verbatimSymlinks: true } as const;

/**
 * Fills a folder with what `make` makes in one. That is done once in a run for each recipe, and copied from then on:
 * many tests begin with the same repositories, and it takes a dozen gits to make them.
 */
export function fillFromTemplate(
  folder: string,
  recipe: readonly unknown[],
  make: (folder: string, scratch: Scratch) => void,
): void {
  if (SHARED_FOLDER === undefined) {
    makeIn(make, (made) => cpSync(made, folder, HOW));
    return;
  }
  const template = join(SHARED_FOLDER, createHash("sha256").update(JSON.stringify(recipe)).digest("hex"));
  if (!existsSync(template)) makeIn(make, (made) => putInPlace(made, template));
  cpSync(template, folder, HOW);
}

function makeIn(make: (folder: string, scratch: Scratch) => void, use: (made: string) => void): void {
  using scratch = openScratch();
  const folder = join(scratch.dir, "made");
  mkdirSync(folder);
  make(folder, scratch);
  use(folder);
}

function putInPlace(made: string, template: string): void {
  try {
    renameSync(made, template);
  } catch (error) {
    // Another worker was faster.
    if (!existsSync(template)) throw error;
  }
}
