import type { ObjectId } from "@countersign/core";
import type { WantedCommit } from "../wanted-commit.ts";
import type { Proposal } from "./proposal.ts";

/** The wanted commits in rounds: what one signs must name no id that a signature of the same or a later round changes. */
export function planRounds({ affected, wanted }: Pick<Proposal, "affected" | "wanted">): readonly WantedCommit[][] {
  const items = new Map(wanted.map((item) => [item.commit.oid, item]));
  const rounds: WantedCommit[][] = [];
  /** The round behind which a commit's new id is known. Parents come first, so theirs are there already. */
  const known = new Map<ObjectId, number>();
  for (const { commit } of affected) {
    const item = items.get(commit.oid);
    const after = (parents: readonly ObjectId[]): number =>
      Math.max(-1, ...parents.map((parent) => known.get(parent) ?? -1));
    // The first parent may move, so that no signature names it.
    const round = item ? after(commit.parents.slice(1)) + 1 : -1;
    if (item) {
      rounds[round] ??= [];
      rounds[round]?.push(item);
    }
    known.set(commit.oid, Math.max(round, after(commit.parents)));
  }
  return rounds;
}
