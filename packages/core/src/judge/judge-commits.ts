import { decodeText } from "../bytes.ts";
import { CountersignError } from "../error.ts";
import type { Change } from "../object/change.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Policy, Protection } from "../policy/policy.ts";
import { buildAgentIndex, detectProvenance } from "../provenance/detect.ts";
import type { Provenance } from "../provenance/provenance.ts";
import type { CommitParents, CommitRange, Repository } from "../repository.ts";
import { isReached } from "./is-reached.ts";
import { type CommitVerdict, type JudgeContext, judgeCommit } from "./judge-commit.ts";
import { readSubjects, type SeenCommit } from "./read-subjects.ts";

/** The verdicts over a range, and what judging the update needs to know of it. */
export interface JudgedRange {
  readonly verdicts: {
    readonly commits: number;
    readonly assisted: number;
    readonly judged: readonly CommitVerdict[];
  };
  /** The ids that new commits name as parents and that lie outside of the range. */
  readonly parents: ReadonlySet<ObjectId>;
  /** The policy files that new commits themselves bring, each as `mode id path`. */
  readonly policyEntries: ReadonlySet<string>;
  /**
   * Whether every line of new commits ends at the one judged tip. Then none of them can have landed before: the tip would
   * be its own ancestor. Not told for long ranges.
   */
  readonly exact: boolean;
  /** The merges among the new commits. */
  readonly merges: readonly CommitParents[];
}

/** So many commits are in memory at a time, however long the range is. */
const BATCH = 500;

/** The parents of so many commits are kept in mind. */
const TRACED = 1000;

/** Judges every commit of a range, whichever parent it came by. Changes are read only where a verdict needs them. */
export async function judgeCommits(
  repository: Repository,
  policy: Policy,
  protection: Protection,
  range: CommitRange,
  context: JudgeContext,
  progress?: (commits: number) => void,
): Promise<JudgedRange> {
  const detect = detectUnder(policy);
  const outside = new Set(range.exclude);
  const parents = new Set<ObjectId>();
  const seen = new Set<ObjectId>();
  const loose = new Set<ObjectId>();
  let rooted = false;
  const policyEntries = new Set<string>();
  const merges: CommitParents[] = [];
  const judged: CommitVerdict[] = [];
  let commits = 0;
  let assisted = 0;
  let batch: SeenCommit[] = [];

  const finish = async (): Promise<void> => {
    for await (const subject of readSubjects(repository, policy, batch)) {
      const verdict = judgeCommit(policy, protection, subject, context);
      for (const change of subject.policyChanges) policyEntries.add(entryOf(change));
      const notable = subject.provenance.state === "assisted" || subject.policyChanges.length > 0;
      if (notable || verdict.violations.length > 0) judged.push(verdict);
    }
    batch = [];
    progress?.(commits);
  };
  // A ref that is put on a judged tip brings nothing; a push of thousands of such refs starts no walk.
  const tips = range.tips.filter((tip) => !outside.has(tip));
  for await (const raw of tips.length === 0 ? [] : repository.commits({ ...range, tips })) {
    const commit = parseCommit(raw);
    const provenance = detect(commit);
    commits += 1;
    if (commits <= TRACED || tips.includes(commit.oid)) seen.add(commit.oid);
    if (commit.parents.length === 0 || commit.malformed !== undefined) rooted = true;
    if (commits <= TRACED) for (const parent of commit.parents) loose.add(parent);
    if (provenance.state === "assisted") assisted += 1;
    for (const parent of commit.parents) if (outside.has(parent)) parents.add(parent);
    if (commit.parents.length > 1) merges.push({ oid: commit.oid, parents: commit.parents });
    batch.push({ commit, provenance });
    if (batch.length >= BATCH) await finish();
  }
  await finish();
  for (const tip of tips) {
    if (!seen.has(tip) && !(await isReached(repository, tip, range.exclude)))
      throw new CountersignError("HISTORY_INCOMPLETE", { tip });
  }
  const [only] = range.exclude;
  const ends = [...loose].filter((parent) => !seen.has(parent));
  const exact = commits <= TRACED && !rooted && range.exclude.length === 1 && ends.every((end) => end === only);
  return { verdicts: { commits, assisted, judged }, parents, exact, policyEntries, merges };
}

/** Detection with the agents, exemptions and classes of a policy. */
export function detectUnder(policy: Policy): (commit: Commit) => Provenance {
  const index = buildAgentIndex({ agents: policy.agents, exempt: policy.exempt });
  return (commit) => detectProvenance(commit, { index, countAsAssisted: policy.assisted });
}

function entryOf({ newMode, newOid, path }: Change): string {
  return `${newMode} ${newOid} ${decodeText(path)}`;
}
