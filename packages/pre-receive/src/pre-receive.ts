import { type Decision, judgePush } from "@countersign/core";
import {
  closeAfter,
  type KnownPolicy,
  type Outcome,
  objectFormatOf,
  readInForce,
  readLocalDestination,
} from "@countersign/core/internal";
import { findAliases, GitRepository, openReceiveContext, TimeLimit } from "@countersign/git/internal";
import { parseRefLines } from "./ref-lines.ts";

/** What git calls the hook with. */
export interface PreReceiveCall {
  readonly stdin: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What is to become of a push, and what there is to say of it. */
export interface Received {
  readonly outcome: Outcome;
  readonly decision: Decision;
  readonly inForce: KnownPolicy;
  /** The branch that HEAD names, by its short name. */
  readonly defaultBranch: string | undefined;
}

/** How many seconds judging may take by itself. */
const LONGEST = 60;

/**
 * Judges a push that has arrived and is not stored yet: its objects are in git's quarantine, which the environment
 * leads to, and every ref is as it was.
 */
export async function preReceive({ stdin, cwd, env }: PreReceiveCall): Promise<Received> {
  const updates = parseRefLines(stdin);
  const limit = new TimeLimit(LONGEST);
  const repository = new GitRepository(openReceiveContext(cwd, env, limit), objectFormatOf(updates[0].new));
  repository.begin();
  return closeAfter(repository, async () => {
    await limit.configure(repository);
    const local = await readLocalDestination(repository, true);
    const pushed = await findAliases(
      repository.context,
      updates.map(({ ref }) => ref),
    );
    const destination = { ...local.destination, aliases: new Map([...local.destination.aliases, ...pushed]) };
    const inForce = await readInForce(repository, { ...local, destination }, updates);
    const now = Math.floor(Date.now() / 1000);
    const decision = await judgePush(repository, { updates, destination, ...inForce, now });
    return { outcome: decision.outcome, decision, inForce, defaultBranch: destination.defaultBranch };
  });
}
