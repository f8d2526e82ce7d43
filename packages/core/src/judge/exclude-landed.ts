import type { ObjectId } from "../object/oid.ts";
import type { Repository } from "../repository.ts";
import type { CommitVerdict } from "./decide/verdict.ts";
import type { GatheredRange } from "./gather/gather.ts";
import type { Landing } from "./plan.ts";

/** How many questions are worth asking; beyond that a refusal stands as it is. */
const QUESTIONS = 100;

/** A range with the verdicts on those of its commits that needed something. */
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
  { tip, judged: judgedTips }: Pick<Landing, "tip" | "judged">,
): Promise<JudgedRange> {
  const { commits, assisted, judged, shape } = range;
  const guilty = judged.filter(({ violations }) => violations.length > 0);
  if (guilty.length === 0 || guilty.length > QUESTIONS) return range;
  if (await isExact(repository, shape.ends, tip, judgedTips)) return range;
  const landed = new Set<CommitVerdict>();
  for (const verdict of guilty) if (await repository.isAncestor(verdict.commit, ...judgedTips)) landed.add(verdict);
  const gone = [...landed].filter(({ provenance }) => provenance.state === "assisted").length;
  return {
    shape,
    commits: commits - landed.size,
    assisted: assisted - gone,
    judged: judged.filter((verdict) => !landed.has(verdict)),
  };
}

/**
 * Whether every line of new commits ends where the histories part. Then none of them can have landed before: one that a
 * judged tip reached would be reached by a best common ancestor, and reach one itself. Asked once, whatever the number of
 * tips and commits.
 */
async function isExact(
  repository: Repository,
  ends: readonly ObjectId[] | undefined,
  tip: ObjectId,
  judgedTips: readonly ObjectId[],
): Promise<boolean> {
  if (!ends || judgedTips.length === 0) return false;
  // For a single judged tip at which the lines end, that is known without asking.
  if (judgedTips.length === 1 && ends.every((end) => end === judgedTips[0])) return true;
  const bases = new Set(await repository.mergeBases(tip, ...judgedTips));
  return ends.every((end) => bases.has(end));
}
