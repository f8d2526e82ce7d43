import { CountersignError } from "@countersign/core";
import { readInstalledHook } from "@countersign/git/internal";
import { apply } from "../files/apply.ts";
import { readJournal, writeJournal } from "../files/journal.ts";
import type { Plan } from "../files/plan.ts";
import type { Surroundings } from "../surroundings.ts";

/** Does what was planned. Either all of it is done and noted for `uninstall`, or nothing is left of it. */
export async function applyInit(surroundings: Surroundings, plan: Plan): Promise<void> {
  const { root, commonDir } = surroundings;
  const former = readJournal(commonDir);
  try {
    await apply(surroundings, plan.steps(), {
      note: (entries) => writeJournal(commonDir, [...former, { root, entries }]),
      prove: () => requireHook(surroundings, plan),
    });
  } catch (error) {
    writeJournal(commonDir, former);
    throw error;
  }
}

/** The point of it all: git must find a hook for pushes now, unless it was said that a program is still missing. */
async function requireHook({ context }: Surroundings, plan: Plan): Promise<void> {
  const hook = await readInstalledHook(context, "pre-push");
  if (hook !== "" || plan.missing.length > 0) return;
  const said = "git finds no hook pre-push (is HUSKY=0 set?)";
  throw new CountersignError("MANAGER_FAILED", { command: "countersign init", end: "no hook in place", said });
}
