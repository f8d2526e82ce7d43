import { type Decision, judgePush, type ObjectId, readPolicy } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { makeSigner, signedPolicy } from "../rig/keys/cosign-commit.ts";
import { MemoryRepository } from "../rig/repository/memory-repository.ts";
import { codesOf, judge, NOW, startWith } from "./judge-in-memory.ts";

const MARK = "Co-authored-by: Claude <noreply@anthropic.com>";

/** A repository that counts the questions for which the git program has to be started. */
class CountingRepository extends MemoryRepository {
  questions = 0;

  override isAncestor(...asked: Parameters<MemoryRepository["isAncestor"]>): Promise<boolean> {
    this.questions += 1;
    return super.isAncestor(...asked);
  }

  override mergeBases(...asked: Parameters<MemoryRepository["mergeBases"]>): Promise<readonly ObjectId[]> {
    this.questions += 1;
    return super.mergeBases(...asked);
  }

  override changes(...asked: Parameters<MemoryRepository["changes"]>): ReturnType<MemoryRepository["changes"]> {
    this.questions += 1;
    return super.changes(...asked);
  }
}

/** What a push of a new release branch takes beside a number of others, with some refused work of its own. */
async function createBeside(branches: number, refused: number): Promise<{ questions: number; decision: Decision }> {
  const repository = new CountingRepository();
  const policy = signedPolicy({}, "proof: declared").replace("[main]", '[main, "release/**"]');
  const main = repository.add("Start\n", { files: { "countersign.config.yaml": policy } });
  const tips = new Map([["main", main]]);
  for (let number = 0; number < branches; number += 1) {
    tips.set(
      `release/${number}`,
      repository.add(`Release ${number}\n`, { parents: [main], files: { v: `${number}\n` } }),
    );
  }
  let tip = repository.add("Old work\n", { parents: [main], files: { "old.txt": "1\n" } });
  tips.set("release/old", repository.add("Its end\n", { parents: [tip], files: { v: "old\n" } }));
  for (let number = 0; number < refused; number += 1) {
    tip = repository.add(`Work\n\n${MARK}\n`, { parents: [tip], files: { "new.txt": `${number}\n` } });
  }
  const inForce = await readPolicy(repository, { ref: "refs/heads/main", commit: main });
  const destination = { branches: tips, defaultBranch: "main", aliases: new Map() };
  const updates = [{ ref: "refs/heads/release/new", old: "0".repeat(40) as ObjectId, new: tip }];
  repository.questions = 0;
  const decision = await judgePush(repository, { updates, destination, policy: inForce, now: NOW });
  return { questions: repository.questions, decision };
}

describe("git is asked once for all branches of an entry", () => {
  it.each([
    [0, []],
    [1, ["COSIGN_MISSING"]],
    [3, ["COSIGN_MISSING", "COSIGN_MISSING", "COSIGN_MISSING"]],
  ])("where a new one brings %i commits that are refused", async (refused, codes) => {
    const [few, many] = [await createBeside(2, refused), await createBeside(300, refused)];
    expect(codesOf(many.decision)).toEqual(codes);
    expect(many.questions).toBe(few.questions);
    expect(many.questions).toBeLessThan(8);
  });
});

describe("with `coverage: merge`", () => {
  const policy = signedPolicy({ ada: [makeSigner().line] }, "proof: declared, coverage: merge");

  /** Merges, each co-signed, of so many assisted commits. */
  async function judgeMerges(merges: number, each: number): Promise<{ questions: number; decision: Decision }> {
    const repository = new CountingRepository();
    const main = repository.add("Start\n", { files: { "countersign.config.yaml": policy } });
    let tip = main;
    for (let merge = 0; merge < merges; merge += 1) {
      let topic = tip;
      for (let number = 0; number < each; number += 1) {
        topic = repository.add(`Work\n\n${MARK}\n`, { parents: [topic], files: { [`${merge}.txt`]: `${number}\n` } });
      }
      const message = "Merge\n\nCo-signed-by: Ada Lovelace <ada@acme.example>\n";
      tip = repository.add(message, { parents: [tip, topic], filesOf: topic });
    }
    repository.questions = 0;
    return { decision: await judge(repository, main, tip), questions: repository.questions };
  }

  it("git is asked no more, however many merges vouch for however many commits", async () => {
    const [few, many] = [await judgeMerges(2, 2), await judgeMerges(12, 8)];
    expect({ outcome: many.decision.outcome, assisted: many.decision.updates[0]?.assisted }).toEqual({
      outcome: "allow",
      assisted: 96,
    });
    expect(many.questions).toBe(few.questions);
  });

  it("a merge vouches for nothing that it was merged into, whatever other merges bring in", async () => {
    const { repository, main } = startWith(policy);
    const direct = repository.add(`Work\n\n${MARK}\n`, { parents: [main], files: { "a.txt": "1\n" } });
    const topic = repository.add(`Work\n\n${MARK}\n`, { parents: [main], files: { "b.txt": "1\n" } });
    const message = "Merge\n\nCo-signed-by: Ada Lovelace <ada@acme.example>\n";
    const tip = repository.add(message, { parents: [direct, topic], files: { "b.txt": "1\n" } });
    const decision = await judge(repository, main, tip);
    expect(codesOf(decision)).toEqual(["COSIGN_MISSING"]);
    expect(decision.updates[0]?.judged.find(({ violations }) => violations.length > 0)?.commit).toBe(direct);
  });
});
