import type { ObjectId } from "@countersign/core";
import { readPolicy } from "@countersign/core";
import { type Audit, type AuditPlan, audit, branchRef, violationsOf } from "@countersign/core/internal";
import { type Rules, World } from "../landings/world.ts";

export const POLICY_FILE = "countersign.config.yaml";

/** A world whose main has its policy, from its second commit on. */
export function openAuditWorld(rules: Rules = {}): World {
  const w = new World({ "a.txt": "a\n" }, rules);
  w.main = w.commit(w.main, { [POLICY_FILE]: w.policyFile }, "policy\n");
  return w;
}

/** The policy that stands now, where it can be read. */
export function policyNow(w: World) {
  return readPolicy(w.repository, { ref: branchRef("main"), commit: w.main }).catch(() => undefined);
}

export async function auditWorld(w: World, asked: Partial<AuditPlan> = {}): Promise<Audit> {
  return audit(w.repository, { ...(await planOf(w)), ...asked });
}

/** The whole of main, as it is known now. */
export async function planOf(w: World): Promise<AuditPlan> {
  const branches = new Map([["main", w.main]]);
  if (w.ledger) branches.set("countersign/ledger", w.ledger);
  const policy = await policyNow(w);
  const destination = { branches, defaultBranch: "main", aliases: new Map() };
  return { branch: "main", tip: w.main, destination, policy, trial: false, now: w.now };
}

/** What is wrong with each landing, by its commit: the codes of the gate, then those of the audit. */
export function foundIn({ found }: Audit): ReadonlyMap<ObjectId, readonly string[]> {
  return new Map(
    found.map(({ verdict, findings }) => {
      const wrong = [...verdict.faults, ...violationsOf(verdict), ...findings];
      return [verdict.update.new, [...new Set(wrong.map(({ code }) => code))]];
    }),
  );
}
