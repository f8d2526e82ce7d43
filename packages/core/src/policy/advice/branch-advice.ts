import { asciiLowerCase } from "../../bytes.ts";
import { findSimilar } from "../../similar.ts";
import { covers, isLiteral } from "../glob/cover.ts";
import { compileGlob } from "../glob/glob.ts";
import { findProtection, isLedger, type Policy } from "../policy.ts";
import { type Advice, advice, type PolicySurroundings } from "./advice.ts";

/** Whether the policy guards the branches that it seems to guard. */
export function* adviseOnBranches(policy: Policy, surroundings: PolicySurroundings): Iterable<Advice> {
  const { defaultBranch, inForce, baselineKnown } = surroundings;
  const branches = surroundings.branches.filter((branch) => !isLedger(policy, branch));
  if (defaultBranch !== undefined && !findProtection(policy, defaultBranch)) {
    const patterns = policy.protect.flatMap((entry) => entry.branches.map(({ pattern }) => pattern));
    yield advice("DEFAULT_BRANCH_UNPROTECTED", ["protect"], { branch: defaultBranch, patterns });
  }
  if (defaultBranch !== undefined && inForce === false) {
    yield advice("POLICY_NOT_IN_FORCE", [], { branch: defaultBranch });
  }
  if (policy.baseline !== undefined && baselineKnown === false) {
    yield advice("BASELINE_UNKNOWN", ["baseline"], { baseline: policy.baseline });
  }
  yield* adviseOnOrder(policy);
  yield* adviseOnAccepts(policy);
  yield* adviseOnCase(policy, branches);
  if (branches.length === 0) return;
  for (const [index, entry] of policy.protect.entries()) {
    for (const [at, { pattern, matches }] of entry.branches.entries()) {
      const path = ["protect", index, "branches", at];
      const deeper = findDeeper(policy, pattern, branches);
      if (deeper) yield advice("BRANCH_PATTERN_SHALLOW", path, { pattern, ...deeper });
      else if (!branches.some((branch) => matches(branch))) {
        const meant = isLiteral(pattern) ? findSimilar(pattern, branches) : undefined;
        yield advice("BRANCH_PATTERN_UNMATCHED", path, { pattern, meant });
      }
    }
  }
}

/** The first entry that matches governs a branch: a later pattern that is covered by an earlier one is dead text. */
function* adviseOnOrder({ protect }: Policy): Iterable<Advice> {
  const earlier: string[] = [];
  for (const [index, entry] of protect.entries()) {
    for (const [at, { pattern }] of entry.branches.entries()) {
      const by = earlier.find((other) => covers(other, pattern));
      if (by !== undefined)
        yield advice("BRANCH_PATTERN_SHADOWED", ["protect", index, "branches", at], { pattern, by });
    }
    earlier.push(...entry.branches.map(({ pattern }) => pattern));
  }
}

/** What landed on a branch that nothing guards was judged by nobody. */
function* adviseOnAccepts(policy: Policy): Iterable<Advice> {
  const guarded = policy.protect.flatMap(({ branches }) => branches.map(({ pattern }) => pattern));
  for (const [index, { accepts }] of policy.protect.entries()) {
    for (const [at, { pattern }] of accepts.entries()) {
      if (guarded.some((outer) => covers(outer, pattern))) continue;
      yield advice("ACCEPTS_UNPROTECTED", ["protect", index, "accepts", at], { pattern });
    }
  }
}

/** `Main` and `main` are one file where the file system folds case, and so one branch. */
function* adviseOnCase(policy: Policy, branches: readonly string[]): Iterable<Advice> {
  const folded = policy.protect.flatMap(({ branches: globs }, index) =>
    globs.map(({ pattern }, at) => ({ index, at, pattern, glob: compileGlob(asciiLowerCase(pattern)) })),
  );
  for (const branch of branches) {
    if (findProtection(policy, branch)) continue;
    const lower = asciiLowerCase(branch);
    const twin = folded.find(({ glob }) => glob.matches(lower));
    if (!twin) continue;
    yield advice("BRANCH_CASE", ["protect", twin.index, "branches", twin.at], { branch, pattern: twin.pattern });
  }
}

/** `release/*` reads like all releases, but does not match `release/2/1`. */
function findDeeper(
  policy: Policy,
  pattern: string,
  branches: readonly string[],
): { readonly branch: string; readonly wider: string } | undefined {
  if (!/(?:^|\/)\*$/.test(pattern)) return undefined;
  const wider = `${pattern}*`;
  const glob = compileGlob(wider);
  const branch = branches.find((name) => glob.matches(name) && !findProtection(policy, name));
  return branch === undefined ? undefined : { branch, wider };
}
