import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cloneFor, NAMED } from "../cosign/clones.ts";
import { ADA, type CosignWorld, openCosignWorld } from "../cosign/cosign-world.ts";
import type { Run } from "../rig/process/run.ts";
import { runProgramMeanwhile } from "../rig/process/warm/programs.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { GATE_FILE } from "../rig/suite/bins.ts";
import { GithubServer, TOKEN } from "./github-server.ts";
import { example, pullEvent } from "./payloads.ts";

/** What a step of a workflow left behind. */
export interface GateRun extends Run {
  readonly summary: string;
  /** The outputs of the step. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Every variable, argument and file below the runner's folder that git was started with or that is left. */
  readonly folder: string;
}

/** A team with a policy that wants signatures, a GitHub, a senior's own clone, and a runner for the gate. */
export interface GateWorld extends CosignWorld, AsyncDisposable {
  readonly github: GithubServer;
  readonly senior: Repo;
  /** Runs a job of the gate for an event, in a folder that holds the bundled file alone. */
  gate(event: string, payload: object, job?: string, env?: NodeJS.ProcessEnv): Promise<GateRun>;
  /** The same for an event of a pull request, with the comment's job after it. */
  judge(number: number, action?: string): Promise<GateRun>;
  /** Starts the gate for one pull request, or for all of some branches, as a person or a workflow does. */
  dispatch(inputs?: { readonly pull?: string; readonly branches?: string }): Promise<GateRun>;
}

export async function openGateWorld(rules: string = NAMED): Promise<GateWorld> {
  const world = openCosignWorld({ rules });
  const github = new GithubServer(world.server);
  await github.listen();
  const gate: GateWorld["gate"] = async (event, payload, job, env = {}) => {
    const ran = await runGate(world, github, event, payload, job, env);
    const comments = ran.outputs["comments"];
    // The next job of the workflow.
    if (job === undefined && comments !== undefined) {
      const written = await runGate(world, github, event, payload, "comment", { INPUT_COMMENTS: comments });
      if (written.status !== 0) throw new Error(`the comment was not written: ${written.stdout}${written.stderr}`);
    }
    return ran;
  };
  return {
    ...world,
    github,
    senior: cloneFor(world, "ada", ADA, world.key),
    gate,
    judge(number, action = "synchronize") {
      const pull = github.pulls.get(number) ?? { number, base: "main", state: "open", title: "" };
      return gate("pull_request_target", pullEvent(action, { ...pull, head: github.headOf(number) }));
    },
    dispatch: (inputs = {}) => gate("workflow_dispatch", { ...example("workflow_dispatch"), inputs }),
    async [Symbol.asyncDispose]() {
      await github[Symbol.asyncDispose]();
      world[Symbol.dispose]();
    },
  };
}

async function runGate(
  { scratch }: CosignWorld,
  github: GithubServer,
  event: string,
  payload: object,
  job: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<GateRun> {
  const folder = mkdtempSync(join(scratch.dir, "runner-"));
  const temp = join(folder, "temp");
  mkdirSync(temp);
  copyFileSync(GATE_FILE, join(folder, "gate.mjs"));
  writeFileSync(join(folder, "event.json"), JSON.stringify(payload));
  const ended = await runProgramMeanwhile(join(folder, "gate.mjs"), job === undefined ? [] : [job], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      RUNNER_TEMP: temp,
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: join(folder, "event.json"),
      GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
      GITHUB_OUTPUT: join(folder, "outputs"),
      GITHUB_RUN_ID: "77",
      GITHUB_TOKEN: TOKEN,
      ...github.variables,
      ...env,
    },
  });
  const read = (name: string): string =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "";
  return { ...ended, summary: read("summary.md"), outputs: readOutputs(read("outputs")), folder };
}

/** Outputs as a runner reads them: `name<<END`, lines, `END`. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  for (const [, name = "", , value = ""] of text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)) outputs[name] = value;
  return outputs;
}
