import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { WARM_FOLDER } from "../../suite/shared-folder.ts";
import { makePipes } from "../pipe.ts";
import { type Run, type RunOptions, run } from "../run.ts";
import { runMeanwhile } from "../run-meanwhile.ts";
import { type Call, DIED } from "./call.ts";

/** The built `process.ts`, in the folder that the tests of a run share. */
export const WARM_PROCESS = "warm-process.cjs";

/** What node reads as it starts: a program that is given one of these needs a process of its own. */
const FOR_NODE = /^(?:NODE_|LANG|LC_|TZ)/;

/** A module stays in its process once it was loaded there, so that after so many there is a new one. */
const MOST_MODULES = 40;

/** A process that runs programs as they are asked for, and the pipe to ask by. */
interface WarmProcess {
  readonly requests: string;
  ask(request: string): void;
  /** Lets it end. */
  close(): void;
}

const running = new Map<string, WarmProcess>();
let started = 0;
const MODULES = "modules";
let modules = 0;

/**
 * Runs one of our built programs to its end, with the same outcome as in a process of its own: which is what it gets where
 * a test is about the process.
 */
export function runProgram(bin: string, args: readonly string[], options: RunOptions): Run {
  if (WARM_FOLDER === undefined || !isPlain(options.env)) return run(process.execPath, [bin, ...args], options);
  const place = dirname(bin);
  const reply = request(place, bin, args, options);
  return resultOf(place, readFileSync(reply, "utf8"));
}

/** The same while this process serves the program: the servers of a test are here. */
export async function runProgramMeanwhile(bin: string, args: readonly string[], options: RunOptions): Promise<Run> {
  if (WARM_FOLDER === undefined || !isPlain(options.env))
    return runMeanwhile(process.execPath, [bin, ...args], options);
  const place = bin.endsWith(".mjs") ? placeOfModule() : dirname(bin);
  const reply = request(place, bin, args, options);
  return resultOf(place, await readFile(reply, "utf8"));
}

/** Stands for the folder of every module. */
function placeOfModule(): string {
  modules += 1;
  if (modules % MOST_MODULES === 0) {
    running.get(MODULES)?.close();
    running.delete(MODULES);
  }
  return MODULES;
}

/** Asks for a program to be run; returns the pipe that its answer comes by. */
function request(place: string, bin: string, args: readonly string[], options: RunOptions): string {
  const { cwd, env, input = "" } = options;
  const { requests, ask } = warmProcess(place);
  const [stdin, file, reply] = [`${requests}.stdin`, `${requests}.request`, `${requests}.reply`];
  writeFileSync(stdin, input);
  writeFileSync(file, JSON.stringify({ bin, args, cwd, env, stdin, reply } satisfies Call));
  ask(file);
  return reply;
}

function resultOf(place: string, answer: string): Run {
  const result = JSON.parse(answer) as Run;
  if (result.status !== DIED) return result;
  running.delete(place);
  throw new Error(result.stderr);
}

/** Lines for a shell that run a built program with what the shell itself was given, and set `status` to how it ended. */
export function programLines(bin: string): string {
  const cold = `"${process.execPath}" "${bin}" "$@"\nstatus=$?`;
  if (WARM_FOLDER === undefined) return cold;
  const { requests } = warmProcess(dirname(bin));
  const warm = [
    `reply="${requests}.$$"`,
    'command -p mkfifo "$reply"',
    `echo "$$ ${bin}" >"${requests}"`,
    // How it ended, how long each of the two texts is, and both.
    '{ read -r status stdout stderr; [ "$stdout" = 0 ] || command -p head -c "$stdout"; [ "$stderr" = 0 ] || command -p cat >&2; } <"$reply"',
  ].join("\n");
  return `if [ -n "$NODE_OPTIONS" ]; then\n${cold}\nelse\n${warm}\nfi`;
}

function isPlain(env: NodeJS.ProcessEnv): boolean {
  return Object.entries(env).every(([name, value]) => !FOR_NODE.test(name) || PLAIN[name] === value);
}

/** What every scratch folder's environment has. */
const PLAIN: NodeJS.ProcessEnv = { LC_ALL: "C", TZ: "UTC" };

/** One for each package's programs, since the program may have git run a hook. */
function warmProcess(place: string): WarmProcess {
  const known = running.get(place);
  if (known) return known;
  const folder = WARM_FOLDER ?? "";
  started += 1;
  const requests = join(folder, `warm-${process.pid}-${started}`);
  makePipes(requests, `${requests}.reply`);
  // Opened for both, so that it waits for nobody; once it is closed, which is when the tests end, so does the process.
  const pipe = openSync(requests, "r+");
  const env = { ...PLAIN, PATH: process.env["PATH"] };
  spawn(process.execPath, [join(folder, WARM_PROCESS), requests], {
    cwd: "/",
    env,
    stdio: ["ignore", "ignore", "inherit"],
  }).unref();
  const opened = {
    requests,
    ask: (request: string) => void writeSync(pipe, `${request}\n`),
    close: () => closeSync(pipe),
  };
  running.set(place, opened);
  return opened;
}
