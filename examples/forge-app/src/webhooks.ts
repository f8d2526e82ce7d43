import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { readGithubEvent } from "@countersign/action";
import { verify } from "@octokit/webhooks-methods";
import type { Work } from "./queue.ts";
import type { Settings } from "./settings.ts";

/** What a webhook asks for. */
export interface Wish {
  /** As in `github:acme/payments`. */
  readonly repository: string;
  readonly work: readonly Work[];
}

/** What a webhook is answered that asks for nothing, or may not. */
export type Refusal = 202 | 400 | 401;

const COMMAND = "/countersign";

/** Reads a webhook of GitHub, whose signature is over the body. */
export async function readGithub(
  headers: IncomingHttpHeaders,
  body: string,
  { githubSecret, ledger }: Settings,
): Promise<Wish | Refusal> {
  const signature = headers["x-hub-signature-256"];
  if (!githubSecret || typeof signature !== "string" || !(await verify(githubSecret, body, signature))) return 401;
  const repository = `github:${textAt(parse(body), "repository", "full_name")}`;
  const name = String(headers["x-github-event"]);
  let event: ReturnType<typeof readGithubEvent>;
  try {
    event = readGithubEvent(name, body);
  } catch {
    // A ping, or what this service was not asked to hear of.
    return 202;
  }
  switch (event.kind) {
    case "pull":
      return { repository, work: [{ kind: "request", number: event.number }] };
    case "comment":
      return event.body.includes(COMMAND) ? { repository, work: [{ kind: "request", number: event.number }] } : 202;
    case "queue": {
      const { headRef, head, base, defaultBranch } = event;
      return { repository, work: [{ kind: "queue", group: { headRef, head, base, defaultBranch } }] };
    }
    case "push":
      return { repository, work: pushed(event.ref, event.defaultBranch, ledger) };
    default:
      return 202;
  }
}

/** Reads a webhook of GitLab, which brings the secret itself. */
export function readGitlab(
  headers: IncomingHttpHeaders,
  body: string,
  { gitlabSecret, ledger }: Settings,
): Wish | Refusal {
  const token = headers["x-gitlab-token"];
  if (!gitlabSecret || typeof token !== "string" || !isSame(token, gitlabSecret)) return 401;
  const event = parse(body);
  if (event === undefined) return 400;
  const repository = `gitlab:${textAt(event, "project", "path_with_namespace")}`;
  switch (textAt(event, "object_kind")) {
    case "merge_request":
      return request(repository, valueAt(event, "object_attributes", "iid"));
    case "note":
      return textAt(event, "object_attributes", "note").includes(COMMAND)
        ? request(repository, valueAt(event, "merge_request", "iid"))
        : 202;
    case "push":
      return { repository, work: pushed(textAt(event, "ref"), textAt(event, "project", "default_branch"), ledger) };
    default:
      return 202;
  }
}

function request(repository: string, number: unknown): Wish | Refusal {
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 1) return 202;
  return { repository, work: [{ kind: "request", number }] };
}

/** What a push concerns: the requests for that branch; all, where co-signs or the policy arrive. */
function pushed(ref: string, defaultBranch: string, ledger: string): readonly Work[] {
  const branch = ref.replace(/^refs\/heads\//, "");
  return [{ kind: "open", branches: branch === ledger || branch === defaultBranch ? [] : [branch] }];
}

/** Takes as long whatever differs. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    found =
      typeof found === "object" && found !== null ? Object.getOwnPropertyDescriptor(found, name)?.value : undefined;
  }
  return found;
}

function textAt(value: unknown, ...path: readonly string[]): string {
  const found = valueAt(value, ...path);
  return typeof found === "string" ? found : "";
}
