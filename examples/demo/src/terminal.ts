import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What a command printed and how it ended. */
export interface Shown {
  readonly status: number | null;
  readonly output: string;
}

/** Somebody at a terminal: a folder to work in and who they are to git. */
export class Terminal {
  readonly #who: string;
  readonly #cwd: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(who: string, cwd: string, env: NodeJS.ProcessEnv) {
    this.#who = who;
    this.#cwd = cwd;
    this.#env = env;
  }

  /** Prints the command as it would be typed, runs it and prints what it says. */
  show(program: string, ...args: string[]): Shown {
    console.log(`${this.#who}$ ${[program, ...args].map(quote).join(" ")}`);
    const shown = this.#run(program, args);
    if (shown.output !== "") console.log(shown.output.replace(/^/gm, "  "));
    return shown;
  }

  /** Runs a command that is not worth showing; it must succeed. */
  quietly(program: string, ...args: string[]): string {
    const { status, output } = this.#run(program, args);
    if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}:\n${output}`);
    return output;
  }

  #run(program: string, args: readonly string[]): Shown {
    // One file for both streams keeps what is said in the order it was said in.
    const file = join(mkdtempSync(join(tmpdir(), "countersign-shown-")), "output");
    const fd = openSync(file, "w+");
    try {
      const { status, error } = spawnSync(program, args, { cwd: this.#cwd, env: this.#env, stdio: ["ignore", fd, fd] });
      if (error) throw error;
      return { status, output: readFileSync(file, "utf8").trimEnd() };
    } finally {
      closeSync(fd);
      rmSync(dirname(file), { recursive: true });
    }
  }
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
