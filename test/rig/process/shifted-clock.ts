import { writeFileSync } from "node:fs";
import type { Scratch } from "../repository/scratch.ts";

/** The environment of a process of node whose clock is so many seconds ahead. */
export function aheadBy({ dir }: Pick<Scratch, "dir">, seconds: number): NodeJS.ProcessEnv {
  const file = `${dir}/ahead-${seconds}.cjs`;
  writeFileSync(file, `const now = Date.now; Date.now = () => now() + ${seconds * 1000};\n`);
  return { NODE_OPTIONS: `--require=${file}` };
}
