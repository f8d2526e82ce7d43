import { Api } from "./api.ts";
import { GithubForge } from "./github-forge.ts";
import type { Runner } from "./runner.ts";

/** The forge that a run belongs to. */
export function openForge(runner: Runner): GithubForge {
  return new GithubForge(new Api(runner.api), runner.repository, runner.source, runner.url);
}
