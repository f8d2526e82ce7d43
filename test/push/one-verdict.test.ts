import { judgePush, type ObjectId } from "@countersign/core";
import { branchRef, closeAfter, findDestination, readInForce, zeroOid } from "@countersign/core/internal";
import { openGitRepository } from "@countersign/git/internal";
import { expect, it } from "vitest";
import { ASSISTED, attempt, VOUCHED } from "../rig/attempt.ts";
import { cosignHead, fromNow, makeSigner, messageOf, signedPolicy } from "../rig/cosign-commit.ts";
import { countersign } from "../rig/countersign.ts";
import { openPushWorld, type PushWorld } from "../rig/push-world.ts";

// The same commits by `check`, by `explain`, by the library and by a real push: one verdict.

const ada = makeSigner();
const policy = signedPolicy({ ada: [ada.line] });
const COVERED = signedPolicy({ ada: [ada.line] }, "proof: signed, coverage: merge");
const FILES = { "src/a.ts": "a\n" };
const POLICY_FILE = "countersign.config.yaml";
const codesIn = (text: string): readonly string[] => [...new Set(text.match(/^[A-Z]+(?:_[A-Z]+)+(?=:)/gm))].sort();

interface Row {
  readonly what: string;
  readonly policy?: string;
  /** Leaves HEAD at what is to land on main, and names the commit that is asked about. */
  make(world: PushWorld): string;
  readonly codes: readonly string[];
}

/** Lands what HEAD is. */
function land({ dev }: PushWorld): string {
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
  return dev.oid("HEAD");
}

function mergeTopic({ dev }: PushWorld, message: string): string {
  dev.git(["checkout", "-q", "-b", "topic"]);
  const work = dev.commit(message, { files: FILES });
  dev.git(["checkout", "-q", "main"]);
  dev.commit("Meanwhile\n");
  dev.git(["merge", "-q", "--no-ff", "-m", "Merge\n\nReviewed-by: R <r@acme.example>", "topic"]);
  return work;
}

/** Merges main, which got a fix, into a topic, as an agent does, and without these files. */
function mergeMain(world: PushWorld, without: readonly string[]): string {
  const { dev } = world;
  dev.git(["checkout", "-q", "-b", "topic"]);
  dev.commit("Work\n", { files: FILES });
  dev.git(["checkout", "-q", "main"]);
  dev.commit("Fix a hole\n", { files: { "fix.c": "fixed\n" } });
  land(world);
  dev.git(["checkout", "-q", "topic"]);
  dev.git(["merge", "-q", "--no-ff", "--no-commit", "main"]);
  dev.git(["rm", "-qf", "--ignore-unmatch", "--", ...without, "absent"]);
  return dev.commit("Merge main\n\nAssisted-by: Kiro\n", { files: {} });
}

const ROWS: readonly Row[] = [
  { what: "a person's commit", make: ({ dev }) => dev.commit("By hand\n"), codes: [] },
  { what: "an agent's commit", make: ({ dev }) => dev.commit(ASSISTED), codes: ["COSIGN_MISSING"] },
  { what: "a typed co-sign", make: ({ dev }) => dev.commit(VOUCHED), codes: ["COSIGN_DECLARED_ONLY"] },
  {
    what: "a signed commit",
    make: ({ dev }) => {
      dev.commit(ASSISTED);
      return cosignHead(dev, ada);
    },
    codes: [],
  },
  {
    what: "a signature that was used before",
    make: (world) => {
      const { dev } = world;
      dev.commit(ASSISTED, { files: FILES });
      const landed = cosignHead(dev, ada, { time: fromNow(-60) });
      dev.commit("Take it back\n", { files: { "src/a.ts": null } });
      land(world);
      return dev.commit(messageOf(dev, landed), { files: FILES });
    },
    codes: ["COSIGN_SPENT"],
  },
  {
    what: "a commit that a co-signed merge vouches for",
    policy: COVERED,
    make: (world) => {
      const work = mergeTopic(world, ASSISTED);
      cosignHead(world.dev, ada);
      return work;
    },
    codes: [],
  },
  {
    what: "a commit of a merge that nobody co-signed",
    policy: COVERED,
    make: (world) => mergeTopic(world, ASSISTED),
    codes: ["COSIGN_MISSING"],
  },
  {
    what: "an agent's merge that drops a fix of main, which its first parent does not show",
    make: (world) => mergeMain(world, ["fix.c"]),
    codes: ["COSIGN_MISSING"],
  },
  {
    what: "an agent's merge that brings main into its topic",
    make: (world) => mergeMain(world, []),
    codes: [],
  },
  {
    what: "a merge that rolls the policy back",
    make: (world) => {
      const { dev } = world;
      dev.git(["branch", "topic"]);
      dev.commit("Tighten\n\nAssisted-by: none\n", { files: { [POLICY_FILE]: `${policy}disclosure: required\n` } });
      land(world);
      const tree = dev.oid("topic^{tree}");
      const message = "Merge\n\nAssisted-by: none\n";
      const merge = dev.git(["commit-tree", tree, "-p", "HEAD", "-p", "topic"], { input: message });
      dev.git(["reset", "-q", "--hard", merge]);
      return merge;
    },
    codes: ["POLICY_CHANGED"],
  },
];

it.each(ROWS)("check, explain, the library and a push agree on $what", async ({ make, codes, ...row }) => {
  using world = openPushWorld({ policy: row.policy ?? policy });
  const { dev } = world;
  const commit = make(world);
  const tip = dev.oid("HEAD");
  const refused = codes.length > 0 ? 1 : 0;

  const checked = countersign(dev, ["check", "--format", "json"]);
  const { updates } = JSON.parse(checked.stdout);
  const ofCommit = updates[0].violations.filter((found: { commit: string }) => found.commit === commit);
  const explained = countersign(dev, ["explain", commit]);
  const decision = await closeAfter(await openGitRepository(dev.dir, process.env), async (repository) => {
    const known = await findDestination(repository);
    const { destination } = known;
    const old = destination.branches.get("main") ?? zeroOid("sha1");
    const update = { ref: branchRef("main"), old, new: tip as ObjectId };
    const inForce = await readInForce(repository, known, [update]);
    return judgePush(repository, { updates: [update], destination, ...inForce });
  });
  const judged = decision.updates.flatMap(({ judged, violations }) => [
    ...violations,
    ...judged.flatMap((verdict) => verdict.violations),
  ]);
  const pushed = attempt(world, tip);

  expect({
    check: [checked.status, ofCommit.map(({ code }: { code: string }) => code).sort()],
    explain: [explained.status, codesIn(explained.stdout)],
    library: [
      decision.outcome,
      judged
        .filter((found) => found.commit === commit)
        .map(({ code }) => code)
        .sort(),
    ],
    push: [pushed.hook, codesIn(pushed.stderr)],
  }).toEqual({
    check: [refused, codes],
    explain: [refused, codes],
    library: [refused ? "deny" : "allow", codes],
    push: [refused, codes],
  });
});
