import { CountersignError, type ObjectId } from "@countersign/core";
import { branchRef } from "@countersign/core/internal";
import * as v from "valibot";
import { number, oid } from "../api/answer.ts";

/** What the gate was started for. Of what an event says only names are taken; all else is asked for, and fetched. */
export type GithubEvent =
  | { readonly kind: "pull"; readonly number: number }
  | { readonly kind: "comment"; readonly number: number; readonly body: string }
  | {
      readonly kind: "queue";
      readonly headRef: string;
      readonly head: ObjectId;
      readonly base: string;
      readonly defaultBranch: string;
    }
  | {
      readonly kind: "push";
      readonly ref: string;
      readonly old: ObjectId;
      readonly new: ObjectId;
      readonly defaultBranch: string;
    }
  /** Something happened to the pull requests of a commit. */
  | { readonly kind: "head"; readonly head: ObjectId }
  | { readonly kind: "dispatch"; readonly number: number | undefined; readonly branches: readonly string[] }
  /** It is about nothing that is judged. */
  | { readonly kind: "nothing"; readonly why: string };

const repository = v.object({ default_branch: v.string() });
const branchOf = v.pipe(
  v.string(),
  v.transform((ref) => (ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : ref)),
);

const pull = v.pipe(
  v.object({ pull_request: v.object({ number }) }),
  v.transform(({ pull_request }): GithubEvent => ({ kind: "pull", number: pull_request.number })),
);

const comment = v.pipe(
  v.object({
    issue: v.object({ number, pull_request: v.optional(v.unknown()) }),
    comment: v.object({ body: v.nullish(v.string(), "") }),
  }),
  v.transform(({ issue, comment: { body } }): GithubEvent => {
    if (issue.pull_request === undefined) return { kind: "nothing", why: "the comment is on no pull request" };
    return { kind: "comment", number: issue.number, body: body ?? "" };
  }),
);

const queue = v.pipe(
  v.object({ merge_group: v.object({ head_sha: oid, head_ref: v.string(), base_ref: branchOf }), repository }),
  v.transform(({ merge_group: { head_sha, head_ref, base_ref }, repository: { default_branch } }): GithubEvent => {
    const headRef = head_ref.startsWith("refs/") ? head_ref : branchRef(head_ref);
    return { kind: "queue", headRef, head: head_sha, base: base_ref, defaultBranch: default_branch };
  }),
);

const push = v.pipe(
  v.object({ ref: v.string(), before: oid, after: oid, repository }),
  v.transform(({ ref, before, after, repository: { default_branch } }): GithubEvent => {
    if (!ref.startsWith("refs/heads/")) return { kind: "nothing", why: "no branch was pushed" };
    if (/^0+$/.test(after)) return { kind: "nothing", why: "the branch was deleted" };
    return { kind: "push", ref, old: before, new: after, defaultBranch: default_branch };
  }),
);

/** Names of branches are separated by blanks, which none can hold. */
const dispatch = v.pipe(
  v.object({ inputs: v.nullish(v.object({ pull: v.optional(v.string(), ""), branches: v.optional(v.string(), "") })) }),
  v.check(({ inputs }) => /^(?:[1-9]\d{0,9})?$/.test(inputs?.pull ?? ""), "the input pull is not a number"),
  v.transform(({ inputs }): GithubEvent => {
    const branches = (inputs?.branches ?? "").split(/\s+/).filter(Boolean);
    const named = inputs?.pull ? Number(inputs.pull) : undefined;
    return { kind: "dispatch", number: named, branches: branches.map((name) => v.parse(branchOf, name)) };
  }),
);

/** The workflow ran as a pull request has it: that it ran for a review of a commit is all that is taken from it. */
const run = v.pipe(
  v.object({ workflow_run: v.object({ event: v.string(), head_sha: oid }) }),
  v.transform(({ workflow_run: { event, head_sha } }): GithubEvent => {
    if (event !== "pull_request_review") return { kind: "nothing", why: "the workflow did not run for a review" };
    return { kind: "head", head: head_sha };
  }),
);

const EVENTS: Readonly<Record<string, v.GenericSchema<unknown, GithubEvent>>> = {
  pull_request_target: pull,
  pull_request: pull,
  pull_request_review: pull,
  issue_comment: comment,
  merge_group: queue,
  push,
  workflow_dispatch: dispatch,
  workflow_run: run,
};

/** Reads an event. @throws `FORGE_EVENT_UNFIT` */
export function readEvent(name: string, payload: string): GithubEvent {
  const schema = Object.hasOwn(EVENTS, name) ? EVENTS[name] : undefined;
  if (!schema) throw unfit(name, "it names no pull request, merge queue or push");
  let json: unknown;
  try {
    json = JSON.parse(payload);
  } catch {
    throw unfit(name, "its payload is not JSON");
  }
  const read = v.safeParse(schema, json);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw unfit(name, [v.getDotPath(issue), issue.message].filter(Boolean).join(": "));
}

function unfit(event: string, problem: string): CountersignError {
  return new CountersignError("FORGE_EVENT_UNFIT", { event, problem });
}
