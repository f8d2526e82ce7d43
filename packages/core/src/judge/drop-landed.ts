import type { ObjectId } from "../object/oid.ts";
import type { Repository } from "../repository.ts";
import type { CommitVerdict } from "./commit-verdict.ts";
import { isReached } from "./is-reached.ts";
import type { JudgedRange } from "./judge-commits.ts";

/** So many questions are worth asking; beyond, a refusal stands as it is. */
const QUESTIONS = 1000;

/**
 * git walks by commit date, and where a commit is dated after its own descendants it may list history that is there
 * already. It never hides anything, but nobody is refused for what landed long ago: each commit that breaks a rule is
 * looked for among what the judged tips reach.
 */
export async function dropLanded(
  repository: Repository,
  range: JudgedRange,
  judgedTips: readonly ObjectId[],
): Promise<JudgedRange> {
  const { commits, assisted, judged } = range.verdicts;
  const guilty = judged.filter(({ violations }) => violations.length > 0);
  if (guilty.length === 0 || range.trace.exact || guilty.length * judgedTips.length > QUESTIONS) return range;
  const landed = new Set<CommitVerdict>();
  for (const verdict of guilty) if (await isReached(repository, verdict.commit, judgedTips)) landed.add(verdict);
  if (landed.size === 0) return range;
  const stays = (verdict: CommitVerdict): boolean => !landed.has(verdict);
  const gone = [...landed].filter(({ provenance }) => provenance.state === "assisted").length;
  return {
    ...range,
    verdicts: { commits: commits - landed.size, assisted: assisted - gone, judged: judged.filter(stays) },
  };
}
