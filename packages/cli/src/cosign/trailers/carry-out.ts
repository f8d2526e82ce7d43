import {
  type Commit,
  type CommitVerdict,
  CountersignError,
  explainViolation,
  formatLines,
  type ObjectId,
} from "@countersign/core";
import { abbreviate, EMERGENCY_KEY, formatTime, signedAuthors } from "@countersign/core/internal";
import {
  type BranchMove,
  formatCosign,
  formatSignature,
  type GitContext,
  type GitRepository,
  type NewTrailer,
  type Rewritten,
  rewriteRange,
  writeCommits,
} from "@countersign/git/internal";
import { currentTime } from "../../context.ts";
import type { Interruption } from "../../interruption.ts";
import { lacksTrailer } from "../emergency.ts";
import { judgeBranch } from "../judge-branch.ts";
import { countsFor } from "../obstacle.ts";
import { signTexts } from "../sign-texts.ts";
import type { SignersKey } from "../signers-key.ts";
import type { WantedCommit } from "../wanted-commit.ts";
import { type Proposal, type ToSign, toSign } from "./proposal.ts";
import { planRounds } from "./signing-rounds.ts";

/** A co-sign's trailers, by the commit that gets them. */
type Trailers = ReadonlyMap<ObjectId, readonly NewTrailer[]>;

/**
 * Makes sure that every message can take a co-sign, before anyone is asked to read and sign.
 * @throws `MESSAGE_UNFIT`, `COMMIT_UNFIT`.
 */
export function rehearse(proposal: Proposal): void {
  const time = formatTime(currentTime());
  const standIn = (commit: Commit): NewTrailer => {
    const authors = signedAuthors(proposal.choice.policy.policy, commit);
    const by = { cosigner: proposal.signer.email, time, base: commit.oid, authors };
    return formatSignature(by, new Uint8Array(300));
  };
  rewrite(
    proposal,
    collectTrailers(proposal, (commit) => [standIn(commit)]),
  );
}

/** The new commits, and the step that is left to do. */
export interface Done extends Rewritten {
  readonly move: BranchMove;
}

/** Signs, writes the new commits and has them judged. To move the branch is left, as the last and only change. */
export async function carryOut(
  repository: GitRepository,
  spoken: GitContext,
  proposal: Proposal,
  interruption: Interruption,
): Promise<Done> {
  const { range, choice, key, wanted } = proposal;
  const signatures = key ? await signInRounds(spoken, proposal, key, interruption) : new Map();
  const rewritten = rewrite(
    proposal,
    collectTrailers(proposal, ({ oid }) => signatures.get(oid) ?? []),
  );
  interruption.check();
  await writeCommits(repository, rewritten.objects);
  const tip = rewritten.ids.get(range.tip);
  if (!tip) throw new Error("the tip comes after every commit of its range");
  await proveCounting(repository, proposal, rewritten, tip);
  const reason = `countersign cosign: ${wanted.length} for ${choice.branch}`;
  return { ...rewritten, move: { ref: range.ref, from: range.tip, to: tip, reason } };
}

function rewrite({ affected, signer, agentCommitters }: Proposal, trailers: Trailers): Rewritten {
  return rewriteRange(affected, {
    trailers,
    // An agent that shows as committer and nowhere else would be seen no more.
    committerOf: ({ oid }) => (agentCommitters.has(oid) ? undefined : signer.line),
  });
}

function collectTrailers(
  { wanted, signer, affected, marks }: Proposal,
  signatureOf: (commit: Commit) => readonly NewTrailer[],
): Trailers {
  const trailers = new Map(affected.map(({ commit: { oid } }) => [oid, marks.get(oid) ?? []]));
  const unfit: string[] = [];
  for (const item of wanted) {
    const { commit } = item;
    const cosign = formatCosign(signer, commit.message, commit.encoding);
    const claim = claimOf(item);
    const cannot = (what: string): string =>
      `${abbreviate(commit.oid)}: ${what} cannot be written in its encoding, ${commit.encoding}`;
    if (!cosign) unfit.push(cannot("your name"));
    else if (!claim) unfit.push(cannot("the reason of the emergency"));
    else trailers.set(commit.oid, [...(marks.get(commit.oid) ?? []), ...claim, ...cosign, ...signatureOf(commit)]);
  }
  if (unfit.length > 0) throw new CountersignError("MESSAGE_UNFIT", { commits: unfit });
  return trailers;
}

/** The trailer that claims the emergency, where the message lacks it; undefined if nobody would read it as it is signed. */
function claimOf(item: WantedCommit): readonly NewTrailer[] | undefined {
  const { emergency = "", commit } = item;
  if (!lacksTrailer(item)) return [];
  // It is read as UTF-8, whatever the encoding.
  const isSame = commit.encoding === undefined || /^[ -~]*$/.test(emergency);
  return isSame ? [{ key: EMERGENCY_KEY, lines: [Buffer.from(emergency)] }] : undefined;
}

/**
 * Signs everything, in as many rounds as it takes: a merge's signature names its other parents, and the new ids of those
 * are known only once they bear theirs.
 */
async function signInRounds(
  context: GitContext,
  proposal: Proposal,
  key: SignersKey,
  interruption: Interruption,
): Promise<Trailers> {
  const rounds = planRounds(proposal);
  const signed = new Map<ObjectId, readonly NewTrailer[]>();
  // What is signed at once bears one time: by it a branch that tries and undoes is known to have been seen whole.
  const time = formatTime(currentTime());
  for (const round of rounds) {
    const { ids } = rewrite(
      proposal,
      collectTrailers(proposal, ({ oid }) => signed.get(oid) ?? []),
    );
    const asked = round.map((item) => toSign(proposal, item, time, ids));
    const signatures = await signTexts(
      context,
      key,
      asked.map(({ lines }) => formatLines(lines)),
      interruption,
    );
    for (const [index, { commit }] of round.entries()) {
      const { by } = asked[index] as ToSign;
      signed.set(commit.oid, [formatSignature(by, signatures[index] as Uint8Array)]);
    }
  }
  return signed;
}

/** Has the new commits judged as a push of them would be: each co-sign must count, and no sign of an agent be lost. */
async function proveCounting(
  repository: GitRepository,
  { choice, range, verdict: { assisted: before }, wanted, person, key }: Proposal,
  { ids }: Rewritten,
  tip: ObjectId,
): Promise<void> {
  const { judged, assisted } = await judgeBranch(repository, choice, range, tip);
  if (assisted !== before) throw new Error(`${assisted} of the new commits show an agent, and ${before} did before`);
  for (const { commit, served, verdict } of wanted) {
    // What is signed along with others has nothing to meet.
    if (served.length === 0) continue;
    const now = judged.find(({ commit: oid }) => oid === ids.get(commit.oid));
    const same = now !== undefined && nameAgents(now) === nameAgents(verdict);
    const asked = [...(now?.requirements ?? []), ...(now?.emergency?.review?.requirements ?? [])];
    const counting = asked.filter((requirement) => countsFor(requirement, person)).length;
    if (same && counting >= served.length) continue;
    const [violation] = now?.violations ?? [];
    const reason = violation ? explainViolation(violation).what : "it does not count";
    throw new CountersignError("SIGNATURE_WRONG", { program: key ? "the signing program" : "countersign", reason });
  }
}

function nameAgents({ provenance }: CommitVerdict): string {
  return [...provenance.agents].sort().join();
}
