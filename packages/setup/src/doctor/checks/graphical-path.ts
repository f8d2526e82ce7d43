import { isCountersignError } from "@countersign/core";
import { findProgram, pathFolders } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { type CheckResult, fine, problem } from "../check-result.ts";
import { pushFromClone, withCloneProbe } from "../hook/clone-probe.ts";
import { isProven } from "../hook/prove-hook.ts";
import type { Trial } from "../hook/trial.ts";

/** Graphical clients are not started by a shell: what its start-up files add to the PATH is missing in their hooks. */
export async function checkGraphicalPath(
  trial: Trial,
  node: string,
  least: string = "/usr/bin:/bin",
): Promise<readonly CheckResult[]> {
  if (process.platform === "win32") return [];
  if (findProgram("node", pathFolders({ PATH: least })) !== undefined) {
    return [fine(`graphical git clients find node as well, even with only ${least} on the PATH`)];
  }
  const hidden = (how: string): CheckResult => problem("NODE_HIDDEN", { path: least, node: escapeText(node), how });
  try {
    return await withCloneProbe(trial, async (probe) => {
      const push = await pushFromClone(trial, probe, probe.assisted, { ...trial.env, PATH: least });
      if (isProven(probe, push)) {
        return [
          fine(`the hook finds node by itself, even with only ${least} on the PATH, as in graphical git clients`),
        ];
      }
      return [hidden(push.status === 0 ? "the hook lets pushes through unjudged" : "the hook refuses every push")];
    });
  } catch (error) {
    if (!isCountersignError(error) || error.code !== "GIT_NOT_STARTED") throw error;
    return [hidden("node is not found, nor is git")];
  }
}
