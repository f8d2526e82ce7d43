import { CountersignError } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";
import { asMissingObject } from "./missing-object.ts";

/** A context in which git keeps to the boundary of a shallow clone. */
export function withBoundary(context: GitContext): GitContext {
  return { ...context, env: { ...context.env, GIT_SHALLOW_FILE: undefined } };
}

/** The answer, or why there is none where git walked into something that is missing. */
export async function explained<Answer>(context: GitContext, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw await explainMissing(context, error);
  }
}

/** A walk that failed in a shallow clone failed at its boundary; elsewhere an object is lost, or git broke. */
export async function explainMissing(context: GitContext, error: unknown): Promise<unknown> {
  if (!(error instanceof CountersignError) || error.code !== "GIT_FAILED") return error;
  const shallow = await git(withBoundary(context), ["rev-parse", "--is-shallow-repository"]).catch(() => undefined);
  if (shallow?.output.trim() === "true") return new CountersignError("HISTORY_SHALLOW", {}, { cause: error });
  return asMissingObject(error);
}
