import { decodeText } from "../bytes.ts";
import { CountersignError } from "../error.ts";
import type { Change } from "../object/change.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import type { Policy, Protection } from "../policy/policy.ts";
import type { CommitRange, Repository } from "../repository.ts";
import type { CommitVerdict } from "./commit-verdict.ts";
import { isReached } from "./is-reached.ts";
import { type JudgeContext, judgeCommit } from "./judge-commit.ts";
import type { Push } from "./judge-push.ts";
import { RangeTrace } from "./range-trace.ts";
import { readSubjects } from "./read-subjects.ts";
import { seeUnder } from "./see-commits.ts";

/** The verdicts over a range, and what judging the update needs to know of it. */
export interface JudgedRange {
  readonly verdicts: {
    readonly commits: number;
    readonly assisted: number;
    readonly judged: readonly CommitVerdict[];
  };
  readonly trace: RangeTrace;
  /** The policy files that new commits themselves bring, each as `mode id path`. */
  readonly policyEntries: ReadonlySet<string>;
}

/** So many commits are in memory at a time, however long the range is. */
const BATCH = 500;

/** Judges every commit of a range, whichever parent it came by. Changes are read only where a verdict needs them. */
export async function judgeCommits(
  repository: Repository,
  policy: Policy,
  protection: Protection,
  { tips, exclude }: CommitRange,
  context: JudgeContext,
  { updates, progress, also }: Pick<Push, "updates" | "progress" | "also">,
): Promise<JudgedRange> {
  // A ref that is put on a judged tip brings nothing; a push of thousands of such refs starts no walk.
  const range = { tips: tips.filter((tip) => !exclude.includes(tip)), exclude };
  const see = seeUnder(repository, policy, { tip: range.tips[0], pushed: updates });
  const trace = new RangeTrace(range);
  const policyEntries = new Set<string>();
  const judged: CommitVerdict[] = [];
  let commits = 0;
  let assisted = 0;
  let batch: Commit[] = [];

  const finish = async (): Promise<void> => {
    const seen = await see(batch);
    assisted += seen.filter(({ provenance }) => provenance.state === "assisted").length;
    for await (const subject of readSubjects(repository, policy, seen)) {
      const verdict = judgeCommit(policy, protection, subject, context);
      for (const change of subject.policyChanges) policyEntries.add(entryOf(change));
      const notable =
        subject.commit.oid === also || subject.provenance.state === "assisted" || subject.policyChanges.length > 0;
      if (notable || verdict.violations.length > 0) judged.push(verdict);
    }
    batch = [];
    progress?.(commits);
  };
  for await (const raw of range.tips.length === 0 ? [] : repository.commits(range)) {
    const commit = parseCommit(raw);
    commits += 1;
    trace.add(commit);
    batch.push(commit);
    if (batch.length >= BATCH) await finish();
  }
  await finish();
  for (const tip of trace.missingTips) {
    if (!(await isReached(repository, tip, exclude))) throw new CountersignError("HISTORY_INCOMPLETE", { tip });
  }
  return { verdicts: { commits, assisted, judged }, trace, policyEntries };
}

function entryOf({ newMode, newOid, path }: Change): string {
  return `${newMode} ${newOid} ${decodeText(path)}`;
}
