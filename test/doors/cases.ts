import { changeDigest, formatLines, type ObjectId, pathsDigest } from "@countersign/core";
import { addToLedger, openGitRepository } from "@countersign/git/internal";
import { cosignHead, fromNow, makeSigner, messageOf, NAMESPACE, signedPolicy } from "../rig/keys/cosign-commit.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import type { PushWorld } from "../rig/worlds/push-world.ts";

const ada = makeSigner();
const LEDGER = "countersign/ledger";
const policy = signedPolicy({ ada: [ada.line] });
const COVERED = signedPolicy({ ada: [ada.line] }, "proof: signed, coverage: merge");
const RECORDED = signedPolicy({ ada: [ada.line] }, "proof: signed", `ledger: ${LEDGER}\n`);
const KNOWN = signedPolicy({ ada: [ada.line] }, "proof: signed", "emergency: { level: senior, reviewWithin: 3d }\n");
const URGENT = `${ASSISTED}Emergency: uploads fail\n`;
const FILES = { "src/a.ts": "a\n" };
const POLICY_FILE = "countersign.config.yaml";

/** Work that is to land on main, and what every door has to say of it. */
export interface Case {
  readonly what: string;
  readonly policy: string;
  /** Leaves HEAD of the clone at what is to land, and gives the commit that it is about. */
  make(world: PushWorld): string | Promise<string>;
  /** Nothing where it may land. */
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

export const CASES: readonly Case[] = [
  { what: "a person's commit", policy, make: ({ dev }) => dev.commit("By hand\n"), codes: [] },
  { what: "an agent's commit", policy, make: ({ dev }) => dev.commit(ASSISTED), codes: ["COSIGN_MISSING"] },
  { what: "a typed co-sign", policy, make: ({ dev }) => dev.commit(VOUCHED), codes: ["COSIGN_DECLARED_ONLY"] },
  {
    what: "a signed commit",
    policy,
    make: ({ dev }) => {
      dev.commit(ASSISTED);
      return cosignHead(dev, ada);
    },
    codes: [],
  },
  {
    what: "a signature that was used before",
    policy,
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
    policy,
    make: (world) => mergeMain(world, ["fix.c"]),
    codes: ["COSIGN_MISSING"],
  },
  {
    what: "an agent's merge that brings main into its topic",
    policy,
    make: (world) => mergeMain(world, []),
    codes: [],
  },
  {
    what: "a merge that rolls the policy back",
    policy,
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
  {
    what: "a squash of a branch that was co-signed in the ledger",
    policy: RECORDED,
    make: (world) => squashRecorded(world),
    codes: [],
  },
  {
    what: "a squash with something that the branch did not have",
    policy: RECORDED,
    make: (world) => squashRecorded(world, { "src/more.ts": "more\n" }),
    codes: ["COSIGN_MISSING"],
  },
  {
    what: "an emergency that somebody signed who may",
    policy: KNOWN,
    make: ({ dev }) => {
      dev.commit(URGENT);
      return cosignHead(dev, ada, { lines: (lines) => `${lines}emergency uploads fail\n` });
    },
    codes: ["EMERGENCY_LANDING"],
  },
  {
    what: "an emergency that was reviewed all the same",
    policy: KNOWN,
    make: ({ dev }) => {
      dev.commit(URGENT);
      return cosignHead(dev, ada);
    },
    codes: [],
  },
  {
    what: "an emergency that nobody signed",
    policy: KNOWN,
    make: ({ dev }) => dev.commit(URGENT),
    codes: ["COSIGN_MISSING", "EMERGENCY_UNPROVEN"],
  },
  {
    what: "an emergency where the policy knows none",
    policy,
    make: ({ dev }) => {
      dev.commit(URGENT);
      return cosignHead(dev, ada, { lines: (lines) => `${lines}emergency uploads fail\n` });
    },
    codes: ["COSIGN_MISMATCH", "EMERGENCY_IDLE"],
  },
  {
    what: "a change of the policy in an emergency",
    policy: KNOWN,
    make: ({ dev }) => {
      dev.commit(URGENT, { files: { [POLICY_FILE]: `${KNOWN}disclosure: required\n` } });
      return cosignHead(dev, ada, { lines: (lines) => `${lines}emergency uploads fail\n` });
    },
    codes: ["COSIGN_MISSING", "EMERGENCY_IDLE", "POLICY_CHANGED"],
  },
  {
    what: "work by the rules of a damaged policy",
    policy,
    make: ({ dev, server }) => {
      const work = dev.commit("By hand\n");
      dev.git(["checkout", "-q", "--detach", "HEAD~"]);
      const damaged = dev.commit("Break\n", { files: { [POLICY_FILE]: "version: 2\n" } });
      dev.git(["push", "-q", "--no-verify", server.dir, `${damaged}:refs/heads/main`]);
      dev.git(["fetch", "-q", "origin"]);
      dev.git(["checkout", "-q", "main"]);
      dev.git(["rebase", "-q", damaged]);
      return work;
    },
    codes: ["POLICY_MALFORMED"],
  },
];

/** Lands nothing: a branch of two commits, approved as a whole in the ledger, as one commit on main. */
async function squashRecorded(world: PushWorld, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const { dev } = world;
  dev.git(["checkout", "-q", "-b", "topic"]);
  dev.commit(ASSISTED, { files: FILES });
  dev.commit(ASSISTED, { files: { "src/b.ts": "b\n" } });
  await record(world, dev.oid("main"), dev.oid("topic"));
  dev.git(["push", "-q", "--no-verify", "origin", LEDGER]);
  dev.git(["checkout", "-q", "main"]);
  dev.git(["merge", "-q", "--squash", "topic"]);
  return dev.commit(ASSISTED, { files: more });
}

/** Writes into the clone's ledger that Ada approves what a branch of two commits makes of its base, as one change. */
async function record({ dev }: PushWorld, base: string, tip: string): Promise<void> {
  const repository = await openGitRepository(dev.dir, dev.env);
  for await (const { changes } of repository.changes([{ oid: tip as ObjectId, parents: [base as ObjectId] }])) {
    const authors = ["bob@acme.example"];
    const sum = { change: changeDigest(changes), paths: pathsDigest(changes), parents: 1, otherParents: [], authors };
    const branches = [{ ref: "refs/heads/main", base: base as ObjectId }];
    const head = { project: "acme/payments", branches, cosigner: "ada@acme.example", time: fromNow(-60) };
    const lines = { head, blocks: [{ ...sum, commits: 2, agents: ["claude-code"] }] };
    const signature = ada.sign(NAMESPACE, Buffer.from(formatLines(lines)));
    const branch = { ref: `refs/heads/${LEDGER}`, tracking: undefined };
    await addToLedger(repository, branch, { records: [{ lines, changes: [changes], signature }] });
  }
  await repository.close();
}
