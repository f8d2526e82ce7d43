import { expect, it } from "vitest";
import type { Commit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { CommitChanges } from "../../repository.ts";
import { change } from "../commit-verdict.fixture.ts";
import { ChangesInTurn } from "./changes-in-turn.ts";

const [ONE, TWO, OTHER] = ["1", "2", "3"].map((digit) => ({ oid: digit.repeat(40) as ObjectId }) as Commit);
if (!ONE || !TWO || !OTHER) throw new Error("there are three");
const asked = [ONE, TWO];

/** Answers about these commits, which note when reading ends. */
function answers(...about: readonly Commit[]) {
  const seen = { read: 0, ended: false };
  const all = async function* (): AsyncGenerator<CommitChanges> {
    try {
      for (const { oid } of about) {
        seen.read += 1;
        yield { commit: oid, changes: [change(oid.slice(0, 1))] };
      }
    } finally {
      seen.ended = true;
    }
  };
  return { seen, all: all() };
}

it("the changes of commits come one by one, and those of others are not there", async () => {
  const { seen, all } = answers(ONE, TWO);
  const turn = new ChangesInTurn(all, asked);
  expect(turn.of(OTHER)).toBeUndefined();
  expect(turn.of(TWO)).toBeUndefined();
  expect(seen.read).toBe(0);
  expect(await turn.of(ONE)).toEqual([change("1")]);
  expect(seen.read).toBe(1);
  expect(turn.of(ONE)).toBeUndefined();
  expect(await turn.of(TWO)).toEqual([change("2")]);
  expect(turn.of(TWO)).toBeUndefined();
});

it("what is still being read is ended", async () => {
  const { seen, all } = answers(ONE, TWO);
  const turn = new ChangesInTurn(all, asked);
  await turn.of(ONE);
  await turn.end();
  expect(seen).toEqual({ read: 1, ended: true });
  const plain = { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true as const, value: undefined }) }) };
  await expect(new ChangesInTurn(plain, asked).end()).resolves.toBeUndefined();
});

it("an answer about another commit is a defect, and so is none", async () => {
  const wrong = "a repository answers in the order in which it is asked";
  await expect(new ChangesInTurn(answers(TWO).all, asked).of(ONE)).rejects.toThrow(wrong);
  await expect(new ChangesInTurn(answers().all, asked).of(ONE)).rejects.toThrow(wrong);
});
