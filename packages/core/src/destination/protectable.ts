import { CountersignError } from "../error.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Glob } from "../policy/glob/glob.ts";
import { type PolicyDoubt, type PolicyPlace, readPolicy, readProtectedBranches } from "../policy/in-force.ts";
import { POLICY_FILES } from "../policy/policy-files.ts";
import type { Repository } from "../repository.ts";

/** How far back a readable policy is looked for. A damaged one is found by the next push of anyone, and is seldom old. */
const STEPS = 1000;

/**
 * Which branches a policy that cannot be read may protect: the default one, those that the last readable policy on its
 * line of first parents protects, and those that the damaged file still names. Where neither says anything, it may be any.
 */
export async function findProtectable(
  repository: Repository,
  { commit }: PolicyPlace,
  defaultBranch: string | undefined,
): Promise<PolicyDoubt["mayProtect"]> {
  const named = await readProtectedBranches(repository, await repository.rootEntries(commit, POLICY_FILES));
  const last = await findLastReadable(repository, commit);
  if (last === "not here" || !(named || last)) return () => true;
  const globs = [...(named ?? []), ...(last ?? [])];
  return (branch) => branch === defaultBranch || globs.some((glob) => glob.matches(branch));
}

/** What the last readable policy before a commit protects; undefined if the branch never had one. */
async function findLastReadable(
  repository: Repository,
  start: ObjectId,
): Promise<readonly Glob[] | "not here" | undefined> {
  let damaged: string | undefined;
  let commit: ObjectId | undefined = start;
  for (let step = 0; commit !== undefined; step += 1) {
    if (step === STEPS || !(await repository.peelToCommit(commit))) return "not here";
    const text = JSON.stringify(await repository.rootEntries(commit, POLICY_FILES));
    if (text !== damaged) {
      const policy = await readPolicy(repository, { commit, ref: commit }).catch((error: unknown) => {
        if (!(error instanceof CountersignError)) throw error;
        return undefined;
      });
      if (policy) return policy.policy.protect.flatMap(({ branches }) => branches);
      damaged = text;
    }
    [commit] = parseCommit(await repository.commit(commit)).parents;
  }
  return undefined;
}
