import { appendFileSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { claudeEdits, claudeRuns, claudeWrites } from "../rig/agents/agent-marks.ts";
import { Repo } from "../rig/repository/repo.ts";
import { IN_CLAUDE, openCommitWorld, stampsOf } from "../rig/worlds/commit-world.ts";

/** Accepts what git proposes, also the list of steps of a rebase. */
const ACCEPT = { GIT_EDITOR: "true", GIT_SEQUENCE_EDITOR: "true" };
const steps = (script: string): NodeJS.ProcessEnv => ({ ...ACCEPT, GIT_SEQUENCE_EDITOR: `sed -i '${script}'` });

const lines = (name: string, count = 12): string =>
  Array.from({ length: count }, (_, line) => `export const ${name}${line} = "${name} ${line} by hand";\n`).join("");

function edit({ dir }: Repo, path: string, from: string, to: string): void {
  const file = join(dir, path);
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
}

function commit(dev: Repo, message: string, ...args: readonly string[]): void {
  dev.git(["commit", "-q", "-m", message, ...args]);
}

function add(dev: Repo, path: string, message: string, content = lines(path.replace(/\W/g, ""))): void {
  dev.write({ [path]: content });
  commit(dev, message);
}

interface Step {
  readonly does: string;
  readonly act: (dev: Repo) => void;
  /** The subjects of those new commits that are marked, and why; all other new ones are not. */
  readonly marked?: readonly string[];
}

/** What a person does on a day beside a running agent: nearly all of it is theirs. */
const DAY: readonly Step[] = [
  { does: "adds a file", act: (dev) => add(dev, "a.js", "A") },
  { does: "adds another", act: (dev) => add(dev, "b.js", "B") },
  {
    does: "commits what the agent wrote",
    act: (dev) => {
      claudeWrites(dev, "x.js", lines("byAgent"));
      dev.git(["add", "x.js"]);
      commit(dev, "X");
    },
    marked: ["X"],
  },
  {
    does: "edits the agent's file by hand",
    act: (dev) => {
      edit(dev, "x.js", "byAgent 3 by hand", "three of my own making");
      commit(dev, "X by hand", "-a");
    },
  },
  { does: "begins an edit", act: (dev) => edit(dev, "a.js", "ajs 1 by hand", "one anew") },
  { does: "lets the agent run the tests meanwhile", act: (dev) => claudeRuns(dev, () => {}) },
  { does: "commits the edit", act: (dev) => commit(dev, "One", "-a") },
  { does: "edits while the agent only reads", act: (dev) => edit(dev, "b.js", "bjs 1 by hand", "one of b") },
  {
    does: "stashes and pops while the agent's command runs",
    act: (dev) =>
      claudeRuns(dev, () => {
        dev.git(["stash", "-q"]);
        dev.git(["stash", "pop", "-q"]);
      }),
  },
  { does: "commits that", act: (dev) => commit(dev, "One of b", "-a") },
  { does: "types a new file", act: (dev) => writeFileSync(join(dev.dir, "c.js"), lines("c")) },
  {
    does: "saves it again while the agent formats",
    act: (dev) => claudeRuns(dev, () => writeFileSync(join(dev.dir, "c.js"), lines("c"))),
  },
  {
    does: "touches everything during a build",
    act: (dev) =>
      claudeRuns(dev, () => {
        for (const path of ["a.js", "b.js", "c.js"]) utimesSync(join(dev.dir, path), new Date(), new Date());
      }),
  },
  {
    does: "commits the new file",
    act: (dev) => {
      dev.git(["add", "c.js"]);
      commit(dev, "C");
    },
  },
  { does: "amends its message", act: (dev) => dev.git(["commit", "-q", "--amend", "-m", "C in other words"]) },
  {
    does: "amends its content",
    act: (dev) => {
      edit(dev, "c.js", "c 2 by hand", "two");
      dev.git(["commit", "-q", "-a", "--amend", "--no-edit"]);
    },
  },
  { does: "starts a topic", act: (dev) => dev.git(["switch", "-q", "-c", "topic"]) },
  { does: "works on it", act: (dev) => add(dev, "t1.js", "T1") },
  { does: "and on", act: (dev) => add(dev, "t2.js", "T2") },
  {
    does: "switches with an edit in hand while the agent runs",
    act: (dev) => {
      edit(dev, "a.js", "ajs 5 by hand", "five");
      claudeRuns(dev, () => {
        dev.git(["switch", "-q", "main"]);
        dev.git(["switch", "-q", "topic"]);
      });
      commit(dev, "Five", "-a");
    },
  },
  { does: "goes back to main", act: (dev) => dev.git(["switch", "-q", "main"]) },
  { does: "changes main meanwhile", act: (dev) => add(dev, "m1.js", "M1") },
  {
    does: "merges main into the topic",
    act: (dev) => {
      dev.git(["switch", "-q", "topic"]);
      dev.git(["merge", "-q", "--no-edit", "main"]);
    },
  },
  {
    does: "merges the topic into main",
    act: (dev) => {
      dev.git(["switch", "-q", "main"]);
      dev.git(["merge", "-q", "--no-ff", "--no-edit", "topic"]);
    },
  },
  {
    does: "lets the agent edit one line",
    act: (dev) => {
      const text = readFileSync(join(dev.dir, "b.js"), "utf8");
      claudeEdits(dev, "b.js", text, ["bjs 9 by hand", "computed nine by the machine"]);
      commit(dev, "Nine", "-a");
    },
    marked: ["Nine"],
  },
  { does: "takes it back", act: (dev) => dev.git(["revert", "--no-edit", "HEAD"]) },
  {
    does: "brings it in again",
    act: (dev) => dev.git(["revert", "--no-edit", "HEAD"]),
    marked: ['Revert "Revert "Nine""'],
  },
  { does: "takes it back for good", act: (dev) => dev.git(["revert", "--no-edit", "HEAD"]) },
  {
    does: "reverts a change of their own",
    act: (dev) => {
      add(dev, "r.js", "R");
      dev.git(["revert", "--no-edit", "HEAD"]);
    },
  },
  {
    does: "makes three commits to tidy",
    act: (dev) => {
      for (const name of ["s1", "s2", "s3"]) add(dev, `${name}.js`, name);
    },
  },
  {
    does: "squashes two of them",
    act: (dev) => dev.git(["rebase", "-q", "-i", "HEAD~3"], { env: steps("2s/^pick/squash/") }),
  },
  {
    does: "rewords one",
    act: (dev) =>
      dev.git(["rebase", "-q", "-i", "HEAD~1"], {
        env: { ...steps("s/^pick/reword/"), GIT_EDITOR: "sed -i 1s/^/New:/" },
      }),
  },
  {
    does: "fixes one up",
    act: (dev) => {
      edit(dev, "s3.js", "s3js 1 by hand", "three one");
      dev.git(["commit", "-q", "-a", "--fixup", "HEAD"]);
      dev.git(["rebase", "-q", "-i", "--autosquash", "HEAD~2"], { env: ACCEPT });
    },
  },
  {
    does: "drops a commit",
    act: (dev) => {
      add(dev, "drop.js", "Drop");
      dev.git(["rebase", "-q", "-i", "HEAD~2"], { env: steps("2s/^pick/drop/") });
    },
  },
  {
    does: "picks a commit of the topic",
    act: (dev) => {
      dev.git(["switch", "-q", "topic"]);
      add(dev, "t3.js", "T3");
      dev.git(["switch", "-q", "main"]);
      dev.git(["cherry-pick", "topic"]);
    },
  },
  {
    does: "picks without a commit, and commits",
    act: (dev) => {
      dev.git(["switch", "-q", "topic"]);
      add(dev, "t4.js", "T4");
      dev.git(["switch", "-q", "main"]);
      claudeRuns(dev, () => {});
      dev.git(["cherry-pick", "-n", "topic"]);
      commit(dev, "T4 here");
    },
  },
  {
    does: "squashes a topic of their own",
    act: (dev) => {
      dev.git(["switch", "-q", "-c", "small"]);
      add(dev, "q1.js", "Q1");
      add(dev, "q2.js", "Q2");
      dev.git(["switch", "-q", "main"]);
      dev.git(["merge", "-q", "--squash", "small"]);
      commit(dev, "Small");
    },
  },
  {
    does: "opens a work tree for a fix",
    act: (dev) => dev.git(["worktree", "add", "-q", "-b", "fix", join(dev.scratch.dir, "fix")]),
  },
  {
    does: "fixes there while the agent works here",
    act: (dev) => {
      const fix = new Repo(dev.scratch, join(dev.scratch.dir, "fix"));
      claudeRuns(dev, () => add(fix, "fix.js", "Fix"));
    },
  },
  { does: "merges the fix", act: (dev) => dev.git(["merge", "-q", "--no-ff", "-m", "Bring the fix", "fix"]) },
  {
    does: "pulls with a change in hand, which is stashed by itself",
    act: (dev) => {
      dev.git(["switch", "-q", "-c", "upstream", "HEAD~"]);
      edit(dev, "a.js", "ajs 11 by hand", "eleven from upstream");
      commit(dev, "Eleven", "-a");
      dev.git(["switch", "-q", "main"]);
      edit(dev, "a.js", "ajs 0 by hand", "zero");
      claudeRuns(dev, () => dev.git(["pull", "-q", "--rebase", "--autostash", ".", "upstream"]));
    },
  },
  { does: "commits that change", act: (dev) => commit(dev, "Zero", "-a") },
  {
    does: "brings an older stash back onto newer work",
    act: (dev) => {
      edit(dev, "c.js", "c 9 by hand", "nine of c");
      dev.git(["stash", "-q"]);
      edit(dev, "c.js", "c 0 by hand", "zero of c");
      commit(dev, "Zero of c", "-a");
      claudeRuns(dev, () => dev.git(["stash", "pop", "-q"]));
      commit(dev, "Nine of c", "-a");
    },
  },
  {
    does: "undoes a commit softly and makes it anew",
    act: (dev) => {
      claudeRuns(dev, () => dev.git(["reset", "-q", "--soft", "HEAD~"]));
      commit(dev, "Nine of c again");
    },
  },
  {
    does: "splits a commit",
    act: (dev) => {
      dev.write({ "p1.js": lines("p1"), "p2.js": lines("p2") });
      commit(dev, "P");
      claudeRuns(dev, () => dev.git(["reset", "-q", "HEAD~"]));
      for (const name of ["p1", "p2"]) {
        dev.git(["add", `${name}.js`]);
        commit(dev, name);
      }
    },
  },
  {
    does: "renames a file",
    act: (dev) => {
      dev.git(["mv", "p1.js", "p3.js"]);
      commit(dev, "Rename");
    },
  },
  {
    does: "renames the agent's file",
    act: (dev) => {
      dev.git(["mv", "x.js", "y.js"]);
      commit(dev, "Rename X");
    },
  },
  {
    does: "copies the agent's file, which is committed",
    act: (dev) => {
      dev.write({ "z.js": dev.git(["show", "HEAD:y.js"]) });
      commit(dev, "Copy Y");
    },
  },
  {
    does: "deletes one",
    act: (dev) => {
      dev.git(["rm", "-q", "p2.js"]);
      commit(dev, "Delete");
    },
  },
  {
    does: "throws the agent's work away and writes their own",
    act: (dev) => {
      claudeWrites(dev, "w.js", lines("machine"));
      writeFileSync(join(dev.dir, "w.js"), lines("person"));
      dev.git(["add", "w.js"]);
      commit(dev, "W by hand");
    },
  },
  {
    does: "commits beside the agent's uncommitted file",
    act: (dev) => {
      claudeWrites(dev, "later.js", lines("later"));
      add(dev, "now.js", "Now");
    },
  },
  {
    does: "stashes the agent's file, works, and takes it back",
    act: (dev) => {
      dev.git(["stash", "-q", "-u"]);
      add(dev, "between.js", "Between");
      dev.git(["stash", "pop", "-q"]);
    },
  },
  {
    does: "commits the agent's file at last",
    act: (dev) => {
      dev.git(["add", "later.js"]);
      commit(dev, "Later");
    },
    marked: ["Later"],
  },
  {
    does: "amends the agent's commit in other words",
    act: (dev) => dev.git(["commit", "-q", "--amend", "-m", "Later, at last"]),
    marked: ["Later, at last"],
  },
  {
    does: "has the agent commit by itself",
    act: (dev) => {
      dev.write({ "own.js": lines("own") });
      dev.git(["commit", "-q", "-m", "Own"], { env: IN_CLAUDE });
    },
    marked: ["Own"],
  },
  {
    does: "has the agent write by a command, and commits it",
    act: (dev) => {
      claudeRuns(dev, () => writeFileSync(join(dev.dir, "made.js"), lines("made")));
      dev.git(["add", "made.js"]);
      commit(dev, "Made");
    },
    marked: ["Made"],
  },
  {
    does: "adds lines to a file in which the agent changes others, and commits their own alone",
    act: (dev) => {
      appendFileSync(join(dev.dir, "a.js"), "export const mine = 'a line of my own';\n");
      dev.git(["add", "a.js"]);
      claudeRuns(dev, () => appendFileSync(join(dev.dir, "a.js"), "export const its = 'a line of the machine';\n"));
      commit(dev, "Mine");
    },
  },
  { does: "commits the agent's lines then", act: (dev) => commit(dev, "Its", "-a"), marked: ["Its"] },
  { does: "makes an empty commit to start CI", act: (dev) => commit(dev, "Start CI", "--allow-empty") },
  { does: "rebases the topic onto all that", act: (dev) => dev.git(["rebase", "-q", "main", "topic"]) },
  { does: "says of a last one that no AI took part", act: (dev) => add(dev, "end.js", "End\n\nAssisted-by: none") },
];

it("marks what an agent wrote and nothing else, on a day of a person beside it", () => {
  using world = openCommitWorld();
  const { dev } = world;
  let seen = dev.git(["rev-list", "--all"]).split("\n");
  for (const { does, act, marked = [] } of DAY) {
    act(dev);
    const all = dev.git(["rev-list", "--all"]).split("\n");
    const fresh = all.filter((oid) => !seen.includes(oid) && !isStash(dev, oid));
    seen = [...new Set([...seen, ...all])];
    const found = fresh.filter((oid) => stampsOf(dev, oid).some((stamp) => stamp !== "none"));
    const subjects = found.map((oid) => dev.git(["log", "-1", "--format=%s", oid]));
    expect({ does, marked: subjects }).toEqual({ does, marked });
  }
  expect(DAY.length).toBeGreaterThanOrEqual(60);
}, 300_000);

function isStash(dev: Repo, oid: string): boolean {
  return /^(?:WIP on|index on|untracked files on) /.test(dev.git(["log", "-1", "--format=%s", oid]));
}
