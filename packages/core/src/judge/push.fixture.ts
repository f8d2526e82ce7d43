import { type ObjectId, zeroOid } from "../object/oid.ts";
import { readPolicy } from "../policy/in-force.ts";
import { branchRef, type RefUpdate } from "../ref.ts";
import type { Repository } from "../repository.ts";
import type { Decision } from "./decision.ts";
import { judgePush } from "./judge-push.ts";

export const FILE = "countersign.config.yaml";
export const AI = "Retry uploads\n\nAssisted-by: Kiro:claude-opus-5\n";
export const COSIGN = "Co-signed-by: Ada Lovelace <ada@acme.example>\n";
export const VOUCHED = `${AI}${COSIGN}`;

/** A policy that protects these entries; typed co-signs do. */
export function policyOf(...entries: readonly string[]): string {
  return `version: 1
people:
  - { name: Ada Lovelace, emails: [ada@acme.example], level: senior }
  - { name: Grace Hopper, emails: [grace@acme.example], level: senior }
protect:
${entries.map((entry) => `  - ${entry}\n`).join("")}cosign: { proof: declared }
`;
}

/** What is pushed, or asked about beforehand, and to where. */
export interface MemoryPush {
  /** Tips by short name, before the push. The policy is that of `main`. */
  readonly branches: Readonly<Record<string, ObjectId>>;
  /** New tips by short name. */
  readonly push: Readonly<Record<string, ObjectId>>;
  /** Whether it is a question, as CI asks it. */
  readonly asked?: boolean;
  readonly since?: ObjectId;
}

export async function judgeMemory(
  repository: Repository,
  { branches, push, asked = false, since }: MemoryPush,
): Promise<Decision> {
  const known = new Map(Object.entries(branches));
  const { main } = branches;
  if (!main) throw new Error("every destination here has a main");
  const policy = await readPolicy(repository, { ref: branchRef("main"), commit: main });
  const updates = Object.entries(push).map(([branch, tip]): RefUpdate => {
    return { ref: branchRef(branch), old: known.get(branch) ?? zeroOid("sha1"), new: tip };
  });
  const destination = { branches: known, defaultBranch: "main", aliases: new Map() };
  return judgePush(repository, { updates, destination, policy, merging: asked, since });
}

/** The codes of all that is wrong, an update's own first. */
export function codesOf({ updates }: Decision): readonly string[] {
  return updates.flatMap(({ violations, judged, faults }) => [
    ...faults.map(({ code }) => code),
    ...violations.map(({ code }) => code),
    ...judged.flatMap((verdict) => verdict.violations.map(({ code }) => code)),
  ]);
}
