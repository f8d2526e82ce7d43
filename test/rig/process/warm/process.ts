import { Console } from "node:console";
import {
  closeSync,
  constants,
  createReadStream,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { LIMIT_MS } from "../limit.ts";
import type { Run } from "../run.ts";
import { type Call, DIED } from "./call.ts";

// The process in which programs of ours run one after the other, each as the main program. Node takes ten times as long to
// start as most of them work. A program has ended when node would end: when nothing is left to wait for.

const [, , requests = ""] = process.argv;
const { pid } = process;
const exit = process.exit.bind(process);
const open = createRequire(__filename);
const input = openSync(requests, "r");
/** Where node's `fetch` keeps its connections. */
const dispatcher = Symbol.for("undici.globalDispatcher.1");
let end = (): void => {};
let asked: Call | undefined;

process.exit = () => {
  throw new Error("a program of ours ends by itself, never by process.exit");
};
process.on("exit", breakDown);
process.on("beforeExit", () => {
  end();
  const line = readLine();
  // Without a request the tests are over, and so is this process.
  if (line === undefined) return;
  const call = line.startsWith("/") ? (JSON.parse(readFileSync(line, "utf8")) as Call) : hookCall(line);
  asked = call;
  begin(call);
  // Something to wait for, so that node asks again once the program has ended.
  setImmediate(() => run(call.bin));
});

function run(bin: string): void {
  // Each of these lies in a folder of its own, so that it is new here.
  if (bin.endsWith(".mjs")) void import(pathToFileURL(bin).href);
  else {
    // What it has loaded stays; only what it does by being loaded is done again.
    delete open.cache[bin];
    open(bin);
  }
}

function breakDown(): void {
  if (asked) answer(asked, { status: DIED, stdout: "", stderr: "the process in which programs run has ended\n" });
}

/** Has a program do what it wanted to do as its process ends. */
function takeLeave(): void {
  for (const listener of process.rawListeners("exit")) {
    if (listener === breakDown) continue;
    process.removeListener("exit", listener as () => void);
    listener.call(process, process.exitCode);
  }
}

/** The next request; undefined when nobody can ask any more. */
function readLine(): string | undefined {
  const byte = Buffer.alloc(1);
  const bytes: number[] = [];
  while (readSync(input, byte) === 1) {
    if (byte[0] === 0x0a) return Buffer.from(bytes).toString();
    bytes.push(byte[0] as number);
  }
  return undefined;
}

/** A shell that git started asks by its process's id: what git gave it stands where Linux shows it. */
function hookCall(line: string): Call {
  const [, id = "", bin = ""] = /^(\d+) (.*)$/.exec(line) ?? [];
  const words = (file: string): readonly string[] =>
    readFileSync(`/proc/${id}/${file}`, "utf8").split("\0").slice(0, -1);
  const variables = words("environ").map((word) => {
    const at = word.indexOf("=");
    return [word.slice(0, at), word.slice(at + 1)] as const;
  });
  return {
    bin,
    // After the shell and its script.
    args: words("cmdline").slice(2),
    cwd: `/proc/${id}/cwd`,
    env: Object.fromEntries(variables),
    stdin: `/proc/${id}/fd/0`,
    pid: Number(id),
    reply: `${requests}.${id}`,
  };
}

/** Makes the process look as if it had been started for this call, and prepares what puts an end to that. */
function begin(call: Call): void {
  process.argv = [process.execPath, call.bin, ...call.args];
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, call.env);
  process.chdir(call.cwd);
  setStdin(call.stdin);
  const [stdout, stderr] = [collect("stdout"), collect("stderr")];
  // It keeps the streams that it was first used with.
  globalThis.console = new Console(process.stdout, process.stderr);
  define("stdin", () => createReadStream("", { fd: 0, autoClose: false }));
  define("pid", () => call.pid ?? pid);
  // As `run` ends one that waits for something too long.
  const late = setTimeout(() => exit(DIED), LIMIT_MS);
  late.unref();
  end = () => {
    clearTimeout(late);
    takeLeave();
    const status = Number(process.exitCode ?? 0);
    process.exitCode = undefined;
    for (const event of ["uncaughtException", "SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(event);
    process.chdir("/");
    setStdin("/dev/null");
    hangUp();
    answer(call, { status, stdout: stdout(), stderr: stderr() });
    end = () => {};
  };
}

/** Closes the connections that `fetch` keeps for the next request: the next program is another. */
function hangUp(): void {
  const held = globalThis as { [dispatcher]?: { constructor: unknown; destroy(): unknown } };
  const connections = held[dispatcher];
  if (connections === undefined) return;
  held[dispatcher] = Reflect.construct(
    connections.constructor as new () => typeof connections,
    [],
  ) as typeof connections;
  connections.destroy();
}

function answer({ pid: shell, reply }: Call, run: Run): void {
  asked = undefined;
  if (shell === undefined) {
    writeFileSync(reply, JSON.stringify(run));
    return;
  }
  // Held open meanwhile: a shell that sees nobody at the other end has read all.
  const opened = openForReader(reply, shell);
  if (opened !== undefined) {
    const [stdout, stderr] = [run.stdout, run.stderr].map((text) => Buffer.byteLength(text));
    writeFileSync(reply, `${run.status} ${stdout} ${stderr}\n${run.stdout}${run.stderr}`);
    closeSync(opened);
  }
  rmSync(reply, { force: true });
}

/** Opens a pipe once a shell has opened its end; undefined where the shell was ended before. */
function openForReader(pipe: string, shell: number): number | undefined {
  while (existsSync(`/proc/${shell}`)) {
    try {
      return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
  return undefined;
}

/** The lowest free descriptor is the next to be used. */
function setStdin(path: string): void {
  closeSync(0);
  if (openSync(path, "r") !== 0) throw new Error("standard input is something else");
}

/** Takes what is written to a standard stream; returns what gives it out. */
function collect(name: "stdout" | "stderr"): () => string {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  define(name, () => stream);
  return () => Buffer.concat(chunks).toString("utf8");
}

/** Gives the process a property of this call's; it is made when it is first asked for. */
function define(name: string, make: () => unknown): void {
  let made: unknown;
  Object.defineProperty(process, name, {
    configurable: true,
    get: () => {
      made ??= make();
      return made;
    },
  });
}
