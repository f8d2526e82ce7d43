import { spawn } from "node:child_process";
import { openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { WARM_FOLDER } from "../../suite/shared-folder.ts";
import { makePipes } from "../pipe.ts";
import { type Run, type RunOptions, run } from "../run.ts";
import { type Call, DIED } from "./call.ts";

/** The built `process.ts`, in the folder that the tests of a run share. */
export const WARM_PROCESS = "warm-process.cjs";

/** What node reads as it starts: a program that is given one of these needs a process of its own. */
const FOR_NODE = /^(?:NODE_|LANG|LC_|TZ)/;

/** A process that runs programs as they are asked for, and the pipe to ask by. */
interface WarmProcess {
  readonly requests: string;
  ask(request: string): void;
}

const running = new Map<string, WarmProcess>();

/**
 * Runs one of our built programs to its end, with the same outcome as in a process of its own: which is what it gets where
 * a test is about the process.
 */
export function runProgram(bin: string, args: readonly string[], options: RunOptions): Run {
  if (WARM_FOLDER === undefined || !isPlain(options.env)) return run(process.execPath, [bin, ...args], options);
  const { cwd, env, input = "" } = options;
  const { requests, ask } = warmProcess(bin);
  const [stdin, request, reply] = [`${requests}.stdin`, `${requests}.request`, `${requests}.reply`];
  writeFileSync(stdin, input);
  writeFileSync(request, JSON.stringify({ bin, args, cwd, env, stdin, reply } satisfies Call));
  ask(request);
  const result = JSON.parse(readFileSync(reply, "utf8")) as Run;
  if (result.status !== DIED) return result;
  running.delete(dirname(bin));
  throw new Error(result.stderr);
}

/** Lines for a shell that run a built program with what the shell itself was given, and set `status` to how it ended. */
export function programLines(bin: string): string {
  const cold = `"${process.execPath}" "${bin}" "$@"\nstatus=$?`;
  if (WARM_FOLDER === undefined) return cold;
  const { requests } = warmProcess(bin);
  const warm = [
    `reply="${requests}.$$"`,
    'command -p mkfifo "$reply"',
    `echo "$$ ${bin}" >"${requests}"`,
    // How it ended, how long the first of the two texts is, and both.
    '{ read -r status length; [ "$length" = 0 ] || command -p head -c "$length"; command -p cat >&2; } <"$reply"',
  ].join("\n");
  return `if [ -n "$NODE_OPTIONS" ]; then\n${cold}\nelse\n${warm}\nfi`;
}

function isPlain(env: NodeJS.ProcessEnv): boolean {
  return Object.entries(env).every(([name, value]) => !FOR_NODE.test(name) || PLAIN[name] === value);
}

/** What every scratch folder's environment has. */
const PLAIN: NodeJS.ProcessEnv = { LC_ALL: "C", TZ: "UTC" };

/** One for each package's programs, since the program may have git run a hook. */
function warmProcess(bin: string): WarmProcess {
  const place = dirname(bin);
  const known = running.get(place);
  if (known) return known;
  const folder = WARM_FOLDER ?? "";
  const requests = join(folder, `warm-${process.pid}-${running.size}`);
  makePipes(requests, `${requests}.reply`);
  // Opened for both, so that it waits for nobody; once it is closed, which is when the tests end, so does the process.
  const pipe = openSync(requests, "r+");
  const env = { ...PLAIN, PATH: process.env["PATH"] };
  spawn(process.execPath, [join(folder, WARM_PROCESS), requests], {
    cwd: "/",
    env,
    stdio: ["ignore", "ignore", "inherit"],
  }).unref();
  const started = { requests, ask: (request: string) => void writeSync(pipe, `${request}\n`) };
  running.set(place, started);
  return started;
}
