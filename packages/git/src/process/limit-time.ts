import { readValueSync } from "../config.ts";
import { forOwnSettings, type GitContext } from "./context.ts";
import { TimeLimit } from "./time-limit.ts";

/** The setting that says how many seconds judging may take. */
const SETTING = "countersign.timeout";

/** The same place for work that must come to an end: after so many seconds, unless others are set there. */
export function limitTime(context: GitContext, seconds: number): GitContext {
  // The question itself must end too.
  const asking = withLimit(context, new TimeLimit(seconds));
  return withLimit(context, new TimeLimit(seconds, () => readValueSync(forOwnSettings(asking), SETTING)));
}

function withLimit(context: GitContext, limit: TimeLimit): GitContext {
  return { ...context, limit, signal: limit.signal };
}
