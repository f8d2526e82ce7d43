import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PRE_RECEIVE_BIN } from "../rig/bins.ts";
import { CLAUDE, COSIGN, openPushWorld, POLICY, type PushWorld } from "../rig/push-world.ts";

// What large pushes cost in the server's hook, beside git reading the same.
// usage: tsx test/bench/receive.ts [COMMITS] [REFS]

const [commits = 100_000, refs = 20_000] = process.argv.slice(2).map(Number);
/** One in so many commits is an agent's, and co-signed. */
const ASSISTED_EVERY = 100;
const ZERO = "0".repeat(40);
const WIDE = POLICY.replace("[main]", '[main, "release/**"]');

interface Cost {
  readonly seconds: number;
  /** Of node alone. */
  readonly cpu?: number;
  readonly megabytes?: number;
}

/** Has node say as it ends what it took. */
const PROBE = `process.on("exit", () => require("node:fs").writeSync(3, JSON.stringify(process.resourceUsage())));`;

/** Runs the hook where the objects are in the repository already, as if they were in quarantine. */
function runHook({ server, scratch }: PushWorld, lines: readonly string[]): Cost {
  const probe = join(scratch.dir, "probe.cjs");
  writeFileSync(probe, PROBE);
  const began = performance.now();
  const { status, stderr, output } = spawnSync(process.execPath, ["--require", probe, PRE_RECEIVE_BIN], {
    cwd: server.dir,
    env: { ...server.env, GIT_DIR: server.dir, GIT_QUARANTINE_PATH: join(server.dir, "objects") },
    input: lines.join(""),
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    encoding: "utf8",
  });
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`the hook ended with ${status}: ${stderr.slice(0, 2_000)}`);
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(output[3] ?? "") as NodeJS.ResourceUsage;
  return { seconds, cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
}

function time({ server }: PushWorld, script: string): Cost {
  const began = performance.now();
  const { status, stderr } = spawnSync("sh", ["-c", script], { cwd: server.dir, env: server.env, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return { seconds: (performance.now() - began) / 1000 };
}

function say(name: string, { seconds, cpu, megabytes }: Cost, base?: number): void {
  const ratio = base === undefined ? "" : `${(seconds / base).toFixed(2)} x`;
  const size = megabytes === undefined ? "" : `${megabytes.toFixed(0)} MB`;
  const own = cpu === undefined ? "" : `(node ${cpu.toFixed(2)} s)`;
  console.log(
    `  ${name.padEnd(52)} ${seconds.toFixed(2).padStart(7)} s ${ratio.padStart(8)} ${size.padStart(8)} ${own}`,
  );
}

/** Stores commits at once, and gives their ids in turn. */
function importCommits(
  { server }: PushWorld,
  count: number,
  describe: (at: number) => { readonly message: string; readonly parent: string },
): readonly string[] {
  const marks = join(server.dir, "bench-marks");
  const chunks: string[] = [];
  for (let at = 1; at <= count; at += 1) {
    const { message, parent } = describe(at);
    const person = `Bob <bob@acme.example> ${1_700_000_000 + at} +0000`;
    const text = `${at}\n`;
    chunks.push(
      `commit refs/bench/x\nmark :${at}\nauthor ${person}\ncommitter ${person}\ndata ${message.length}\n${message}\n`,
      `from ${parent}\nM 100644 inline src/${at % 25}/${at % 500}.txt\ndata ${text.length}\n${text}\n`,
    );
  }
  server.git(["fast-import", "--quiet", "--force", `--export-marks=${marks}`], { input: chunks.join("") });
  server.git(["update-ref", "-d", "refs/bench/x"]);
  const ids: string[] = [];
  for (const line of readFileSync(marks, "utf8").split("\n")) {
    const [mark = "", oid = ""] = line.split(" ");
    ids[Number(mark.slice(1)) - 1] = oid;
  }
  return ids;
}

function benchCommits(): void {
  using world = openPushWorld();
  const base = world.server.oid("refs/heads/main");
  const isAssisted = (at: number): boolean => at % ASSISTED_EVERY === 0;
  const ids = importCommits(world, commits, (at) => ({
    message: isAssisted(at) ? `Change ${at}\n\n${CLAUDE}\n${COSIGN}\n` : `Change ${at}\n\nBecause of this and that.\n`,
    parent: at === 1 ? base : `:${at - 1}`,
  }));
  const tip = ids.at(-1) ?? base;
  const list = join(world.scratch.dir, "assisted");
  writeFileSync(list, ids.filter((_, index) => isAssisted(index + 1)).join("\n"));
  console.log(`\n${commits} new commits in one push, one in ${ASSISTED_EVERY} by an agent and co-signed`);
  const read = time(world, `git rev-list ${tip} ^${base} | git cat-file --batch >/dev/null`);
  // Whether a commit touches the policy file is asked of each.
  const roots = `git rev-list ${tip} ^${base} | git diff-tree --stdin --root --no-renames >/dev/null`;
  const diffs = time(world, `${roots}; git diff-tree --stdin -r --no-renames <"${list}" >/dev/null`);
  say("git rev-list | git cat-file --batch", read, read.seconds);
  say("git diff-tree: the root of each, all of the agent's", diffs, read.seconds);
  say("the hook", runHook(world, [`${base} ${tip} refs/heads/main\n`]), read.seconds);
}

function benchRefs(): void {
  const line = (old: string, tip: string, at: number) => `${old} ${tip} refs/heads/release/${at}\n`;
  using world = openPushWorld({ policy: WIDE });
  const { server } = world;
  const base = server.oid("refs/heads/main");
  const ids = importCommits(world, refs, (at) => ({ message: `Change ${at}\n`, parent: base }));
  console.log(`\n${refs} refs in one push`);
  const numbers = ids.map((_, at) => at);
  say(
    "new branches that nothing protects",
    runHook(
      world,
      ids.map((tip, at) => `${ZERO} ${tip} refs/heads/topic/${at}\n`),
    ),
  );
  say(
    "new protected branches, all at main",
    runHook(
      world,
      numbers.map((at) => line(ZERO, base, at)),
    ),
  );
  say(
    "new protected branches, each with a commit",
    runHook(
      world,
      ids.map((tip, at) => line(ZERO, tip, at)),
    ),
  );
  server.git(["update-ref", "--stdin"], {
    input: numbers.map((at) => `create refs/heads/release/${at} ${base}\n`).join(""),
  });
  server.git(["pack-refs", "--all"]);
  say(
    "protected branches, each moved by a commit",
    runHook(
      world,
      ids.map((tip, at) => line(base, tip, at)),
    ),
  );
  const further = importCommits(world, refs, (at) => ({ message: `Further ${at}\n`, parent: base }));
  server.git(["update-ref", "--stdin"], {
    input: numbers.map((at) => `update refs/heads/release/${at} ${ids[at]}\n`).join(""),
  });
  server.git(["pack-refs", "--all"]);
  say(
    "as many new ones beside these, each with a commit",
    runHook(
      world,
      further.map((tip, at) => line(ZERO, tip, at + refs)),
    ),
  );
}

benchCommits();
benchRefs();
