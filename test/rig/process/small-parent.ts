import { spawn } from "node:child_process";
import { existsSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { WARM_FOLDER } from "../suite/shared-folder.ts";
import { LIMIT_MS } from "./limit.ts";
import { makePipes } from "./pipe.ts";

// The system copies the tables of a process's memory for each program that it starts, and a worker's are large: half the
// time of a short git went into that. So a small shell is kept that starts the programs.

/** Those that tests start by the thousand, and that look at nobody who started them. */
const OFTEN: ReadonlySet<string> = new Set(["git", "ssh-keygen", "sh"]);

export interface Started {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

export interface Start {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly input: string | Buffer;
}

interface SmallParent {
  readonly place: string;
  ask(): void;
}

let running: SmallParent | undefined;

/** Runs a program to its end; undefined where it has to be started by this process. */
export function runFromSmallParent(
  program: string,
  args: readonly string[],
  { cwd, env, input }: Start,
): Started | undefined {
  if (WARM_FOLDER === undefined || !OFTEN.has(program) || !isAbsolute(cwd) || !existsSync(cwd)) return undefined;
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (env["PATH"] === undefined || !given.every(([name]) => /^[A-Za-z_]\w*$/.test(name))) return undefined;
  const words = [...given.map(([name, value]) => `${name}=${quote(value)}`), program, ...args.map(quote)];
  if (words.some((word) => word.includes("\0"))) return undefined;
  running ??= startSmallParent(WARM_FOLDER);
  const { place, ask } = running;
  if (input.length > 0) writeFileSync(`${place}.stdin`, input);
  const stdin = input.length > 0 ? `${place}.stdin` : "/dev/null";
  const streams = `<${stdin} >${place}.stdout 2>${place}.stderr 3<&-`;
  // `cd` sets these two, which nobody gave.
  const lines = `cd ${quote(cwd)}\nunset PWD OLDPWD\n${words.join(" ")} ${streams}\necho $? >${place}.status\ncd /\n`;
  const since = Date.now();
  writeFileSync(`${place}.request`, lines);
  ask();
  const status = Number(readFileSync(`${place}.status`, "latin1"));
  // Another file for the next request: the shell may not have seen the end of this one.
  rmSync(`${place}.request`);
  if (Date.now() - since > LIMIT_MS) throw new Error(`${program} ${args.join(" ")} did not end by itself`);
  return { status, stdout: readFileSync(`${place}.stdout`), stderr: readFileSync(`${place}.stderr`) };
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function startSmallParent(folder: string): SmallParent {
  const place = join(folder, `parent-${process.pid}`);
  makePipes(`${place}.requests`, `${place}.status`);
  // Opened for both, so that it waits for nobody; once it is closed, which is when the tests end, so does the shell.
  const pipe = openSync(`${place}.requests`, "r+");
  const loop = `echo $$ >${place}.pid; while read -r _ <&3; do . ${place}.request; done 3<${place}.requests`;
  spawn("/bin/sh", ["-c", loop], { cwd: "/", env: {}, stdio: ["ignore", "ignore", "inherit"] }).unref();
  return { place, ask: () => void writeSync(pipe, "\n") };
}

/** Ends the programs that workers have been waiting for too long: they cannot do it themselves meanwhile. */
export function endHangingPrograms(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, place] = /^(parent-\d+)\.request$/.exec(name) ?? [];
    const since = statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs;
    if (place === undefined || since === undefined || Date.now() - since < LIMIT_MS) continue;
    const pid = readFileSync(join(folder, `${place}.pid`), "utf8").trim();
    const started = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
    for (const child of started) process.kill(Number(child), "SIGKILL");
  }
}
