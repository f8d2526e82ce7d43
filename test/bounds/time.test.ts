import { CountersignError, type Decision, judgePush, OpenRepository, readPolicy } from "@countersign/core";
import { comparePolicies, explainCommit, simulate } from "@countersign/core/internal";
import { describe, expect, it } from "vitest";
import { signedPolicy } from "../rig/keys/cosign-commit.ts";
import { MemoryRepository } from "../rig/repository/memory-repository.ts";
import { codesOf, NOW } from "./judge-in-memory.ts";

/** A repository whose time is a number of looks at the clock. */
class TimedRepository extends MemoryRepository {
  looks = 0;
  most = Number.POSITIVE_INFINITY;
  ended: () => Error = () => new CountersignError("TIMED_OUT", { seconds: 60 });

  override throwIfEnded(): void {
    this.looks += 1;
    if (this.looks > this.most) throw this.ended();
  }
}

const COMMITS = 10;

/** A branch with assisted commits, all of which come in one batch. */
async function openWorld() {
  const repository = new TimedRepository();
  const main = repository.add("Start\n", { files: { "countersign.config.yaml": signedPolicy({}) } });
  let tip = main;
  for (let number = 0; number < COMMITS; number += 1) {
    tip = repository.add("Work\n\nAssisted-by: Kiro\n", { parents: [tip], files: { a: `${number}\n` } });
  }
  const policy = await readPolicy(repository, { ref: "refs/heads/main", commit: main });
  if (!policy) throw new Error("the policy is there");
  const destination = { branches: new Map([["main", main]]), defaultBranch: "main", aliases: new Map() };
  const updates = [{ ref: "refs/heads/main", old: main, new: tip }];
  return { repository, main, tip, policy, destination, updates };
}

type World = Awaited<ReturnType<typeof openWorld>>;

/** Everything that judges. */
const QUESTIONS: readonly (readonly [what: string, ask: (world: World) => Promise<unknown>])[] = [
  ["a push", async ({ repository, ...push }) => failOnDoubt(await judgePush(repository, { ...push, now: NOW }))],
  [
    "an explanation",
    ({ repository, policy, destination, tip }) =>
      explainCommit(repository, { policy, destination, branch: "main", commit: tip, now: NOW }),
  ],
  [
    "a simulation",
    ({ repository, policy: { policy }, destination, main, tip }) => {
      const history = { tip, exclude: [main] };
      return simulate(repository, { policy, destination, branch: "main", now: NOW, history });
    },
  ],
  [
    "a comparison of policies",
    ({ repository, policy: { policy }, destination, main, tip }) => {
      const plan = { before: policy, after: { ...policy, protect: [] }, destination, branch: "main", now: NOW };
      return comparePolicies(repository, { ...plan, history: { tip, exclude: [main] } });
    },
  ],
];

/** A push that cannot be decided on says why beside its updates. */
function failOnDoubt({ outcome, updates }: Decision): void {
  if (outcome === "undecided") throw updates[0]?.faults[0];
}

describe("the clock is looked at within a batch, for each commit", () => {
  it.each(QUESTIONS)("by %s", async (_, ask) => {
    const world = await openWorld();
    await ask(world);
    expect(world.repository.looks).toBeGreaterThanOrEqual(COMMITS);
    for (const most of [0, 1, COMMITS - 1]) {
      const { repository, ...others } = await openWorld();
      repository.most = most;
      await expect(ask({ repository, ...others })).rejects.toMatchObject({ code: "TIMED_OUT" });
    }
  });
});

it("a push of which time was up is not decided on, which is said once", async () => {
  const { repository, ...push } = await openWorld();
  repository.most = 3;
  const decision = await judgePush(repository, { ...push, now: NOW });
  expect({ outcome: decision.outcome, codes: codesOf(decision) }).toEqual({
    outcome: "undecided",
    codes: ["TIMED_OUT"],
  });
});

it("a program that ends its question gets its own reason, in the middle of a batch", async () => {
  const { repository, ...push } = await openWorld();
  const reason = new Error("the pull request was closed");
  const asking = new AbortController();
  repository.most = 3;
  repository.ended = () => {
    asking.abort(reason);
    return reason;
  };
  const configured = Object.assign(repository, {
    isBare: async () => true,
    remotes: async () => [],
    setting: async () => undefined,
    resolve: async () => undefined,
  });
  const opened = new OpenRepository(() => configured);
  const answer = opened.use((reader) => judgePush(reader, { ...push, now: NOW }), { signal: asking.signal });
  await expect(answer).rejects.toBe(reason);
  expect(repository.looks).toBe(4);
});
