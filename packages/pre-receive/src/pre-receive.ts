import { CountersignError, judgePush, type RefUpdate } from "@countersign/core";
import {
  asFault,
  branchName,
  closeAfter,
  isZeroOid,
  mapAhead,
  objectFormatOf,
  readInForce,
  readLocalDestination,
  undecided,
  weigh,
} from "@countersign/core/internal";
import { findAliases, GitRepository, limitTime, openReceiveContext } from "@countersign/git/internal";
import { logDecision } from "./decision-log.ts";
import { readFirstPolicy } from "./first-policy.ts";
import { readFloor } from "./floor.ts";
import type { Received } from "./received.ts";
import { parseRefLines } from "./ref-lines.ts";
import { readServerSettings, type ServerSettings } from "./server-settings.ts";

/** What git calls the hook with. */
export interface PreReceiveCall {
  readonly stdin: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** How many seconds judging may take by itself. */
const LONGEST = 60;

/** How many tips are asked for together: asking git costs more than its answer does. */
const TOGETHER = { most: 500 };

/**
 * Judges a push that has arrived and is not stored yet: its objects are in git's quarantine, which the environment
 * leads to, and every ref is as it was.
 */
export async function preReceive({ stdin, cwd, env }: PreReceiveCall): Promise<Received> {
  const updates = parseRefLines(stdin);
  const context = limitTime(openReceiveContext(cwd, env), LONGEST);
  const repository = new GitRepository(context, objectFormatOf(updates[0].new));
  repository.begin();
  const settings = await readServerSettings(repository);
  const received = await closeAfter(repository, () => judge(repository, updates, settings)).catch(
    (error): Received => ({ outcome: "undecided", decisions: [undecided(asFault(error))] }),
  );
  if (settings.log !== undefined) logDecision(settings.log, updates, received, new Date().toISOString());
  return received;
}

async function judge(
  repository: GitRepository,
  updates: readonly RefUpdate[],
  { required, adopt, floor }: ServerSettings,
): Promise<Received> {
  await requireObjects(repository, updates);
  const known = await readLocalDestination(repository, true);
  const pushed = await findAliases(
    repository.context,
    updates.map(({ ref }) => ref),
  );
  const destination = { ...known.destination, aliases: new Map([...known.destination.aliases, ...pushed]) };
  const inForce = await readInForce(repository, { ...known, destination }, updates);
  // A policy that is there and cannot be read is not one that is missing.
  const missing = required && !inForce.policy && !(inForce.doubt && known.location.known === "place");
  if (missing && inForce.doubt) throw inForce.doubt.fault;
  const first = missing ? await readFirstPolicy(repository, updates, destination, adopt) : undefined;
  const now = Math.floor(Date.now() / 1000);
  const push = { updates, destination, now };
  const decisions = [await judgePush(repository, { ...push, ...inForce })];
  if (floor !== undefined) {
    const policy = await readFloor(floor, inForce.policy ?? first, repository.format);
    // It stands on no branch, so that no tip can change it.
    decisions.push(await judgePush(repository, { ...push, policy, trial: true }));
  }
  const { defaultBranch } = destination;
  return {
    outcome: weigh(decisions.map((decision) => decision.outcome)),
    decisions,
    inForce,
    defaultBranch,
    adopted: first !== undefined,
  };
}

/**
 * Reads what arrives on branches before anything is concluded from what git lists: a git that says nothing shows here. Anything
 * that starts the hook with an environment of its own keeps from it what has arrived. @throws `QUARANTINE_LOST`
 */
async function requireObjects(
  repository: Pick<GitRepository, "context" | "peelToCommit">,
  updates: readonly RefUpdate[],
): Promise<void> {
  const lost = repository.context.env["GIT_QUARANTINE_PATH"] === undefined;
  const tips = updates.filter(({ ref, new: oid }) => branchName(ref) !== undefined && !isZeroOid(oid));
  const look = async ({ new: oid }: RefUpdate) => ({ oid, isHere: (await repository.peelToCommit(oid)) !== undefined });
  for await (const { oid, isHere } of mapAhead(tips, look, TOGETHER)) {
    if (!isHere && lost) throw new CountersignError("QUARANTINE_LOST", { oid });
  }
}
