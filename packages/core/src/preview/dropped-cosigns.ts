import type { Claim } from "../cosign/claim.ts";
import { readCosigns } from "../cosign/trailer.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { subjectLine } from "../object/subject-line.ts";
import { isCreated, type RefUpdate } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { encodeBase64 } from "../ssh/base64.ts";

/** More commits are not looked through: a person rewrites few. */
const MOST_COMMITS = 250;

/**
 * The co-signs in messages that a branch would lose by an update: how many commits of each signer, by address. What comes
 * back with a commit of the same signature or subject is not lost, as after a rebase or another signing; nor is what
 * `kept`, the branch that work lands on, has already.
 */
export async function findDroppedCosigns(
  repository: Repository,
  update: RefUpdate,
  kept: readonly ObjectId[],
): Promise<ReadonlyMap<string, number>> {
  const dropped = new Map<string, number>();
  const { old, new: tip } = update;
  if (isCreated(update) || (await repository.peelToCommit(old)) !== old) return dropped;
  if (await repository.isAncestor(old, tip)) return dropped;
  const lost = await readCosigned(repository, [old], [tip, ...kept]);
  if (lost.length === 0) return dropped;
  const there = new Set((await readCosigned(repository, [tip], [old, ...kept])).flatMap(marksOf));
  for (const { commit, claims } of lost) {
    const missing = claims.filter((claim) => !namesOf(commit, claim).some((name) => there.has(name)));
    for (const email of new Set(missing.map((claim) => claim.email))) {
      dropped.set(email, (dropped.get(email) ?? 0) + 1);
    }
  }
  return dropped;
}

/** A commit with the co-signs in its message. */
interface Cosigned {
  readonly commit: Commit;
  readonly claims: readonly Claim[];
}

async function readCosigned(
  repository: Repository,
  tips: readonly ObjectId[],
  exclude: readonly ObjectId[],
): Promise<readonly Cosigned[]> {
  const found: Cosigned[] = [];
  for await (const raw of repository.commits({ tips, exclude, most: MOST_COMMITS })) {
    const commit = parseCommit(raw);
    const claims = commit.malformed === undefined ? readCosigns(commit).claims : [];
    if (claims.length > 0) found.push({ commit, claims });
  }
  return found;
}

function marksOf({ commit, claims }: Cosigned): readonly string[] {
  return claims.flatMap((claim) => namesOf(commit, claim));
}

/** The key by which a co-sign is found again on another commit. */
function namesOf(commit: Commit, { email, signatures }: Claim): readonly string[] {
  return [...signatures.map(({ signature }) => encodeBase64(signature.value)), `${email} ${subjectLine(commit)}`];
}
