import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CountersignError, type Decision } from "@countersign/core";
import { MERGE_WAYS, type MergeWay } from "@countersign/core/internal";
import { decisionToGitlab, formatJunit } from "@countersign/report";
import type { Forge, Source } from "../gate/forge.ts";
import type { GateRepository } from "../gate/gate-repository.ts";
import { GitForge } from "./git-forge.ts";
import { gitlab, sourceOf } from "./gitlab.ts";
import { type Pipeline, readPipeline, requireVariable } from "./pipeline.ts";

/** Where GitLab finds what it shows of a job beside its log, below the project's folder. */
const JUNIT = "countersign-junit.xml";
const CODE_QUALITY = "countersign-quality.json";

/** What a runner of GitLab gives a job, and takes from it: by variables, files and standard output. */
export class Runner {
  readonly pipeline: Pipeline;
  readonly environment: NodeJS.ProcessEnv;
  readonly #print: (text: string) => void;

  /** @throws `FORGE_EVENT_UNFIT` */
  constructor(env: NodeJS.ProcessEnv, print: (text: string) => void) {
    this.environment = env;
    this.#print = print;
    this.pipeline = readPipeline(env);
  }

  /** Where is fetched from, also in a pipeline of a fork: the project that it is to be merged into. */
  get source(): Source {
    const server = requireVariable(this.environment, "CI_SERVER_URL");
    return sourceOf(
      { server, project: this.#project, folder: tmpdir() },
      `gitlab-ci-token:${requireVariable(this.environment, "CI_JOB_TOKEN")}`,
    );
  }

  /** The forge as far as this job may ask it: what a job's own token may do is to fetch. */
  openForge(place: GateRepository, base: string): Forge {
    const token = this.environment["COUNTERSIGN_TOKEN"];
    if (!token) return new GitForge(place, this.source, base, this.#ways);
    return this.#openApi(token);
  }

  #openApi(token: string): Forge {
    const server = requireVariable(this.environment, "CI_SERVER_URL");
    return gitlab({ server, api: this.environment["CI_API_V4_URL"], project: this.#project, token, run: this.url });
  }

  /** The private key of a witness of the policy, where it is to write approvals down, and the forge to ask for them. */
  openWitness(): { readonly key: string; readonly forge: Forge } | undefined {
    const [key, token] = [this.environment["COUNTERSIGN_WITNESS_KEY"], this.environment["COUNTERSIGN_TOKEN"]];
    return key && token ? { key, forge: this.#openApi(token) } : undefined;
  }

  /** The page of the job. */
  get url(): string | undefined {
    return this.environment["CI_JOB_URL"] || undefined;
  }

  print(...lines: readonly string[]): void {
    for (const line of lines) this.#print(`${line}\n`);
  }

  /** Writes what GitLab shows beside the changes and in the list of tests. */
  report(decision: Decision): void {
    this.#write(JUNIT, formatJunit(decision));
    this.#write(CODE_QUALITY, `${JSON.stringify(decisionToGitlab(decision))}\n`);
  }

  /** The runner may have kept files of jobs before, and links among them. */
  #write(name: string, text: string): void {
    const path = join(requireVariable(this.environment, "CI_PROJECT_DIR"), name);
    rmSync(path, { force: true });
    writeFileSync(path, text, { flag: "wx" });
  }

  get #project(): string {
    return this.pipeline.kind === "request"
      ? this.pipeline.project
      : requireVariable(this.environment, "CI_PROJECT_PATH");
  }

  /** The ways of merging that the job's owner says the project leaves open, as the options of `countersign check` name them. */
  get #ways(): readonly MergeWay[] | undefined {
    const names = (this.environment["COUNTERSIGN_MERGE"] ?? "").split(/\s+/).filter(Boolean);
    const ways = MERGE_WAYS.filter((way) => names.includes(way));
    if (ways.length === new Set(names).size) return ways.length > 0 ? ways : undefined;
    const problem = `the variable COUNTERSIGN_MERGE names other ways of merging than ${MERGE_WAYS.join(", ")}`;
    throw new CountersignError("FORGE_EVENT_UNFIT", { event: "of this job", problem });
  }
}
