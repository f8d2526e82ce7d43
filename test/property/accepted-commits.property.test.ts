import type { ObjectId } from "@countersign/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { findAcceptedCommits } from "../../packages/core/src/judge/accepted-commits.ts";
import { MemoryRepository } from "../rig/repository/memory-repository.ts";

/** A history of merges and lines in which each number chooses the parents of a commit among those before it. */
function grow(choices: readonly (readonly [number, number])[]): {
  readonly repository: MemoryRepository;
  readonly commits: readonly ObjectId[];
} {
  const repository = new MemoryRepository();
  const commits = [repository.add("0\n")];
  for (const [index, [one, two]] of choices.entries()) {
    const chosen = [one, two].map((back) => commits[Math.max(0, commits.length - 1 - (back % 6))]);
    const parents = [...new Set(chosen)].filter((oid) => oid !== undefined);
    commits.push(repository.add(`${index + 1}\n`, { parents, date: 1_800_000_000 + index }));
  }
  return { repository, commits };
}

async function reachOf(repository: MemoryRepository, tips: readonly ObjectId[]): Promise<ReadonlySet<ObjectId>> {
  const reached = new Set<ObjectId>();
  for await (const { oid } of repository.commits({ tips, exclude: [] })) reached.add(oid);
  return reached;
}

const choices = fc.array(fc.tuple(fc.nat(5), fc.nat(11)), { minLength: 5, maxLength: 90 });
const picks = fc.array(fc.nat(89), { minLength: 1, maxLength: 4 });

it("of each accepted branch counts what the newest commit of its first-parent line that the tip has brings along", async () => {
  await fc.assert(
    fc.asyncProperty(choices, fc.nat(89), picks, picks, async (chosen, last, own, others) => {
      const { repository, commits } = grow(chosen);
      const at = (index: number): ObjectId => commits[index % commits.length] as ObjectId;
      const [tip, judged, accepted] = [at(last), own.slice(1).map(at), others.map(at)];
      const has = await reachOf(repository, [tip]);
      const newest = accepted.flatMap((line) => {
        let oid: ObjectId | undefined = line;
        while (oid && !has.has(oid)) [oid] = repository.parentsOf(oid);
        return oid ?? [];
      });
      const expected = await reachOf(repository, [...judged, ...newest]);
      const found = await findAcceptedCommits(repository, tip, judged, new Set(accepted));
      const counted = await reachOf(repository, [...judged, ...found]);
      const ofTip = (set: ReadonlySet<ObjectId>): readonly ObjectId[] => [...has].filter((oid) => set.has(oid));
      expect(ofTip(counted)).toEqual(ofTip(expected));
    }),
    { numRuns: 150 },
  );
});
