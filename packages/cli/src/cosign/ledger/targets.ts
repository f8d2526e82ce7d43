import type { ObjectId, UpdateVerdict } from "@countersign/core";
import { firstOfEach, groupBy, type PolicyChoice } from "@countersign/core/internal";
import { findSums, type GitRepository, listRange, type NamedWork, type Sums } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { findEnds } from "../range-ends.ts";
import type { Choices, CosignOptions } from "../session.ts";
import { findTask, findTaskKey, type Task, withKey } from "../task.ts";
import type { OpenCommit } from "../wanted-commit.ts";

/** A branch that the work is to land on, and what it is there. */
export interface Target {
  readonly choice: PolicyChoice;
  /** The commits that it would add there. */
  readonly commits: ReadonlySet<ObjectId>;
  readonly sums: Sums;
}

/** What can be co-signed for several branches at once: whatever one of them requires, with one key for all. */
export async function findTaskFor(
  repository: GitRepository,
  choices: Choices,
  { tip, from, only }: Pick<NamedWork, "tip" | "from" | "only">,
  { key: named, emergency }: Pick<CosignOptions, "key" | "emergency">,
): Promise<Task> {
  const [first, ...others] = choices;
  const open: [Task, ...Task[]] = [await findTask(repository, { choice: first, tip, from, only, emergency })];
  for (const choice of others) open.push(await findTask(repository, { choice, tip, from, only, emergency }));
  const key = await findTaskKey(repository, open, { named, mustSign: true });
  if (others.length === 0) return withKey(open[0], key);
  const tasks = open.map((task) => withKey(task, key));
  const wanted = groupBy(
    tasks.flatMap((task) => task.wanted),
    ({ commit }) => commit.oid,
  );
  return {
    ...open[0],
    key,
    verdict: uniteVerdicts(tasks.map(({ verdict }) => verdict)) ?? open[0].verdict,
    wanted: [...wanted.values()].flatMap(uniteOpen),
    leftOut: tasks.flatMap(({ choice, leftOut }) =>
      leftOut.map((left) => ({ ...left, reason: `for ${choice.branch}: ${left.reason}` })),
    ),
  };
}

function uniteVerdicts([first, ...others]: readonly UpdateVerdict[]): UpdateVerdict | undefined {
  if (!first) return undefined;
  const all = [first, ...others];
  const branch = all.find((verdict) => verdict.branch !== undefined)?.branch;
  const judged = firstOfEach(
    all.flatMap((verdict) => verdict.judged),
    ({ commit }) => commit,
  );
  return { ...first, branch, judged };
}

/** What more than one of them requires of a commit, once. */
function uniteOpen(same: readonly OpenCommit[]): readonly OpenCommit[] {
  const [item] = same;
  const asked = same.flatMap(({ served }) => served);
  const served = firstOfEach(asked, ({ requirement, rules }) => JSON.stringify([requirement, rules]));
  return item ? [{ ...item, served }] : [];
}

/** What the work is for each branch that it is to land on. */
export async function findTargets(
  repository: GitRepository,
  choices: Choices,
  work: Pick<NamedWork, "tip" | "from">,
): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for (const choice of choices) {
    const ids = await listRange(repository.context, work.tip, await findEnds(repository, choice, work.from));
    const sums = await findSums(repository, work, choice.destination.branches.get(choice.branch));
    targets.push({ choice, commits: new Set(ids), sums });
  }
  return targets;
}

/** What all targets together have in a record, oldest first, as git lists it. */
export async function listAll(
  repository: GitRepository,
  targets: readonly Target[],
  { tip, from }: Pick<NamedWork, "tip" | "from">,
): Promise<readonly ObjectId[]> {
  const [first, ...others] = targets;
  if (!first) return [];
  if (others.length === 0) return [...first.commits];
  const tips: (ObjectId | undefined)[] = [];
  for (const { choice } of targets) {
    const known = choice.destination.branches.get(choice.branch);
    tips.push(known && (await repository.peelToCommit(known)));
  }
  const baseline = first.choice.policy.policy.baseline;
  const ends = [from, baseline && (await repository.peelToCommit(baseline))].filter((oid) => oid !== undefined);
  return listRange(repository.context, tip, [...ends, ...(await findCommon(repository, tips))]);
}

/** Commits that reach all that every one of some tips reaches, and nothing else. */
async function findCommon(
  repository: GitRepository,
  tips: readonly (ObjectId | undefined)[],
): Promise<readonly ObjectId[]> {
  let common: ReadonlySet<ObjectId> | undefined;
  for (const tip of tips) {
    // What does not exist yet has nothing in common with anything.
    if (tip === undefined) return [];
    const shared = new Set<ObjectId>();
    for (const oid of common ?? [tip]) for (const base of await repository.mergeBases(oid, tip)) shared.add(base);
    common = shared;
  }
  return [...(common ?? [])];
}

/** The branches, in the middle of a line. */
export function nameTargets(
  targets: readonly Pick<Target, "choice">[],
  write: (branch: string) => string = String,
): string {
  return targets.map(({ choice }) => escapeText(write(choice.branch))).join(" and ");
}
