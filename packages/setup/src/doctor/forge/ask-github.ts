import { fieldsOf, itemsOf, type MergeRule, textOf, waysAllowed, waysUnder } from "@countersign/core/internal";
import type { RemoteAddress } from "@countersign/git/internal";
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
  /** The paths of the workflows that an organisation's ruleset has run for it. */
  readonly workflows: readonly string[];
  readonly squash: boolean;
}

/** Nobody waits longer for advice. */
const ANSWER_MS = 5_000;

/** The token by which GitHub may be asked about the repository at an address; undefined if it may not, or if the address is not GitHub's. */
export function findAccess({ host, project }: RemoteAddress, env: NodeJS.ProcessEnv): GithubAccess | undefined {
  const server = env["GITHUB_SERVER_URL"] ?? "https://github.com";
  const token = env["GH_TOKEN"] || env["GITHUB_TOKEN"];
  if (!token || project === undefined || host.toLowerCase() !== hostOf(server)) return undefined;
  return { api: env["GITHUB_API_URL"] ?? "https://api.github.com", repository: project, token };
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
  const [repository, protection, found] = await Promise.all(
    [base, `${base}/branches/${name}`, `${base}/rules/branches/${name}?per_page=100`].map((path) =>
      ask(access, path, signal),
    ),
  );
  const rules = itemsOf(found).map((rule) => fieldsOf(rule) ?? {});
  return {
    required: [...checksOfProtection(protection), ...rules.flatMap(checksOf)],
    workflows: rules.flatMap(workflowsOf),
    squash: waysUnder(rules.map(toMergeRule), waysAllowed(fieldsOf(repository) ?? {})).includes("squash"),
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** The checks of the older protection, which stands at the branch itself. */
function checksOfProtection(branch: unknown): readonly string[] {
  const checks = fieldsOf(fieldsOf(fieldsOf(branch)?.["protection"])?.["required_status_checks"]);
  return textsOf(checks?.["contexts"]);
}

function checksOf({ type, parameters }: Fields): readonly string[] {
  if (type !== "required_status_checks") return [];
  return textsOf(itemsOf(fieldsOf(parameters)?.[type]).map((check) => fieldsOf(check)?.["context"]));
}

function workflowsOf({ type, parameters }: Fields): readonly string[] {
  if (type !== "workflows") return [];
  return textsOf(itemsOf(fieldsOf(parameters)?.[type]).map((workflow) => fieldsOf(workflow)?.["path"]));
}

function toMergeRule({ type, parameters }: Fields): MergeRule {
  const { allowed_merge_methods: methods, merge_method: method } = fieldsOf(parameters) ?? {};
  return {
    type: textOf(type) ?? "",
    parameters: {
      allowed_merge_methods: Array.isArray(methods) ? textsOf(methods) : undefined,
      merge_method: textOf(method),
    },
  };
}

function textsOf(value: unknown): readonly string[] {
  return itemsOf(value).flatMap((item) => textOf(item) ?? []);
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
