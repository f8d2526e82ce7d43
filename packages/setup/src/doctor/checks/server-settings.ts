import { type GitContext, readSwitch } from "@countersign/git/internal";
import { type CheckResult, fine, problem } from "../check-result.ts";

const GUARDS = ["receive.denyNonFastForwards", "receive.denyDeletes", "receive.fsckObjects"];

/** What a server's own settings guard beside the hook. */
export async function checkSettings(context: GitContext): Promise<readonly CheckResult[]> {
  const guards = await Promise.all(
    GUARDS.map(async (name) => ({ name, on: (await readSwitch(context, name)) === true })),
  );
  const off = guards.filter(({ on }) => !on).map(({ name }) => name);
  const on = guards.filter((guard) => guard.on).map(({ name }) => name);
  return [
    ...(on.length === 0 ? [] : [fine(`set: ${on.join(", ")}`)]),
    ...(off.length === 0 ? [] : [problem("SERVER_LENIENT", { settings: off })]),
  ];
}
