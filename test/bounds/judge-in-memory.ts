import { type Decision, judgePush, type ObjectId, readPolicy } from "@countersign/core";
import { MemoryRepository } from "../rig/repository/memory-repository.ts";

export const NOW = Date.parse("2026-11-23T10:00:00Z") / 1000;

/** A repository of which main has a policy, and nothing else yet. */
export function startWith(policy: string): { readonly repository: MemoryRepository; readonly main: ObjectId } {
  const repository = new MemoryRepository();
  return { repository, main: repository.add("Start\n", { files: { "countersign.config.yaml": policy } }) };
}

/** The decision over a push to main, which stood at `main`. */
export async function judge(repository: MemoryRepository, main: ObjectId, tip: ObjectId): Promise<Decision> {
  const policy = await readPolicy(repository, { ref: "refs/heads/main", commit: main });
  const destination = { branches: new Map([["main", main]]), defaultBranch: "main", aliases: new Map() };
  return judgePush(repository, {
    updates: [{ ref: "refs/heads/main", old: main, new: tip }],
    destination,
    policy,
    now: NOW,
  });
}

/** The codes of all that is wrong, or in doubt. */
export function codesOf({ updates }: Decision): readonly string[] {
  return updates.flatMap(({ judged, violations, faults }) =>
    [...judged.flatMap((verdict) => verdict.violations), ...violations, ...faults].map(({ code }) => code),
  );
}
