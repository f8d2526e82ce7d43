import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { SCENES } from "./scenes.ts";
import { openStage } from "./stage.ts";

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
  console.log(
    "Setting up a server, two clones and the hooks (packed, installed with npm, set up by init with husky) …",
  );
  using stage = openStage();
  const wrong: { readonly name: string }[] = [];
  for (const scene of SCENES) if (!(await scene(stage))) wrong.push(scene);
  console.log(
    wrong.length === 0
      ? "\nEvery step went as planned."
      : `\nNOT as planned: ${wrong.map(({ name }) => name).join(", ")}`,
  );
  return wrong.length === 0 ? 0 : 1;
}
