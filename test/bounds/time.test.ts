import { CountersignError, judgePush, readPolicy } from "@countersign/core";
import { expect, it } from "vitest";
import { signedPolicy } from "../rig/cosign-commit.ts";
import { codesOf, NOW, startWith } from "./judge-in-memory.ts";

it("time is looked at with each commit, and what is up is said once", async () => {
  const { repository, main } = startWith(signedPolicy({}));
  let tip = main;
  for (let number = 0; number < 10; number += 1) {
    tip = repository.add("Work\n\nAssisted-by: Kiro\n", { parents: [tip], files: { a: `${number}\n` } });
  }
  const policy = await readPolicy(repository, { ref: "refs/heads/main", commit: main });
  const destination = { branches: new Map([["main", main]]), defaultBranch: "main", aliases: new Map() };
  const updates = [{ ref: "refs/heads/main", old: main, new: tip }];
  let looks = 0;
  const checkTime = (): void => {
    looks += 1;
    if (looks > 3) throw new CountersignError("TIMED_OUT", { seconds: 60 });
  };
  const decision = await judgePush(repository, { updates, destination, policy, now: NOW, checkTime });
  expect({ outcome: decision.outcome, codes: codesOf(decision), looks }).toEqual({
    outcome: "undecided",
    codes: ["TIMED_OUT"],
    looks: 4,
  });
});
