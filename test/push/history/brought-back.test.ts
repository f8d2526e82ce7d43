import { judgePush, type ObjectId, readPolicy } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { countersign } from "../../rig/process/countersign.ts";
import { MemoryRepository } from "../../rig/repository/memory-repository.ts";
import { attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { logOf } from "../../rig/worlds/commit-world.ts";
import { COSIGN, openPushWorld, POLICY } from "../../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";
const KIRO = "Assisted-by: Kiro:claude-opus-5";
const reverts = (oid: string): string => `This reverts commit ${oid}.`;

/** A history in memory that grows by one commit at a time. */
class Line {
  readonly repository = new MemoryRepository();
  tip: ObjectId = this.repository.add("Start\n", { files: { [FILE]: POLICY } });
  #date = 1_800_000_000;

  /** A commit with these paragraphs. */
  commit(...paragraphs: readonly string[]): ObjectId {
    this.#date += 1;
    this.tip = this.repository.add(`${paragraphs.join("\n\n")}\n`, { parents: [this.tip], date: this.#date });
    return this.tip;
  }

  /** A merge of a side branch with these messages. */
  merge(...messages: readonly string[]): ObjectId {
    const main = this.tip;
    for (const message of messages) this.commit(message);
    this.tip = this.repository.add("Merge\n", { parents: [main, this.tip], date: ++this.#date });
    return this.tip;
  }

  /** The agents of the last commit, by the signs that are reverts, as a push of it is judged. */
  async agentsOfLast(): Promise<readonly string[]> {
    const { tip, repository } = this;
    const [old] = repository.parentsOf(tip);
    const policy = await readPolicy(repository, { ref: "refs/heads/main", commit: old as ObjectId });
    const destination = { branches: new Map([["main", old as ObjectId]]), defaultBranch: "main", aliases: new Map() };
    const updates = [{ ref: "refs/heads/main", old: old as ObjectId, new: tip }];
    const { updates: verdicts, outcome } = await judgePush(repository, { updates, destination, policy });
    const judged = verdicts.flatMap((verdict) => verdict.judged);
    expect(outcome).toBe(judged.length > 0 ? "deny" : "allow");
    const evidence = judged.flatMap(({ provenance }) => provenance.evidence);
    return evidence.filter(({ kind }) => kind === "revert").map(({ agent }) => agent);
  }
}

type Row = readonly [what: string, grow: (line: Line) => void, agents: readonly string[]];

const ROWS: readonly Row[] = [
  [
    "the revert of a revert of an agent's commit",
    (line) => {
      line.commit("Reapply", reverts(line.commit("Revert", reverts(line.commit("Work", KIRO)))));
    },
    ["kiro"],
  ],
  [
    "one that says that no AI took part",
    (line) => {
      line.commit("Reapply", reverts(line.commit("Revert", reverts(line.commit("Work", KIRO)))), "Assisted-by: none");
    },
    ["kiro"],
  ],
  [
    "one that gets it wrong to the fourth",
    (line) => {
      let last = line.commit("Work", KIRO);
      for (let again = 0; again < 4; again += 1) last = line.commit("Revert", reverts(last));
    },
    ["kiro"],
  ],
  [
    "the revert of a revert of a merge that brought an agent's commit in",
    (line) => {
      const merge = line.merge("By hand", `Work\n\n${KIRO}`);
      line.commit("Reapply", reverts(line.commit("Revert", `This reverts commit ${merge}, reversing\nchanges made.`)));
    },
    ["kiro"],
  ],
  [
    "the revert of a commit that took two agents' work out",
    (line) => {
      const [one, two] = [line.commit("Work", KIRO), line.commit("Work", "Assisted-by: Codex:gpt-5")];
      line.commit("Reapply", reverts(line.commit("Back out", `${reverts(one)}\n${reverts(two)}`)));
    },
    ["kiro", "codex"],
  ],
  // What takes an agent's work out is not the agent's.
  ["the revert of an agent's commit", (line) => void line.commit("Revert", reverts(line.commit("Work", KIRO))), []],
  [
    "the revert of the revert of the revert of an agent's commit",
    (line) => {
      let last = line.commit("Work", KIRO);
      for (let again = 0; again < 3; again += 1) last = line.commit("Revert", reverts(last));
    },
    [],
  ],
  [
    "the revert of a merge that brought an agent's commit in",
    (line) => void line.commit("Revert", reverts(line.merge(`Work\n\n${KIRO}`))),
    [],
  ],
  [
    "the revert of a revert of a person's commit",
    (line) => void line.commit("Reapply", reverts(line.commit("Revert", reverts(line.commit("By hand"))))),
    [],
  ],
  [
    "the revert of a revert of a merge that brought people's commits in, after an agent's on main",
    (line) => {
      line.commit("Work", KIRO);
      line.commit("Reapply", reverts(line.commit("Revert", reverts(line.merge("By hand", "By hand too")))));
    },
    [],
  ],
  [
    "one that names a commit which is not here",
    (line) => void line.commit("Reapply", reverts(line.commit("Revert", reverts("1".repeat(40))))),
    [],
  ],
  [
    "one that names it by a short id",
    (line) => {
      const revert = line.commit("Revert", reverts(line.commit("Work", KIRO)));
      line.commit("Reapply", reverts(revert.slice(0, 12)));
    },
    [],
  ],
  [
    "one whose revert names the work by a short id",
    (line) => {
      const work = line.commit("Work", KIRO);
      line.commit("Reapply", reverts(line.commit("Revert", reverts(work.slice(0, 12)))));
    },
    [],
  ],
  // Limits: what is not looked at is not taken for nobody's.
  [
    "one that names more commits than anybody would",
    (line) => void line.commit("Reapply", Array.from({ length: 101 }, () => reverts("1".repeat(40))).join("\n")),
    ["unknown"],
  ],
  [
    "one whose revert names more",
    (line) => {
      const named = Array.from({ length: 101 }, () => reverts("1".repeat(40))).join("\n");
      line.commit("Reapply", reverts(line.commit("Revert", named)));
    },
    ["unknown"],
  ],
];

describe("what a commit brings back", () => {
  it.each(ROWS)("%s", async (_, grow, agents) => {
    const line = new Line();
    grow(line);
    expect(await line.agentsOfLast()).toEqual(agents);
  });
});

it("by git's own reverts is asked for by a push, a check and the log, and taking it out is not", () => {
  using world = openPushWorld();
  const { dev } = world;
  const lines = (first: string): string => [first, ..."23456789"].map((line) => `${line}\n`).join("");
  dev.commit("Before\n", { files: { "a.txt": lines("before") } });
  dev.commit(`Work\n\n${KIRO}\n${COSIGN}\n`, { files: { "a.txt": lines("agent") } });
  dev.commit("By hand\n", { files: { "a.txt": `${lines("agent")}more\n` } });
  expectAllowed(attempt(world, dev.oid("HEAD")));
  dev.git(["revert", "--no-edit", "HEAD~"]);
  expectAllowed(attempt(world, dev.oid("HEAD")));
  dev.git(["revert", "--no-edit", "HEAD"]);
  const tip = dev.oid("HEAD");
  expectRefused(attempt(world, tip), "COSIGN_MISSING", tip.slice(0, 12), "made with kiro");
  expect(logOf(dev, "HEAD~1..HEAD")[0]).toMatchObject({ state: "assisted", agents: ["kiro"] });
  dev.git(["checkout", "-q", "--detach"]);
  expect(countersign(dev, ["check", "HEAD", "--branch", "main"]).status).toBe(1);
  dev.git(["commit", "-q", "--amend", "-m", `Bring it back\n\n${reverts(dev.oid("HEAD~"))}\n\n${COSIGN}`]);
  expectAllowed(attempt(world, dev.oid("HEAD")));
});
