import { decodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { isRegularFile, POLICY_FILES } from "../policy/in-force.ts";
import type { Policy, Protection } from "../policy/policy.ts";
import { buildAgentIndex, detectProvenance } from "../provenance/detect.ts";
import type { Provenance } from "../provenance/provenance.ts";
import type { CommitChanges, CommitRange, Repository } from "../repository.ts";
import { type CommitVerdict, judgeCommit } from "./judge-commit.ts";

/** The verdicts over a range, and what judging the update needs to know of it. */
export interface JudgedRange {
  readonly verdicts: {
    readonly commits: number;
    readonly assisted: number;
    readonly judged: readonly CommitVerdict[];
  };
  /** The ids that new commits name as parents and that lie outside of the range. */
  readonly parents: ReadonlySet<ObjectId>;
  /** The policy files that new commits bring, each as `mode id path`. */
  readonly policyEntries: ReadonlySet<string>;
}

/** So many commits are in memory at a time, however long the range is. */
const BATCH = 500;

interface Seen {
  readonly commit: Commit;
  readonly provenance: Provenance;
}

/** Judges every commit of a range, whichever parent it came by. Changes are read only where a verdict needs them. */
export async function judgeCommits(
  repository: Repository,
  policy: Policy,
  protection: Protection,
  range: CommitRange,
): Promise<JudgedRange> {
  const index = buildAgentIndex({ agents: policy.agents, exempt: policy.exempt });
  const outside = new Set(range.exclude);
  const parents = new Set<ObjectId>();
  const policyEntries = new Set<string>();
  const judged: CommitVerdict[] = [];
  let commits = 0;
  let assisted = 0;
  let batch: Seen[] = [];

  const finish = async (): Promise<void> => {
    for await (const subject of readSubjects(repository, policy, batch)) {
      const verdict = judgeCommit(policy, protection, subject);
      for (const change of subject.changes) if (isPolicyPath(change)) policyEntries.add(entryOf(change));
      const notable = subject.provenance.state === "assisted" || subject.policyPaths.length > 0;
      if (notable || verdict.violations.length > 0) judged.push(verdict);
    }
    batch = [];
  };
  for await (const raw of repository.commits(range)) {
    const commit = parseCommit(raw);
    const provenance = detectProvenance(commit, { index, countAsAssisted: policy.assisted });
    commits += 1;
    if (provenance.state === "assisted") assisted += 1;
    for (const parent of commit.parents) if (outside.has(parent)) parents.add(parent);
    batch.push({ commit, provenance });
    if (batch.length >= BATCH) await finish();
  }
  await finish();
  return { verdicts: { commits, assisted, judged }, parents, policyEntries };
}

async function* readSubjects(repository: Repository, policy: Policy, batch: readonly Seen[]) {
  const sound = batch.filter(({ commit }) => commit.malformed === undefined);
  const needy = sound.filter(({ provenance }) => provenance.state === "assisted").map(({ commit }) => commit);
  const others = sound.filter(({ provenance }) => provenance.state !== "assisted").map(({ commit }) => commit);
  const lines = policy.rules.some(({ changedLines }) => changedLines !== undefined);
  const whole = repository.changes(needy, { lines });
  const ofPolicy = repository.changes(others, { paths: POLICY_FILES });
  const changes = new Map<ObjectId, readonly Change[]>();
  for (const answers of [whole, ofPolicy]) for await (const answer of answers) remember(changes, answer);
  for (const { commit, provenance } of batch) {
    const all = changes.get(commit.oid) ?? [];
    const ofPolicy = await ownPolicyChanges(repository, commit, all.filter(isPolicyPath));
    yield {
      commit,
      provenance,
      changes: all,
      policyPaths: ofPolicy.map(({ path }) => decodeText(path)),
      removesPolicy: ofPolicy.length > 0 && !ofPolicy.some(({ newMode }) => isRegularFile(newMode)),
    };
  }
}

function remember(changes: Map<ObjectId, readonly Change[]>, answer: CommitChanges): void {
  changes.set(answer.commit, answer.changes);
}

/**
 * A merge that takes over the policy of one of its parents changes nothing itself: that parent's commits are judged
 * where they are new, and the tip of the branch is compared with the policy in force.
 */
async function ownPolicyChanges(repository: Repository, commit: Commit, changes: readonly Change[]): Promise<readonly Change[]> {
  if (changes.length === 0 || commit.parents.length < 2) return changes;
  const result = JSON.stringify(await repository.rootEntries(commit.oid, POLICY_FILES));
  for (const parent of commit.parents.slice(1)) {
    if (JSON.stringify(await repository.rootEntries(parent, POLICY_FILES)) === result) return [];
  }
  return changes;
}

function isPolicyPath({ path }: Change): boolean {
  return path.length <= 32 && (POLICY_FILES as readonly string[]).includes(decodeText(path));
}

function entryOf({ newMode, newOid, path }: Change): string {
  return `${newMode} ${newOid} ${decodeText(path)}`;
}
