import type { ObjectId } from "../object/oid.ts";
import type { Repository } from "../repository.ts";
import type { CommitVerdict } from "./decide/verdict.ts";
import { type GatheredRange, isReached } from "./gather/gather.ts";

/** So many questions are worth asking; beyond, a refusal stands as it is. */
const QUESTIONS = 1000;

/** A range with the verdicts over those of its commits of which something was asked. */
interface JudgedRange extends Pick<GatheredRange, "commits" | "assisted" | "shape"> {
  readonly judged: readonly CommitVerdict[];
}

/**
 * git walks by commit date, and where a commit is dated after its own descendants it may list history that is there
 * already. It never hides anything, but nobody is refused for what landed long ago: each commit that breaks a rule is
 * looked for among what the judged tips reach.
 */
export async function excludeLanded(
  repository: Repository,
  range: JudgedRange,
  judgedTips: readonly ObjectId[],
): Promise<JudgedRange> {
  const { commits, assisted, judged, shape } = range;
  const guilty = judged.filter(({ violations }) => violations.length > 0);
  if (guilty.length === 0 || shape.exact || guilty.length * judgedTips.length > QUESTIONS) return range;
  const landed = new Set<CommitVerdict>();
  for (const verdict of guilty) if (await isReached(repository, verdict.commit, judgedTips)) landed.add(verdict);
  const gone = [...landed].filter(({ provenance }) => provenance.state === "assisted").length;
  return {
    shape,
    commits: commits - landed.size,
    assisted: assisted - gone,
    judged: judged.filter((verdict) => !landed.has(verdict)),
  };
}
