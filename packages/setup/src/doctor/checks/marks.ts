import { join } from "node:path";
import { MarkStore } from "@countersign/capture";
import { isCountersignError } from "@countersign/core";
import { commonDirOf, findGitDir, type GitContext } from "@countersign/git/internal";
import { type CheckResult, fine, found, problem } from "../check-result.ts";

/** Whether what agents reported of their edits can be read. */
export async function checkMarks(context: GitContext): Promise<readonly CheckResult[]> {
  const store = new MarkStore(commonDirOf(await findGitDir(context, undefined)));
  try {
    const all = store.list().length;
    const damaged = store.listDamaged();
    if (damaged.length > 0)
      return [problem("MARKS_DAMAGED", { files: damaged.map((name) => join(store.folder, name)) })];
    return all === 0 ? [] : [fine(`${all} ${all === 1 ? "mark" : "marks"} of agents' edits can be read`)];
  } catch (error) {
    if (isCountersignError(error)) return [found(error, "wrong")];
    throw error;
  }
}
