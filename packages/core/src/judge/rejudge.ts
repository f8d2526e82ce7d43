import { parseCommit } from "../object/commit.ts";
import type { Policy, Protection } from "../policy/policy.ts";
import type { Repository } from "../repository.ts";
import type { CommitVerdict } from "./commit-verdict.ts";
import { type JudgeContext, judgeCommit } from "./judge-commit.ts";
import type { JudgedRange } from "./judge-commits.ts";
import { readSubjects } from "./read-subjects.ts";

/** Judges some commits of a range again, each in the light of what was found since. */
export async function rejudge(
  repository: Repository,
  policy: Policy,
  protection: Protection,
  range: JudgedRange,
  contexts: ReadonlyMap<CommitVerdict, JudgeContext>,
): Promise<JudgedRange> {
  if (contexts.size === 0) return range;
  const judged: CommitVerdict[] = [];
  for (const verdict of range.verdicts.judged) {
    const context = contexts.get(verdict);
    judged.push(context ? await judgeAgain(repository, policy, protection, verdict, context) : verdict);
  }
  return { ...range, verdicts: { ...range.verdicts, judged } };
}

/** Judges a commit of which only the verdict is kept. */
export async function judgeAgain(
  repository: Repository,
  policy: Policy,
  protection: Protection,
  verdict: CommitVerdict,
  context: JudgeContext,
): Promise<CommitVerdict> {
  const commit = parseCommit(await repository.commit(verdict.commit));
  for await (const subject of readSubjects(repository, policy, [{ commit, provenance: verdict.provenance }])) {
    return judgeCommit(policy, protection, subject, context);
  }
  return verdict;
}
