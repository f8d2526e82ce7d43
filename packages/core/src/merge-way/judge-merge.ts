import { decodeText } from "../bytes.ts";
import { CountersignError } from "../error.ts";
import { conclude, type Decision, type UpdateVerdict } from "../judge/decision.ts";
import { judgePush } from "../judge/judge-push.ts";
import type { Push } from "../judge/push.ts";
import { findBranchAuthors } from "../judge/relate/branch-authors.ts";
import { judgeRange } from "../library/judge-range.ts";
import type { PolicyChoice } from "../library/policy-choice.ts";
import { isAsciiSuperset } from "../object/encoding.ts";
import type { ObjectId } from "../object/oid.ts";
import { branchRef } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { type AddedCommit, readAdded } from "./added-commits.ts";
import { findLostCosigns } from "./lost-cosigns.ts";
import { type MadeLanding, makeLanding } from "./make-landing.ts";
import { UNMERGED, type Unmerged } from "./merge-trees.ts";
import type { MergeWay } from "./merge-way.ts";
import { nameOriginals } from "./name-originals.ts";
import { WouldBeRepository } from "./would-be-repository.ts";

/** No more commits than this are put together. */
const MOST_COMMITS = 2_000;

type Watching = Pick<Push, "progress" | "now" | "reviewed">;

/**
 * Judges what a branch would become by each way in which a forge may merge a tip into it: what that way makes is made in
 * memory, and judged as a push of it would be. It passes if each way does.
 */
export async function judgeMerge(
  repository: Repository,
  choice: PolicyChoice,
  tip: ObjectId,
  ways: readonly MergeWay[],
  watching: Watching = {},
): Promise<Decision> {
  const { destination, policy, branch, trial } = choice;
  const alone = await judgeRange(repository, choice, { from: undefined, to: tip }, watching);
  const target = await repository.peelToCommit(destination.branches.get(branch) ?? tip);
  const [plain] = alone.updates;
  // There is nothing to merge into, or nothing to merge.
  if (!target || !plain || plain.branch === undefined || target === tip) return alone;
  if (await repository.isAncestor(tip, target)) return alone;
  const added = await readAdded(repository, policy.policy, target, tip, MOST_COMMITS);
  const would = new WouldBeRepository(repository);
  const judgeWay = async (way: MergeWay): Promise<UpdateVerdict> => {
    const merging = added && { policy: policy.policy, target, tip, added };
    const landing: MadeLanding = merging ? await makeLanding(would, way, merging) : UNMERGED;
    if ("conflicts" in landing) {
      // A forge that cannot rebase either does not, or it lands the commits as they are.
      const stays = way === "rebase" && !landing.mayBeRenamed;
      return stays ? plain : { ...plain, faults: [...plain.faults, unmerged(choice, landing)] };
    }
    const updates = [{ ref: branchRef(branch), old: target, new: landing.tip }];
    const summed = way === "squash" ? (added ?? []).map(({ commit }) => commit.oid) : [];
    const makers = new Map([[landing.tip, await findBranchAuthors(repository, summed)]]);
    const [made] = (await judgePush(would, { updates, destination, policy, trial, makers, ...watching })).updates;
    if (!made) throw new Error("a push of one ref has one verdict");
    const named = nameOriginals(made, landing.madeOf);
    const lost = findLostCosigns(plain, named, way, policy.policy);
    const unread = way === "squash" ? findUnread(plain, added ?? []) : [];
    const judged = [...unread, ...named.judged];
    return { ...named, update: plain.update, judged, violations: [...lost, ...named.violations] };
  };
  const verdicts: UpdateVerdict[] = [];
  for (const way of new Set(ways)) verdicts.push({ ...(await judgeWay(way)), ways: [way] });
  return conclude(policy, joinAlike(verdicts));
}

/** What nobody can read of the commits that a squash sums up: a forge writes its message from theirs. */
function findUnread({ judged }: UpdateVerdict, added: readonly AddedCommit[]): UpdateVerdict["judged"] {
  const unread = added.filter(({ commit }) => commit.malformed !== undefined || !isAsciiSuperset(commit.encoding));
  const ids = new Set(unread.map(({ commit }) => commit.oid));
  return judged.filter(({ commit }) => ids.has(commit));
}

function unmerged({ branch }: PolicyChoice, { conflicts, mayBeRenamed }: Unmerged): CountersignError {
  return new CountersignError("MERGE_CONFLICT", { branch, paths: conflicts.map(decodeText), mayBeRenamed });
}

/** What several ways come to alike is reported once. */
function joinAlike(verdicts: readonly UpdateVerdict[]): readonly UpdateVerdict[] {
  const joined = new Map<string, UpdateVerdict>();
  for (const verdict of verdicts) {
    const { ways = [], ...rest } = verdict;
    // The merge commit counts as one more, and changes nothing.
    const { commits: _, ...told } = rest;
    const judged = [...verdict.judged].sort((a, b) => (a.commit < b.commit ? -1 : 1));
    const key = JSON.stringify([{ ...told, judged }, verdict.faults.map(({ what }) => what)]);
    const known = joined.get(key);
    joined.set(key, { ...rest, ways: [...(known?.ways ?? []), ...ways] });
  }
  return [...joined.values()];
}
