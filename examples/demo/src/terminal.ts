import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { spawn as spawnPty } from "@lydell/node-pty";

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

  /** Runs a command at a real pseudo-terminal, as it requires one, and types the answer once it asks. */
  async converse(question: string, answer: string, program: string, ...args: string[]): Promise<Shown> {
    console.log(`${this.#who}$ ${[program, ...args].map(quote).join(" ")}`);
    const env = Object.fromEntries(Object.entries(this.#env).filter(([, value]) => value !== undefined));
    const pty = spawnPty(program, args, { cwd: this.#cwd, env: env as Record<string, string>, cols: 100, rows: 40 });
    let screen = "";
    let answered = false;
    pty.onData((data) => {
      screen += data;
      if (answered || !screen.includes(question)) return;
      answered = true;
      pty.write(`${answer}\r`);
    });
    const status = await new Promise<number>((resolve) =>
      pty.onExit(({ exitCode }) => setTimeout(resolve, 50, exitCode)),
    );
    const output = leaveLastDrawing(stripVTControlCharacters(screen).replaceAll("\r\n", "\n")).trimEnd();
    console.log(output.replace(/^/gm, "  "));
    return { status, output };
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

/** A prompt draws itself again with every key: what stands between its first drawing and its last was drawn over. */
function leaveLastDrawing(screen: string): string {
  const first = screen.indexOf("◆");
  const last = screen.lastIndexOf("◇");
  return first < 0 || last < first ? screen : screen.slice(0, first) + screen.slice(last);
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
