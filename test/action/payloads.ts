import definitions from "@octokit/webhooks-examples" with { type: "json" };
import type { Repo } from "../rig/repository/repo.ts";

/** What of a recorded example is a test's own. */
export interface PullFacts {
  readonly number: number;
  readonly base: string;
  readonly head: string;
  readonly state: string;
  readonly title: string;
  readonly settings?: Readonly<Record<string, boolean>>;
}

// biome-ignore lint/suspicious/noExplicitAny: recorded JSON
type Recorded = any;

/** A recorded payload, which may be changed. */
export function example(name: string, action?: string): Recorded {
  const definition = (definitions as unknown as readonly Recorded[]).find((each) => each.name === name);
  const found = definition?.examples.find((each: Recorded) => action === undefined || each.action === action);
  if (!found) throw new Error(`there is no recorded ${name} ${action ?? ""}`);
  return structuredClone(found);
}

/** A pull request as GitHub shows it, recorded but for these facts. */
export function examplePull({ number, base, head, state, title, settings = {} }: PullFacts): Recorded {
  const { pull_request: pull } = example("pull_request", "opened");
  Object.assign(pull, { number, state, title });
  pull.base.ref = base;
  pull.head.sha = head;
  pull.base.repo.default_branch = "main";
  const ways = { allow_merge_commit: true, allow_squash_merge: true, allow_rebase_merge: true };
  Object.assign(pull.base.repo, ways, settings);
  return pull;
}

/** An approval as the API shows it. */
export function exampleReview(login: string, head: string, submitted: string): Recorded {
  const { review } = example("pull_request_review");
  const user = { ...review.user, login, id: 7001, type: "User" };
  return { ...review, user, state: "APPROVED", commit_id: head, submitted_at: submitted };
}

/** The payload of an event about a pull request. */
export function pullEvent(action: string, facts: PullFacts): Recorded {
  const payload = example("pull_request", action === "reopened" ? "reopened" : undefined);
  return { ...payload, action, number: facts.number, pull_request: examplePull(facts) };
}

/** The payload that follows a run of the workflow which a review starts. */
export function reviewedEvent(head: string): Recorded {
  const payload = example("workflow_run");
  // As for a pull request from a fork.
  Object.assign(payload.workflow_run, { event: "pull_request_review", head_sha: head, pull_requests: [] });
  return payload;
}

/** The payload of a push that happened. */
export function landedEvent(
  ref: string,
  { before, after }: { readonly before: string; readonly after: string },
): Recorded {
  const payload = example("push");
  Object.assign(payload, { ref, before, after });
  payload.repository.default_branch = "main";
  return payload;
}

/** The payload of a comment on a pull request. */
export function commentEvent(number: number, body: string, isPull = true): Recorded {
  const payload = example("issue_comment", "created");
  payload.issue.number = number;
  if (isPull) payload.issue.pull_request = { url: "" };
  else delete payload.issue.pull_request;
  payload.comment.body = body;
  return payload;
}

/** The payload by which a merge queue asks for a verdict on a group, and the ref that it keeps the group under. */
export function queueEvent(server: Repo, head: string, number: number, base = "main"): Recorded {
  const payload = example("merge_group");
  const headRef = `refs/heads/gh-readonly-queue/${base}/pr-${number}-${server.oid(`refs/heads/${base}`)}`;
  server.git(["update-ref", headRef, head]);
  // The other fields stay those of the recording, as stale as they are.
  Object.assign(payload.merge_group, { head_sha: head, head_ref: headRef, base_ref: `refs/heads/${base}` });
  payload.repository.default_branch = "main";
  return payload;
}
