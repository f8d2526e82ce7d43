import { createHash } from "node:crypto";
import { join } from "node:path";
import { type Gate, github, gitlab, openGate } from "@countersign/action";

/** What the service was started with. */
export interface Settings {
  readonly port: number;
  /** The branch that co-signs arrive on: a push there may concern every open request. */
  readonly ledger: string;
  readonly githubSecret: string | undefined;
  readonly gitlabSecret: string | undefined;
  /** The gates of the repositories that it serves, as in `github:acme/payments`. */
  readonly gates: ReadonlyMap<string, Gate>;
}

const NEXT = "The check runs again when the co-sign arrives; a comment `/countersign` starts it too.";

/** Reads the settings from the environment. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const folder = env["FOLDER"] ?? "countersign-repositories";
  const gates = new Map<string, Gate>();
  const open = (name: string, forge: Parameters<typeof openGate>[0]["forge"]): void => {
    // Names of repositories hold what names of folders cannot.
    const own = join(folder, createHash("sha256").update(name).digest("hex").slice(0, 32));
    gates.set(name, openGate({ forge, folder: own, next: NEXT, env }));
  };
  for (const repository of namesIn(env["GITHUB_REPOSITORIES"])) {
    const api = env["GITHUB_API_URL"] ?? "https://api.github.com";
    const server = env["GITHUB_SERVER_URL"] ?? "https://github.com";
    open(`github:${repository}`, github({ api, server, repository, token: need(env, "GITHUB_TOKEN") }));
  }
  for (const project of namesIn(env["GITLAB_PROJECTS"])) {
    const server = env["GITLAB_SERVER_URL"] ?? "https://gitlab.com";
    open(`gitlab:${project}`, gitlab({ server, project, token: need(env, "GITLAB_TOKEN") }));
  }
  if (gates.size === 0) throw new Error("neither GITHUB_REPOSITORIES nor GITLAB_PROJECTS names a repository");
  return {
    port: Number(env["PORT"] ?? 8080),
    ledger: env["LEDGER"] ?? "countersign/ledger",
    githubSecret: env["GITHUB_REPOSITORIES"] ? need(env, "GITHUB_WEBHOOK_SECRET") : undefined,
    gitlabSecret: env["GITLAB_PROJECTS"] ? need(env, "GITLAB_WEBHOOK_SECRET") : undefined,
    gates,
  };
}

function namesIn(list = ""): readonly string[] {
  return list.split(/[\s,]+/).filter(Boolean);
}

function need(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`the variable ${name} is not set`);
  return value;
}
