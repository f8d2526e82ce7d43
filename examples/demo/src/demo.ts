import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openStage, type Stage } from "./stage.ts";
import type { Shown } from "./terminal.ts";

const { values } = parseArgs({ options: { repo: { type: "string" } } });
// `pnpm demo` starts in the workspace; a relative path is meant from where the user stands.
const from = process.env["INIT_CWD"] ?? process.cwd();
process.exitCode = values.repo === undefined ? await playAll() : judgeExisting(resolve(from, values.repo));

/** Lists the last 1,000 commits of a repository that is there already. */
function judgeExisting(repo: string): number {
  const program = fileURLToPath(new URL("../../../packages/cli/dist/bin.js", import.meta.url));
  const { status } = spawnSync(process.execPath, [program, "--repo", repo, "log", "-n", "1000"], { stdio: "inherit" });
  return status ?? 2;
}

async function playAll(): Promise<number> {
  console.log("Setting up a server, two clones and the hook (packed, installed with npm, switched on by husky) …");
  using stage = openStage();
  const wrong: { readonly name: string }[] = [];
  for (const scene of [innocentPush, featurePush, refusedPush, cosignedPush])
    if (!(await scene(stage))) wrong.push(scene);
  console.log(
    wrong.length === 0 ? "\nEvery step went as told." : `\nNOT as told: ${wrong.map(({ name }) => name).join(", ")}`,
  );
  return wrong.length === 0 ? 0 : 1;
}

function innocentPush({ bob, write, serverTip }: Stage): boolean {
  title("1. A person's own work passes, without a word from the hook");
  write("upload.js", "export const upload = (file) => send(file);\n");
  bob.show("git", "add", "upload.js");
  bob.show("git", "commit", "-q", "-m", "Add uploads");
  const pushed = bob.show("git", "push", "origin", "main");
  return (
    passed(pushed) &&
    serverTip("main") === bob.quietly("git", "rev-parse", "HEAD") &&
    !pushed.output.includes("countersign:")
  );
}

function featurePush({ bob, write, serverTip }: Stage): boolean {
  title("2. AI-assisted work passes to a feature branch, as the policy protects only main");
  write("upload.js", "export const upload = (file) => retry(3, () => send(file));\n");
  bob.show("git", "switch", "-q", "-c", "retry-uploads");
  // The marks that Claude Code leaves in a commit.
  const marks =
    "🤖 Generated with [Claude Code](https://claude.com/claude-code)\n\nCo-Authored-By: Claude <noreply@anthropic.com>";
  bob.show("git", "commit", "-q", "-a", "-m", "Retry uploads", "-m", marks);
  const pushed = bob.show("git", "push", "origin", "retry-uploads");
  return passed(pushed) && serverTip("retry-uploads") === bob.quietly("git", "rev-parse", "HEAD");
}

function refusedPush({ bob, serverTip }: Stage): boolean {
  title("3. The same commit is refused on main");
  const before = serverTip("main");
  const pushed = bob.show("git", "push", "origin", "retry-uploads:main");
  return pushed.status === 1 && pushed.output.includes("COSIGN_MISSING") && serverTip("main") === before;
}

async function cosignedPush({ ada, bob, serverTip }: Stage): Promise<boolean> {
  title("4. Ada, a senior engineer, reviews it and co-signs with her SSH key; now it passes");
  ada.show("git", "fetch", "-q");
  ada.show("git", "switch", "-q", "retry-uploads");
  const signed = await ada.converse("Type yes", "yes", "npx", "countersign", "cosign");
  ada.show("git", "push", "-q", "--force-with-lease", "origin", "retry-uploads");
  bob.show("git", "fetch", "-q");
  const pushed = bob.show("git", "push", "origin", "origin/retry-uploads:main");
  bob.show("npx", "countersign", "log", "-n", "3", "origin/main");
  const landed = serverTip("main") === bob.quietly("git", "rev-parse", "origin/retry-uploads");
  return passed(signed) && passed(pushed) && landed && pushed.output.includes("co-signed by ada@acme.example (signed)");
}

function title(text: string): void {
  console.log(`\n── ${text}\n`);
}

function passed({ status }: Shown): boolean {
  return status === 0;
}
