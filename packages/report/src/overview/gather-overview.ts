import type { ObjectId, Policy, Repository } from "@countersign/core";
import { type AuditPlan, asciiLowerCase, type Cosigner, findPersonByEmail } from "@countersign/core/internal";
import { type JudgedLanding, judgeLandings } from "./judge-landings.ts";
import type { CountedCosign, Landing, Overview, Person, SignedCommit } from "./overview.ts";
import { type LandingSources, type ReadBranch, type ReadLanding, readLandings } from "./read-landings.ts";

/** What is said of a landing that no audit judges. */
const UNJUDGED: JudgedLanding = { standing: "unjudged", wrong: [], asked: [], signed: [] };

/** What landed on a branch: read as `log` reads it, and judged as `audit` judges it. */
export async function gatherOverview(repository: Repository, plan: AuditPlan & LandingSources): Promise<Overview> {
  const { branch, tip, policy, now: made } = plan;
  const { from, root, landings, brought } = await readLandings(repository, plan);
  const since = landings.reduce((first, { landed }) => Math.min(first, landed), Number.POSITIVE_INFINITY);
  const judged = landings.length === 0 ? new Map() : await judgeLandings(repository, { ...plan, since });
  const verdicts = landings.map(({ commit }): JudgedLanding => judged.get(commit) ?? UNJUDGED);
  const sizes = await readSizes(
    repository,
    brought,
    new Set(verdicts.flatMap(({ signed }) => signed.map(({ commit }) => commit))),
  );
  return {
    branch,
    tip,
    from,
    root,
    made,
    landings: landings.map((landing, index) => describe(landing, verdicts[index] ?? UNJUDGED, policy?.policy)),
    asked: verdicts.flatMap(({ asked }) => asked),
    signed: verdicts.flatMap(({ signed }) =>
      signed.map(
        ({ commit, by }): SignedCommit => ({
          ...countedCosign(by, policy?.policy),
          committed: brought.get(commit)?.committed,
          size: sizes.get(commit),
        }),
      ),
    ),
  };
}

function describe(
  { author, ...landing }: ReadLanding,
  { standing, wrong, signed }: JudgedLanding,
  policy: Policy | undefined,
): Landing {
  const cosigners = new Map(signed.map(({ by }) => [by.email, by]));
  return {
    ...landing,
    author: { name: author.name, email: personOf(author.email, policy).email },
    standing,
    wrong,
    cosigns: [...cosigners.values()].map((by) => countedCosign(by, policy)),
  };
}

function countedCosign({ email, proof, time }: Cosigner, policy: Policy | undefined): CountedCosign {
  return { person: personOf(email, policy), proof, ...(time !== undefined && { time }) };
}

/** One person, whichever of their addresses was used. */
function personOf(email: string, policy: Policy | undefined): Person {
  const known = policy && findPersonByEmail(policy, email);
  return { name: known?.name ?? email, email: known?.emails[0] ?? asciiLowerCase(email) };
}

/** What commits change, without merges. */
async function readSizes(
  repository: Repository,
  brought: ReadBranch["brought"],
  oids: ReadonlySet<ObjectId>,
): Promise<ReadonlyMap<ObjectId, NonNullable<SignedCommit["size"]>>> {
  const sizes = new Map<ObjectId, NonNullable<SignedCommit["size"]>>();
  const plain = [...oids].flatMap((oid) => {
    const { parents } = brought.get(oid) ?? {};
    return parents && parents.length < 2 ? [{ oid, parents }] : [];
  });
  for await (const { commit, changes } of repository.changes(plain, { lines: true })) {
    const lines = changes.reduce((sum, { lines: of }) => sum + (of ? of.added + of.deleted : 0), 0);
    sizes.set(commit, { files: changes.length, lines });
  }
  return sizes;
}
