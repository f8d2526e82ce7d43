import type { Circumstances } from "../circumstances.ts";

/** A repository on GitHub that can be asked about. */
export interface GithubAccess {
  /** The address of the REST API. */
  readonly api: string;
  /** Owner and name. */
  readonly repository: string;
  readonly token: string;
}

/** What is in force on a branch, as far as it bears on what may be merged into it. */
export interface BranchRules {
  /** The names of the checks that it requires. */
  readonly required: readonly string[];
  /** Whether an organisation's ruleset has workflows of its own run for it. */
  readonly workflows: boolean;
  readonly squash: boolean;
}

/** Nobody waits longer for advice. */
const ANSWER_MS = 5_000;

const ADDRESS =
  /^(?:https?:\/\/(?:[^@/]*@)?|ssh:\/\/(?:[^@/]*@)?|[^@/:]*@)([^/:]+)(?::\d+)?[/:]([^/]+\/[^/]+?)(?:\.git)?\/?$/;

/** By which right GitHub may be asked about the repository at an address; undefined where it may not, or is somebody else. */
export function findAccess(address: string, env: NodeJS.ProcessEnv): GithubAccess | undefined {
  const [, host, repository] = ADDRESS.exec(address) ?? [];
  const server = env["GITHUB_SERVER_URL"] ?? "https://github.com";
  const token = env["GH_TOKEN"] || env["GITHUB_TOKEN"];
  if (!token || !repository || host?.toLowerCase() !== hostOf(server)) return undefined;
  return { api: env["GITHUB_API_URL"] ?? "https://api.github.com", repository, token };
}

function hostOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).hostname.toLowerCase() : undefined;
}

/** Asks for the rules of a branch: those that are in force on it, whatever a ruleset says that matches nothing. @throws an `Error` that says why they are not known. */
export async function askRules(
  access: GithubAccess,
  branch: string,
  signal: Circumstances["signal"],
): Promise<BranchRules> {
  const base = `/repos/${access.repository.split("/").map(encodeURIComponent).join("/")}`;
  const name = encodeURIComponent(branch);
  const [repository, protection, rules] = await Promise.all(
    [base, `${base}/branches/${name}`, `${base}/rules/branches/${name}`].map((path) => ask(access, path, signal)),
  );
  const checks = at(protection, "protection", "required_status_checks");
  const parameters = (type: string): readonly unknown[] =>
    listOf(rules).flatMap((rule) => (at(rule, "type") === type ? [at(rule, "parameters")] : []));
  const required = parameters("required_status_checks").flatMap((found) => listOf(at(found, "required_status_checks")));
  const methods = parameters("pull_request").map((found) => at(found, "allowed_merge_methods"));
  return {
    required: [...listOf(at(checks, "contexts")), ...required.map((check) => at(check, "context"))].filter(isText),
    workflows: parameters("workflows").length > 0,
    squash:
      at(repository, "allow_squash_merge") !== false &&
      methods.every((allowed) => !Array.isArray(allowed) || allowed.includes("squash")),
  };
}

async function ask({ api, token }: GithubAccess, path: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(`${api}${path}`, {
    headers: { accept: "application/vnd.github+json", authorization: `Bearer ${token}`, "user-agent": "countersign" },
    // The token is for this server alone.
    redirect: "error",
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
  });
  if (!response.ok) throw new Error(`GitHub answers ${response.status}`);
  return response.json();
}

function at(value: unknown, ...way: readonly string[]): unknown {
  let found = value;
  for (const key of way) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
