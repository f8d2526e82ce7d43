import { randomUUID } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import { CountersignError } from "@countersign/core";
import { undecided } from "@countersign/core/internal";
import { formatGithub } from "@countersign/report";
import { type GithubEvent, readEvent } from "./event.ts";
import type { GithubAccess } from "./github.ts";

/** What a runner of GitHub Actions gives a program, and takes from it: by variables, files and standard output. */
export class Runner {
  readonly #env: NodeJS.ProcessEnv;
  readonly #print: (text: string) => void;

  constructor(env: NodeJS.ProcessEnv, print: (text: string) => void) {
    this.#env = env;
    this.#print = print;
  }

  /** An input of the action; a step of a workflow sets the same variable. */
  input(name: string): string | undefined {
    return this.#env[`INPUT_${name.toUpperCase()}`]?.trim() || undefined;
  }

  /** The repository that the run belongs to. */
  get access(): GithubAccess {
    return {
      api: this.#require("GITHUB_API_URL"),
      server: this.#require("GITHUB_SERVER_URL"),
      repository: this.#require("GITHUB_REPOSITORY"),
      token: this.#token,
      folder: this.#env["RUNNER_TEMP"],
      run: this.url,
    };
  }

  get event(): GithubEvent {
    const name = this.#require("GITHUB_EVENT_NAME");
    return readEvent(name, readFileSync(this.#require("GITHUB_EVENT_PATH"), "utf8"));
  }

  /** The page of the run. */
  get url(): string | undefined {
    const id = this.#env["GITHUB_RUN_ID"];
    return id && `${this.#require("GITHUB_SERVER_URL")}/${this.#require("GITHUB_REPOSITORY")}/actions/runs/${id}`;
  }

  /** The variables without the token, by whatever name. */
  get environment(): NodeJS.ProcessEnv {
    return Object.fromEntries(Object.entries(this.#env).filter(([, value]) => value !== this.#token));
  }

  print(...lines: readonly string[]): void {
    for (const line of lines) this.#print(`${line}\n`);
  }

  /** Shows a failure as an annotation of the run. */
  fail(error: CountersignError): void {
    this.print(...formatGithub(undecided(error)));
  }

  summarise(markdown: string): void {
    this.#append("GITHUB_STEP_SUMMARY", `${markdown}\n`);
  }

  /** Sets an output of the step. What ends it cannot be known to those who wrote parts of it. */
  output(name: string, value: string): void {
    const end = randomUUID();
    this.#append("GITHUB_OUTPUT", `${name}<<${end}\n${value}\n${end}\n`);
  }

  get #token(): string {
    return this.input("token") ?? this.#require("GITHUB_TOKEN");
  }

  #append(file: string, text: string): void {
    const path = this.#env[file];
    if (path) appendFileSync(path, text);
  }

  #require(name: string): string {
    const value = this.#env[name];
    if (value) return value;
    throw new CountersignError("FORGE_EVENT_UNFIT", {
      event: "of this run",
      problem: `the variable ${name} is not set`,
    });
  }
}
