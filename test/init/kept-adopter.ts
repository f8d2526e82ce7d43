import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openScratch } from "../rig/repository/scratch.ts";
import type { Adopter } from "./adopter.ts";

const HOW = { recursive: true, verbatimSymlinks: true, preserveTimestamps: true } as const;

/** A project that is set up once, and for each test is as it was then. */
export interface KeptAdopter extends Disposable {
  open(): Adopter;
}

/** Keeps what `make` makes when it is first opened. It stays in its place: hook managers write down where they are. */
export function keepAdopter(make: () => Adopter): KeptAdopter {
  const kept = openScratch();
  const copy = join(kept.dir, "kept");
  let made: Adopter | undefined;
  return {
    open() {
      if (made === undefined) {
        made = make();
        cpSync(made.scratch.dir, copy, HOW);
      } else {
        rmSync(made.scratch.dir, { recursive: true, maxRetries: 3 });
        cpSync(copy, made.scratch.dir, HOW);
        // A copy's files look changed until git has read them.
        made.repo.git(["update-index", "-q", "--refresh"]);
      }
      return { ...made, [Symbol.dispose]: () => {} };
    },
    [Symbol.dispose]() {
      made?.[Symbol.dispose]();
      kept[Symbol.dispose]();
    },
  };
}
