import { stripVTControlCharacters } from "node:util";
import { type IPty, spawn } from "@lydell/node-pty";
import type { Repo } from "../rig/repository/repo.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";

export interface SessionOptions {
  readonly cwd?: string;
  /** Undefined takes a variable away. */
  readonly env?: NodeJS.ProcessEnv;
  /** A program in the place of countersign. */
  readonly program?: readonly string[];
  readonly columns?: number;
}

export interface SessionEnd {
  readonly status: number;
  readonly signal: number;
  /** All that the terminal was sent, without its control sequences. */
  readonly screen: string;
}

/** A program at a real terminal, and a person who reads and types. */
export class TerminalSession {
  readonly #pty: IPty;
  readonly ended: Promise<SessionEnd>;
  #raw = "";
  #read = 0;
  #closed = false;
  #changed: () => void = () => {};

  constructor(
    repo: Repo,
    args: readonly string[],
    { cwd = repo.dir, env = {}, program, columns = 200 }: SessionOptions = {},
  ) {
    const [file = "", ...rest] = program ?? [process.execPath, COUNTERSIGN_BIN, ...args];
    const all: Record<string, string> = {};
    for (const [name, value] of Object.entries({ ...repo.env, TERM: "xterm-256color", ...env })) {
      if (value !== undefined) all[name] = value;
    }
    this.#pty = spawn(file, rest, { cwd, env: all, cols: columns, rows: 50, name: "xterm-256color" });
    this.#pty.onData((data) => {
      this.#raw += data;
      this.#changed();
    });
    this.ended = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal }) => {
        this.#closed = true;
        this.#changed();
        resolve({ status: exitCode, signal: signal ?? 0, screen: this.screen });
      });
    });
  }

  /** All that the terminal was sent, as it came. */
  get raw(): string {
    return this.#raw;
  }

  get screen(): string {
    return stripVTControlCharacters(this.#raw).replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  }

  /** Waits until this is read behind what was waited for before. */
  async read(text: string | RegExp): Promise<void> {
    // A little less than a test may take, so that what was on the screen is told.
    const deadline = Date.now() + 280_000;
    // A line breaks where the terminal ends.
    const pattern = typeof text === "string" ? foldable(text) : text;
    for (;;) {
      const unread = this.screen.slice(this.#read);
      const at = unread.search(pattern);
      if (at >= 0) {
        this.#read += at + 1;
        return;
      }
      if (this.#closed || Date.now() > deadline) throw new Error(`never read ${text} in:\n${this.screen}`);
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
        setTimeout(resolve, 100);
      });
    }
  }

  type(keys: string): void {
    this.#pty.write(keys);
  }

  kill(signal: string): void {
    this.#pty.kill(signal);
  }
}

function foldable(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/ +/g, "\\s+"));
}

export const CTRL_C = "\u0003";
export const QUESTION = "Type yes to co-sign";

/** Runs `countersign cosign` and answers its question. */
export async function cosign(
  repo: Repo,
  args: readonly string[] = [],
  { answer = "yes", ...options }: SessionOptions & { readonly answer?: string } = {},
): Promise<SessionEnd> {
  const session = new TerminalSession(repo, ["cosign", ...args], options);
  // Where it ends without asking, its end tells why.
  const asked = await Promise.race([
    session.read(QUESTION).then(
      () => true,
      () => false,
    ),
    session.ended.then(() => false),
  ]);
  if (asked) session.type(`${answer}\r`);
  return session.ended;
}
