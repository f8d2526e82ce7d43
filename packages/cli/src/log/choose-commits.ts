import { type CommitRange, CountersignError, type ObjectId } from "@countersign/core";
import { choosePolicy, resolveRange } from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git/internal";
import type { CommandContext } from "../context.ts";
import { findCandidates, findTarget } from "../cosign/list/candidates.ts";
import { lookAtEach } from "../cosign/list/look-at-each.ts";
import { withinTime } from "../judging/within-time.ts";

export interface CommitChoice {
  readonly all?: boolean;
  /** Whether to list only what lacks something to land. */
  readonly waiting?: boolean;
  readonly remote?: string;
  /** Called for a branch that cannot be judged, which hides no other. */
  readonly onLost: (ref: string, fault: CountersignError) => void;
}

/** What to list. */
export interface ChosenCommits {
  readonly range: CommitRange;
  /** The only ones, where not all of the range are meant. */
  readonly only?: ReadonlySet<ObjectId>;
}

/** @throws `OPTION_INVALID`, and as finding the range or the policy. */
export async function chooseCommits(
  context: CommandContext,
  repository: GitRepository,
  range: string | undefined,
  { all, waiting, remote, onLost }: CommitChoice,
): Promise<ChosenCommits> {
  const [option] = [...(all ? ["--all"] : []), ...(waiting ? ["--waiting"] : [])];
  if (option !== undefined && (range !== undefined || (all && waiting))) {
    const problem =
      range === undefined ? "--waiting looks at all branches already" : "it cannot be combined with a range";
    throw new CountersignError("OPTION_INVALID", { option, problem });
  }
  if (waiting) return withinTime(context, (judging) => findWaiting(judging, remote, onLost));
  if (all) return { range: { tips: await listTips(repository), exclude: [] } };
  const { from, to } = await resolveRange(repository, range ?? "HEAD");
  return { range: { tips: [to], exclude: from ? [from] : [] } };
}

async function listTips(repository: GitRepository): Promise<readonly ObjectId[]> {
  const peeled = (await repository.refs("refs")).map(({ oid }) => repository.peelToCommit(oid));
  return [...new Set((await Promise.all(peeled)).filter((commit) => commit !== undefined))];
}

/** The commits of the branches here and on the remote that the branch where work lands would refuse as they are. */
async function findWaiting(
  repository: GitRepository,
  remote: string | undefined,
  onLost: CommitChoice["onLost"],
): Promise<ChosenCommits> {
  const choice = await choosePolicy(repository, remote === undefined ? {} : { remote });
  const candidates = await findCandidates(repository, choice);
  const only = new Set<ObjectId>();
  const looks = lookAtEach(repository, choice, candidates, async (_, { judged }) => judged);
  for await (const { candidate, found = [], fault } of looks) {
    for (const { commit, violations } of found) if (violations.length > 0) only.add(commit);
    if (fault) onLost(candidate.ref, fault);
  }
  const target = await findTarget(repository, choice);
  return { range: { tips: candidates.map(({ tip }) => tip), exclude: target ? [target] : [] }, only };
}
