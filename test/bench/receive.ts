import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PRE_RECEIVE_BIN } from "../rig/suite/bins.ts";
import { CLAUDE, COSIGN, openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";
import type { Case, Report } from "./report.ts";

const PUSHES = [1, 100, 10_000, 100_000];
const REFS = 20_000;
/** One in so many commits is an agent's, and co-signed. */
const ASSISTED_EVERY = 100;
const ZERO = "0".repeat(40);
const WIDE = POLICY.replace("[main]", '[main, "release/**"]');

/** What pushes cost in the server's hook, beside git reading the same. */
export function benchReceive(report: Report): void {
  benchCommits(report);
  benchRefs(report);
}

/** Runs the hook where the objects are in the repository already, as if they were in quarantine. */
function hookOver({ server }: PushWorld, node: string, lines: readonly string[]): Case {
  const env = { ...server.env, GIT_DIR: server.dir, GIT_QUARANTINE_PATH: join(server.dir, "objects") };
  return (probe) => {
    const { status, stderr } = spawnSync(node, [PRE_RECEIVE_BIN], {
      cwd: server.dir,
      env: { ...env, ...probe },
      input: lines.join(""),
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`the hook ended with ${status}: ${stderr.slice(0, 2_000)}`);
  };
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

function benchCommits(report: Report): void {
  using world = openPushWorld();
  const { server } = world;
  const base = server.oid("refs/heads/main");
  const isAssisted = (at: number): boolean => at % ASSISTED_EVERY === 0;
  const ids = importCommits(world, Math.max(...PUSHES), (at) => ({
    message: isAssisted(at) ? `Change ${at}\n\n${CLAUDE}\n${COSIGN}\n` : `Change ${at}\n\nBecause of this and that.\n`,
    parent: at === 1 ? base : `:${at - 1}`,
  }));
  for (const count of PUSHES) {
    const tip = ids[count - 1] ?? base;
    const script = `git rev-list ${tip} ^${base} | git cat-file --batch >/dev/null`;
    const commits = `${count.toLocaleString("en")} new commit${count === 1 ? "" : "s"}`;
    const how = count > 1000 ? { rounds: 1, warm: 1 } : { rounds: 15 };
    report.compare(`A push of ${commits} in the server's hook, one in ${ASSISTED_EVERY} assisted and co-signed`, how, {
      "git rev-list | git cat-file --batch": () =>
        void spawnSync("sh", ["-c", script], { cwd: server.dir, env: server.env }),
      "countersign-pre-receive": hookOver(world, report.node, [`${base} ${tip} refs/heads/main\n`]),
    });
  }
}

function benchRefs(report: Report): void {
  using world = openPushWorld({ policy: WIDE });
  const { server } = world;
  const base = server.oid("refs/heads/main");
  const first = importCommits(world, REFS, (at) => ({ message: `Change ${at}\n`, parent: base }));
  const second = importCommits(world, REFS, (at) => ({ message: `Further ${at}\n`, parent: base }));
  const standing = first.map((_, at) => `create refs/heads/release/old/${at} ${base}\n`);
  server.git(["update-ref", "--stdin"], { input: standing.join("") });
  server.git(["pack-refs", "--all"]);
  const push = (line: (tip: string, at: number) => string): Case => hookOver(world, report.node, second.map(line));
  const count = REFS.toLocaleString("en");
  report.compare(
    `${count} refs in one push, beside ${count} protected branches`,
    { rounds: 1, warm: 0 },
    {
      "new branches that nothing protects": push((tip, at) => `${ZERO} ${tip} refs/heads/topic/${at}\n`),
      "new protected branches, all at main": push((_, at) => `${ZERO} ${base} refs/heads/release/new/${at}\n`),
      "new protected branches, each with a commit": push((tip, at) => `${ZERO} ${tip} refs/heads/release/new/${at}\n`),
      "protected branches, each moved by a commit": push((tip, at) => `${base} ${tip} refs/heads/release/old/${at}\n`),
    },
  );
}
