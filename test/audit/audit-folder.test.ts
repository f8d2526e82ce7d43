import { readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { POLICY } from "../rig/worlds/push-world.ts";

/** Enough for one window that is whole. */
const COMMITS = 1_100;
const DAY = 86_400;

let repo: Repo;
let folder: string;

beforeAll(() => {
  const scratch = openScratch();
  repo = initRepo(scratch, "repo");
  folder = join(repo.dir, ".git", "countersign", "audit");
  const commits = Array.from({ length: COMMITS }, (_, at) => {
    const file = at === 0 ? `M 100644 inline countersign.config.yaml\ndata ${POLICY.length}\n${POLICY}\n` : "";
    const person = `Bob <bob@acme.example> ${1_700_000_000 + at} +0000`;
    return `commit refs/heads/main\ncommitter ${person}\ndata 5\nwork\n${file}`;
  });
  repo.git(["fast-import", "--quiet", "--force"], { input: commits.join("\n") });
  return () => scratch[Symbol.dispose]();
});

/** Dates a file of the folder so many days back. */
function age(name: string, days: number): void {
  const time = Date.now() / 1000 - days * DAY;
  utimesSync(join(folder, name), time, time);
}

function audit(...options: readonly string[]): void {
  const { status, stdout } = countersign(repo, ["audit", "main", ...options]);
  expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("audited 1,099 landings") });
}

it("an audit removes what none has used for a month, and keeps what it uses itself, however old that is", () => {
  audit();
  const used = readdirSync(folder);
  expect(used.length).toBeGreaterThan(0);
  for (const name of used) age(name, 400);
  const others = { "of-a-branch-that-is-gone": 31, "cut-short.4711": 31, "of-another-branch": 29 };
  for (const [name, days] of Object.entries(others)) {
    writeFileSync(join(folder, name), "");
    age(name, days);
  }
  audit();
  expect(readdirSync(folder).sort()).toEqual([...used, "of-another-branch"].sort());
  for (const name of used) expect(Date.now() - statSync(join(folder, name)).mtimeMs).toBeLessThan(DAY * 1000);
});

it("an audit that is to use nothing of it removes nothing", () => {
  audit();
  const before = readdirSync(folder).sort();
  for (const name of before) age(name, 400);
  audit("--no-cache");
  expect(readdirSync(folder).sort()).toEqual(before);
});
