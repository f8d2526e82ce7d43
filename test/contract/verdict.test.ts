import { judgePush, type ObjectId, type RefUpdate, type Repository, readPolicy } from "@countersign/core";
import { branchName, zeroOid } from "@countersign/core/internal";
import { decisionToJson } from "@countersign/report";
import { expect, it } from "vitest";
import { attachNote, authorshipLog, traceRecord, writeBeside } from "../rig/agents/records.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { CLAUDE, COSIGN, POLICY } from "../rig/worlds/push-world.ts";
import { BACKENDS } from "./backends.ts";

const RULES = `rules:
  - name: infrastructure
    paths: ["infra/**"]
    cosign: { count: 2 }
  - name: many lines
    changes: { lines: 100 }
    cosign: { count: 2 }
evidence: { gitAiNotes: true, entireCheckpoints: true, agentTrace: true }
`;

/** Pushes of everything that lies on branches; each gives what is pushed to main. */
const PUSHES: readonly { readonly name: string; make(repo: Repo): string }[] = [
  { name: "a human's commit", make: (repo) => repo.commit("by hand\n") },
  { name: "an agent's commit without a co-sign", make: (repo) => repo.commit(`x\n\n${CLAUDE}\n`) },
  { name: "an agent's commit with a co-sign", make: (repo) => repo.commit(`x\n\n${CLAUDE}\n${COSIGN}\n`) },
  {
    name: "a stricter path",
    make: (repo) => repo.commit(`x\n\n${CLAUDE}\n${COSIGN}\n`, { files: { "infra/a": "1\n" } }),
  },
  {
    name: "many lines",
    make: (repo) => repo.commit(`x\n\n${CLAUDE}\n${COSIGN}\n`, { files: { long: "line\n".repeat(150) } }),
  },
  {
    name: "a changed policy",
    make: (repo) => repo.commit("x\n", { files: { "countersign.config.yaml": `${POLICY}# more\n` } }),
  },
  { name: "a removed policy", make: (repo) => repo.commit("x\n", { files: { "countersign.config.yaml": null } }) },
  { name: "a rewritten history", make: (repo) => repo.commit("x\n", { args: ["--amend"] }) },
  {
    name: "a merge that brings an agent's commit",
    make: (repo) => {
      repo.git(["checkout", "-q", "-b", "side", "HEAD~"]);
      repo.commit(`x\n\n${CLAUDE}\n`);
      repo.git(["checkout", "-q", "main"]);
      repo.git(["merge", "-q", "-m", "merge", "side"]);
      return repo.oid("HEAD");
    },
  },
  {
    name: "an agent's merge that unites a file line by line, drops a fix and leaves a conflict as it was",
    make: (repo) => {
      const lines = Array.from({ length: 30 }, (_, index) => `${index}\n`);
      const text = (line: number) => lines.map((old, index) => (index === line ? "changed\n" : old)).join("");
      const start = repo.commit("start\n", { files: { both: text(-1), clash: "0\n" } });
      repo.commit("ours\n", { files: { both: text(1), clash: "1\n" } });
      repo.git(["checkout", "-q", "-b", "side", start]);
      repo.commit("theirs\n", { files: { both: text(28), clash: "2\n", fix: "f\n" } });
      repo.git(["checkout", "-q", "main"]);
      repo.git(["merge", "-q", "-X", "ours", "--no-commit", "side"]);
      repo.git(["rm", "-qf", "fix"]);
      return repo.commit(`merge\n\n${CLAUDE}\n`, { files: {} });
    },
  },
  {
    name: "a commit with a note",
    make: (repo) => {
      const oid = repo.commit("x\n");
      attachNote(repo, oid, authorshipLog("claude"), { fanOut: 1 });
      return oid;
    },
  },
  {
    name: "a commit with a checkpoint",
    make: (repo) => {
      writeBeside(repo, "refs/heads/entire/checkpoints/v1", {
        "ff/d2a5cf8a87/0/metadata.json": '{"agent":"Gemini CLI"}',
      });
      return repo.commit("x\n\nEntire-Checkpoint: ffd2a5cf8a87\n");
    },
  },
  {
    name: "a commit with a trace, and one that a trace names",
    make: (repo) => {
      const made = repo.commit("x\n", { files: { a: "1\n" } });
      const traces = traceRecord("a", "ai", made) + traceRecord("b", "ai");
      return repo.commit("y\n", { files: { b: "1\n", ".agent-trace/traces.jsonl": traces } });
    },
  },
  { name: "a deleted branch", make: () => zeroOid("sha1") },
];

it.each(PUSHES)("gives one verdict in every backend: $name", async ({ make }) => {
  using scratch = openScratch();
  const repo = initRepo(scratch, "repo");
  repo.commit("policy\n", { files: { "countersign.config.yaml": POLICY + RULES } });
  const old = repo.commit("two\n") as ObjectId;
  repo.git(["update-ref", "refs/heads/landed", old]);
  const update = { ref: "refs/heads/main", old, new: make(repo) as ObjectId };
  const verdicts: string[] = [];
  for (const { open } of BACKENDS) {
    const repository = await open(repo);
    verdicts.push(await judge(repository, update));
    await repository.close();
  }
  expect(verdicts[0]).toContain(`"outcome"`);
  expect(new Set(verdicts).size).toBe(1);
});

async function judge(repository: Repository, update: RefUpdate): Promise<string> {
  const policy = await readPolicy(repository, { ref: update.ref, commit: update.old });
  const branches = new Map([[branchName(update.ref) ?? "", update.old]]);
  const destination = { branches, defaultBranch: "main", aliases: new Map<string, string>() };
  return JSON.stringify(
    decisionToJson(await judgePush(repository, { updates: [update], destination, policy, now: 1_800_000_000 })),
    undefined,
    1,
  );
}
