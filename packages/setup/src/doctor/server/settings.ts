import { type GitContext, readSwitch } from "@countersign/git/internal";
import { type Finding, fine, problem } from "../finding.ts";

const GUARDS = ["receive.denyNonFastForwards", "receive.denyDeletes", "receive.fsckObjects"];

/** What a server's own settings guard beside the hook. */
export async function checkSettings(context: GitContext): Promise<readonly Finding[]> {
  const required = await readSwitch(context, "countersign.required");
  const guards = await Promise.all(
    GUARDS.map(async (name) => ({ name, on: (await readSwitch(context, name)) === true })),
  );
  const off = guards.filter(({ on }) => !on).map(({ name }) => name);
  const on = guards.filter((guard) => guard.on).map(({ name }) => name);
  if (required === true) on.unshift("countersign.required");
  return [
    ...(on.length === 0 ? [] : [fine(`set: ${on.join(", ")}`)]),
    ...(required === true ? [] : [problem("POLICY_NOT_REQUIRED", {})]),
    ...(off.length === 0 ? [] : [problem("SERVER_LENIENT", { settings: off })]),
  ];
}
