import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Scratch } from "../repository/scratch.ts";

/** What happens to a program of ours, at one of the calls by which it touches the world. */
export interface Fault {
  /** The file name of the program. */
  readonly program: string;
  /** The how many-th call it is, counted from 1. */
  readonly call: number;
  /** A signal to the program alone or to its whole process group, or the code of the error that the call fails with. */
  readonly what: { readonly kill: NodeJS.Signals } | { readonly interrupt: NodeJS.Signals } | { readonly fail: string };
}

/** Loaded before the program. It notes how many calls there were, so that a test can go through all of them. */
const PRELOAD = `
const { appendFileSync } = require("node:fs");
const { basename, dirname } = require("node:path");
const { program, call, what, log } = JSON.parse(process.env.NODE_FAULT);
if (basename(process.argv[1] ?? "") === program) {
  let calls = 0;
  const wrap = (module, names) => {
    for (const name of names) {
      const original = module[name];
      module[name] = (...args) => {
        // Node's own loader calls some of these too.
        if (!new Error().stack.split("\\n")[2].includes(dirname(process.argv[1]))) return original(...args);
        calls += 1;
        if (calls !== call) return original(...args);
        appendFileSync(log, name + "\\n");
        if (what.fail) throw Object.assign(new Error(what.fail + ": as the test wants"), { code: what.fail });
        // Half of what was to be written, so that a torn file would show.
        if (name === "writeSync") original(args[0], args[1], args[2], (args[1].length - args[2]) >> 1);
        process.kill(what.kill ? process.pid : 0, what.kill ?? what.interrupt);
        return original(...args);
      };
    }
  };
  wrap(require("node:fs"), ["openSync", "readFileSync", "readdirSync", "realpathSync", "writeSync", "fsyncSync", "fstatSync", "closeSync", "renameSync", "rmSync", "existsSync"]);
  wrap(require("node:child_process"), ["spawn", "spawnSync"]);
  require("node:module").syncBuiltinESMExports();
}
`;

/** The line of a hook's script with which its program has the fault: the other hooks need no process of their own for that. */
export const WITH_FAULT = 'export NODE_OPTIONS="$NODE_FAULT_OPTIONS"';

/** The variables with which the fault comes about, and the file in which its call is named once it has. */
export function faultyNode({ dir }: Scratch, fault: Fault): { env: NodeJS.ProcessEnv; log: string } {
  const [preload, log] = [join(dir, "preload.cjs"), join(dir, "fault.log")];
  writeFileSync(preload, PRELOAD);
  writeFileSync(log, "");
  return { env: { NODE_FAULT_OPTIONS: `--require=${preload}`, NODE_FAULT: JSON.stringify({ ...fault, log }) }, log };
}
