import { type ObjectId, parseCommit } from "@countersign/core";
import {
  abbreviate,
  decodeText,
  findInverse,
  type Help,
  openPlainTracer,
  RevertHistory,
  readCommitterTime,
  resolveCommit,
} from "@countersign/core/internal";
import { type GitContext, type GitRepository, withRepository } from "@countersign/git/internal";
import type { Assistance } from "./assistances.ts";
import { readReverts } from "./source-commits.ts";
import type { Staged } from "./staged.ts";

/** What is staged takes commits back, exactly. */
export interface Reversal {
  /** When the first of them was made, in milliseconds since 1970: what is staged now was there before. */
  readonly since: number;
}

/** Finds out whether what is staged takes commits back; undefined if there is anything else in it. */
export function findReversal(
  context: GitContext,
  staged: Staged,
  reverts: readonly string[],
): Promise<Reversal | undefined> {
  return withRepository(context, async (repository) => {
    const taken = await findTaken(repository, staged, await resolveAll(repository, reverts));
    const times: number[] = [];
    for (const oid of taken) {
      times.push((readCommitterTime(await repository.commit(oid)) ?? 0) * 1000);
    }
    return taken.length > 0 ? { since: Math.min(...times) } : undefined;
  });
}

/**
 * Who helped with work that had been taken out, and comes back where that is taken back: by what the messages say, and by
 * what the commits did.
 */
export function findBroughtBack(
  context: GitContext,
  staged: Staged,
  reverts: readonly string[],
): Promise<readonly Assistance[]> {
  return withRepository(context, async (repository) => {
    const history = new RevertHistory(repository, openPlainTracer(repository));
    const named = await resolveAll(repository, reverts);
    const found = new Map<string, Assistance>();
    for (const oid of new Set([...named, ...(await findTaken(repository, staged, named))])) {
      const helps: Help[] = [...(await history.takenOutBy(oid))];
      for (const original of await findTakenOut(repository, oid)) helps.push(...(await history.helpWith(original)));
      for (const { agent, model } of helps) {
        const because = `it helped with what ${abbreviate(oid)} removed, which this brings back`;
        found.set(`${agent} ${model}`, { agent, ...(model === undefined ? {} : { model }), because });
      }
    }
    return [...found.values()];
  });
}

/** The commits of which what is staged is the exact inverse. */
async function findTaken(
  repository: GitRepository,
  staged: Staged,
  named: readonly ObjectId[],
): Promise<readonly ObjectId[]> {
  const head = await repository.resolve("HEAD");
  const taken = head && (await findInverse(repository, { head, changes: await staged.changes(), named }));
  return taken?.map(({ oid }) => oid) ?? [];
}

/** The commits that a commit took out: those that it names, by short ids too, and those of which it is the inverse. */
async function findTakenOut(repository: GitRepository, oid: ObjectId): Promise<ReadonlySet<ObjectId>> {
  const commit = parseCommit(await repository.commit(oid));
  const named = await resolveAll(repository, readReverts(decodeText(commit.message)));
  const [head] = commit.parents;
  const taken = new Set(named);
  for await (const { changes } of repository.changes([commit])) {
    const inverse = head && (await findInverse(repository, { head, changes, named }));
    for (const original of inverse ?? []) taken.add(original.oid);
  }
  return taken;
}

/** Those of the commits that are here. */
async function resolveAll(repository: GitRepository, revisions: readonly string[]): Promise<readonly ObjectId[]> {
  const found: ObjectId[] = [];
  for (const revision of revisions) {
    const oid = await resolveCommit(repository, revision).catch(() => undefined);
    if (oid !== undefined) found.push(oid);
  }
  return found;
}
