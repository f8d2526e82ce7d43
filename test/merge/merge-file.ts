import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../rig/process/run.ts";
import type { Scratch } from "../rig/repository/scratch.ts";

export type Triple = readonly [base: Uint8Array, ours: Uint8Array, theirs: Uint8Array];

/** What `git merge-file` merges cleanly of each triple; undefined where it does not. One shell starts all the gits. */
export function mergeFiles(scratch: Scratch, triples: readonly Triple[]): readonly (Buffer | undefined)[] {
  const dir = join(scratch.dir, "merge-file");
  mkdirSync(dir, { recursive: true });
  for (const [index, [base, ours, theirs]] of triples.entries()) {
    writeFileSync(join(dir, `base${index}`), base);
    writeFileSync(join(dir, `ours${index}`), ours);
    writeFileSync(join(dir, `theirs${index}`), theirs);
  }
  const each = `git merge-file -p ours$i base$i theirs$i >merged$i 2>errors; echo $?`;
  const loop = `i=0; while [ $i -lt ${triples.length} ]; do ${each}; i=$((i + 1)); done`;
  const { stdout } = run("sh", ["-c", loop], { cwd: dir, env: scratch.env });
  const statuses = stdout.split("\n");
  return triples.map((_, index) => (statuses[index] === "0" ? readFileSync(join(dir, `merged${index}`)) : undefined));
}
