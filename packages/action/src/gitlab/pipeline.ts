import { CountersignError, isObjectId, type ObjectId } from "@countersign/core";
import { branchRef } from "@countersign/core/internal";

/** What a pipeline is about, as its variables say. All that is judged is fetched; here are only names, and an id to compare. */
export type Pipeline =
  | {
      readonly kind: "request";
      readonly number: number;
      /** Where the source branch ended when the pipeline began. */
      readonly head: ObjectId;
      readonly base: string;
      /** Where it is to be merged, also where the pipeline runs in a fork. */
      readonly project: string;
    }
  | { readonly kind: "push"; readonly ref: string; readonly old: ObjectId; readonly new: ObjectId };

/** Reads the variables of a job. @throws `FORGE_EVENT_UNFIT`: what is empty must not have it find nothing to judge. */
export function readPipeline(env: NodeJS.ProcessEnv): Pipeline {
  const iid = env["CI_MERGE_REQUEST_IID"] ?? "";
  if (iid !== "" || env["CI_PIPELINE_SOURCE"] === "merge_request_event") {
    const number = /^[1-9]\d{0,8}$/.test(iid) ? Number(iid) : undefined;
    if (number === undefined) throw unfit(env, "CI_MERGE_REQUEST_IID is not the number of a merge request");
    return {
      kind: "request",
      number,
      // Empty if the pipeline is of the source branch alone; its commit is the one that was pushed then.
      head: idOf(
        env,
        env["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] ? "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA" : "CI_COMMIT_SHA",
      ),
      base: requireVariable(env, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"),
      project: requireVariable(env, "CI_MERGE_REQUEST_PROJECT_PATH"),
    };
  }
  const branch = env["CI_COMMIT_BRANCH"];
  if (!branch) throw unfit(env, "it is about no merge request and no branch");
  return {
    kind: "push",
    ref: branchRef(branch),
    old: idOf(env, "CI_COMMIT_BEFORE_SHA"),
    new: idOf(env, "CI_COMMIT_SHA"),
  };
}

/** A variable that GitLab sets in every job of its kind. @throws `FORGE_EVENT_UNFIT` */
export function requireVariable(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value) return value;
  throw unfit(env, `the variable ${name} is not set`);
}

function idOf(env: NodeJS.ProcessEnv, name: string): ObjectId {
  const value = requireVariable(env, name);
  if (isObjectId(value)) return value;
  throw unfit(env, `${name} is not an object id`);
}

function unfit(env: NodeJS.ProcessEnv, problem: string): CountersignError {
  return new CountersignError("FORGE_EVENT_UNFIT", { event: env["CI_PIPELINE_SOURCE"] || "of this job", problem });
}
