import { judgePush, type ObjectId, readPolicy } from "@countersign/core";
import { explainCommit } from "@countersign/core/internal";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type GrownHistory, growHistory, NOW } from "./grow-history.ts";

const numbers = fc.array(fc.nat(999), { minLength: 30, maxLength: 150 });

async function judge({ repository, main, tip }: GrownHistory) {
  const policy = await readPolicy(repository, { ref: "refs/heads/main", commit: main });
  const destination = { branches: new Map([["main", main]]), defaultBranch: "main", aliases: new Map() };
  const updates = [{ ref: "refs/heads/main", old: main, new: tip }];
  const decision = await judgePush(repository, { updates, destination, policy, merging: true, now: NOW });
  return { policy, destination, decision };
}

/** Those histories whose policy can be read. */
async function judgeSound(grown: GrownHistory) {
  const judged = await judge(grown).catch(() => undefined);
  fc.pre(judged?.policy !== undefined);
  return judged as NonNullable<typeof judged>;
}

it("explain says of every new commit what the push says", async () => {
  await fc.assert(
    fc.asyncProperty(numbers, async (drawn) => {
      const grown = await growHistory(drawn);
      const { policy, destination, decision } = await judgeSound(grown);
      const [update] = decision.updates;
      if (!policy || !update || update.faults.length > 0) return;
      const codesOf = (oid: ObjectId): readonly string[] =>
        [...update.violations, ...update.judged.flatMap(({ violations }) => violations)]
          .filter(({ commit }) => commit === oid)
          .map(({ code }) => code);
      for await (const { oid } of grown.repository.commits({ tips: [grown.tip], exclude: [grown.main] })) {
        const asked = { destination, policy, branch: "main", commit: oid, tip: grown.tip, now: NOW };
        const { verdict } = await explainCommit(grown.repository, asked);
        expect(verdict?.violations.map(({ code }) => code)).toEqual(codesOf(oid));
      }
    }),
    { numRuns: 25 },
  );
});

it("a commit that landed is never refused, though a walk lists it", async () => {
  await fc.assert(
    fc.asyncProperty(numbers, async (drawn) => {
      const grown = await growHistory(drawn);
      const { decision } = await judgeSound(grown);
      for await (const { oid } of grown.repository.commits({ tips: [grown.main], exclude: [] })) {
        grown.repository.surplus.add(oid);
      }
      const { decision: misled } = await judge(grown);
      expect(misled.outcome).toBe(decision.outcome);
      const refused = misled.updates.flatMap(({ judged }) => judged.filter(({ violations }) => violations.length > 0));
      for (const { commit } of refused) {
        expect(await grown.repository.isAncestor(commit, grown.main)).toBe(false);
      }
    }),
    { numRuns: 25 },
  );
});
