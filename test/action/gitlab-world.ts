import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { gitlabJob } from "../../packages/setup/src/ci/gitlab-job.ts";
import { cloneFor, NAMED } from "../cosign/clones.ts";
import { ADA, type CosignWorld, openCosignWorld } from "../cosign/cosign-world.ts";
import type { Run } from "../rig/process/run.ts";
import { runMeanwhile } from "../rig/process/run-meanwhile.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { GATE_FILE } from "../rig/suite/bins.ts";
import { GitlabServer, JOB_TOKEN, PROJECT } from "./gitlab-server.ts";

/** What a job left behind. */
export interface JobRun extends Run {
  /** The reports that GitLab reads, by name. */
  readonly reports: Readonly<Record<string, string>>;
}

/** A team with a policy that wants signatures, a GitLab with the gate on its default branch, and a runner. */
export interface GitlabWorld extends CosignWorld, AsyncDisposable {
  readonly gitlab: GitlabServer;
  readonly senior: Repo;
  /** Runs the script that init writes, as a runner does, with what is on it: git and node. */
  job(variables: NodeJS.ProcessEnv): Promise<JobRun>;
  /** The same for a pipeline of a merge request as it is. */
  judge(iid: number, variables?: NodeJS.ProcessEnv): Promise<JobRun>;
}

const SCRIPT: string = parse(gitlabJob({ stage: "test", image: "node:22" })).countersign.script.join("\n");

export async function openGitlabWorld(rules: string = NAMED): Promise<GitlabWorld> {
  const world = openCosignWorld({ rules });
  const { server, dev, scratch } = world;
  dev.commit("Bring in the gate\n", { files: { ".gitlab/countersign/gate.mjs": readFileSync(GATE_FILE, "utf8") } });
  dev.git(["push", "-q", "--no-verify", "origin", "main"]);
  const gitlab = new GitlabServer(server);
  await gitlab.listen();
  const job: GitlabWorld["job"] = async (variables) => {
    const folder = mkdtempSync(join(scratch.dir, "runner-"));
    const build = join(folder, "build");
    mkdirSync(build);
    const ended = await runMeanwhile("sh", ["-c", SCRIPT], {
      cwd: build,
      env: {
        PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`,
        HOME: folder,
        TMPDIR: folder,
        CI: "true",
        GITLAB_CI: "true",
        CI_SERVER_URL: gitlab.url,
        CI_API_V4_URL: `${gitlab.url}/api/v4`,
        CI_JOB_TOKEN: JOB_TOKEN,
        CI_PROJECT_DIR: build,
        CI_PROJECT_PATH: PROJECT,
        ...variables,
      },
    });
    const names = ["countersign-junit.xml", "countersign-quality.json"].filter((name) => existsSync(join(build, name)));
    return {
      ...ended,
      reports: Object.fromEntries(names.map((name) => [name, readFileSync(join(build, name), "utf8")])),
    };
  };
  return {
    ...world,
    gitlab,
    senior: cloneFor(world, "ada", ADA, world.key),
    job,
    judge: (iid, variables = {}) =>
      job({
        CI_PIPELINE_SOURCE: "merge_request_event",
        CI_MERGE_REQUEST_EVENT_TYPE: "detached",
        CI_MERGE_REQUEST_IID: String(iid),
        CI_MERGE_REQUEST_PROJECT_PATH: PROJECT,
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME: gitlab.requests.get(iid)?.target ?? "main",
        CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: "",
        CI_MERGE_REQUEST_TARGET_BRANCH_SHA: "",
        CI_COMMIT_SHA: gitlab.headOf(iid),
        CI_COMMIT_BEFORE_SHA: "0".repeat(40),
        ...variables,
      }),
    async [Symbol.asyncDispose]() {
      await gitlab[Symbol.asyncDispose]();
      world[Symbol.dispose]();
    },
  };
}
