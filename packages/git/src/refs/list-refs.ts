import { parseObjectId, type RefTip } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";
import { withNamespace, withoutNamespace } from "./namespace.ts";

/** The refs below a prefix, with what each symbolic one stands for. One that leads nowhere is not listed. */
export async function listRefs(context: GitContext, prefix: string): Promise<readonly RefTip[]> {
  const format = "--format=%(objectname) %(refname) %(symref)";
  const { output } = await git(context, ["for-each-ref", format, "--", withNamespace(context, prefix)]);
  const tips: RefTip[] = [];
  for (const line of output.split("\n")) {
    if (line === "") continue;
    const [oid = "", name = "", target = ""] = line.split(" ");
    tips.push({
      name: withoutNamespace(context, name),
      oid: parseObjectId(oid),
      ...(target === "" ? {} : { target: withoutNamespace(context, target) }),
    });
  }
  return tips;
}
