import { chmodSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { type CosignWorld, expectScreen, openCosignWorld } from "./cosign-world.ts";
import { readDiff } from "./read-diff.ts";
import { cosign } from "./terminal-session.ts";

async function review(world: CosignWorld): Promise<string> {
  const { screen } = await cosign(world.ada, [], { answer: "no", env: { NO_COLOR: "1" } });
  return screen;
}

it("shows every path with its lines, and what becomes of modes, links and submodules", async () => {
  using world = openCosignWorld();
  const at = (path: string): string => join(world.dev.dir, path);
  world.dev.commit("Before\n", { files: { "run.sh": "x\n", "gone.txt": "1\n2\n", "kept.txt": "a\nb\n" } });
  symlinkSync("kept.txt", at("link"));
  const [one, two] = ["1".repeat(40), "2".repeat(40)];
  world.dev.git(["update-index", "--add", "--cacheinfo", `160000,${one},sub`]);
  world.dev.git(["add", "link"]);
  world.dev.git(["commit", "-q", "--no-verify", "-m", "Links"]);
  chmodSync(at("run.sh"), 0o755);
  rmSync(at("gone.txt"));
  rmSync(at("link"));
  symlinkSync("../../etc/pass wd", at("link"));
  world.dev.write({ "kept.txt": "a\nc\nd\n", "sp ace.txt": "n\n" });
  world.dev.git(["add", "run.sh", "gone.txt", "link"]);
  world.dev.git(["update-index", "--cacheinfo", `160000,${two},sub`]);
  world.dev.git(["commit", "-q", "--no-verify", "-m", `Tidy\n\n${CLAUDE}`]);
  const screen = await review(world);
  expectScreen(
    screen,
    "files     1 new, 4 changed, 1 deleted; ",
    "  deleted  gone.txt (+0 -2)",
    "  changed  kept.txt (+2 -1)",
    "  changed  run.sh (mode 100644 -> 100755)",
    'symbolic link: kept.txt -> "../../etc/pass wd")',
    `submodule: ${one} -> ${two})`,
    '  new      "sp ace.txt" (+1 -0)',
    "Your co-sign covers, of each commit: every path, mode and content",
    "It does not cover the commit message.",
  );
});

it("makes what hides or reorders text visible, wherever it comes from", async () => {
  using world = openCosignWorld();
  const hidden = "a\u202eb\u001b[2Kc\u200bd";
  world.dev.commit(`${hidden}\n\n${CLAUDE} ${hidden}\n${CLAUDE}\n`, {
    files: { [`f\u202e.txt`]: "x\n", "g\n::set-output.txt": "y\n", [`h\u001b[31m.txt`]: "z\n" },
    author: "B\u202eob <bob@acme.example>",
  });
  const { screen } = await cosign(world.ada, [], { answer: "no", env: { NO_COLOR: "1", TERM: "dumb" } });
  expect(screen).not.toMatch(/[\u202e\u200b]/);
  expectScreen(
    screen,
    "subject   a\\u{202e}b\\u{1b}[2Kc\\u{200b}d",
    "f\\u{202e}.txt",
    "g\\u{a}::set-output.txt",
    "h\\u{1b}[31m.txt",
    "author    B\\u{202e}ob",
  );
});

it("tells paths apart that are not UTF-8", async () => {
  using world = openCosignWorld();
  const blob = world.dev.git(["hash-object", "-w", "--stdin"], { input: "x\n" });
  const input = Buffer.from(`100644 ${blob}\ta\xff\0` + `100644 ${blob}\ta\xfe\0`, "latin1");
  world.dev.git(["update-index", "-z", "--index-info"], { input });
  world.dev.git(["commit", "-q", "--no-verify", "-m", `Bytes\n\n${CLAUDE}`]);
  expectScreen(await review(world), "a\\xfe", "a\\xff");
});

it("shows of a merge what it does itself: a fix that it drops, a conflict that it settles, and not what it brings", async () => {
  using world = openCosignWorld();
  const { dev } = world;
  dev.commit("Before\n", { files: { "both.txt": "0\n" } });
  dev.git(["checkout", "-q", "-b", "side"]);
  dev.commit("Side\n", { files: { "fix.c": "fix\n", "brought.txt": "b\n", "both.txt": "2\n" } });
  dev.git(["checkout", "-q", "-"]);
  dev.commit("Ours\n", { files: { "both.txt": "1\n" } });
  dev.try(["merge", "-q", "--no-commit", "side"]);
  dev.git(["rm", "-qf", "fix.c"]);
  dev.write({ "both.txt": "3\n", "dir/more.txt": "m\n" });
  dev.git(["add", "-A"]);
  dev.git(["commit", "-q", "--no-verify", "-m", `Merge\n\n${CLAUDE}`]);
  const screen = await review(world);
  expectScreen(
    screen,
    "files     1 new, 1 changed, 1 deleted; +2 -2 lines against a clean merge of its",
    "  changed  both.txt (the parents conflict; against the first; +1 -1)",
    "  new      dir/more.txt (+1 -0)",
    "  deleted  fix.c (+0 -1)",
    "What a merge only brings in from its parents is covered too",
  );
  expect(screen).not.toContain("brought.txt");
  const diff = await readDiff(world, { GIT_PAGER: "cat", NO_COLOR: "1" });
  for (const shown of ["-fix", "+3", "+m"]) expect(diff).toContain(shown);
  expect(diff).not.toContain("brought.txt");
});

it("shows a long subject whole", async () => {
  using world = openCosignWorld();
  const subject = `${"word ".repeat(60)}end`;
  world.dev.commit(`${subject}\n\n${CLAUDE}\n`);
  expect((await review(world)).replace(/\n/g, "")).toContain(subject);
});

it("fits on a terminal of 80 columns, but for what others wrote, ids and commands", async () => {
  using world = openCosignWorld();
  const subject = `Retry ${"and wait ".repeat(12)}longer`;
  world.dev.commit(`${subject}\n\n${CLAUDE}\n`);
  world.dev.commit(`Own\n\n${CLAUDE}\n`, { author: "Ada Lovelace <ada@acme.example>" });
  const { screen, status } = await cosign(world.ada, [], { env: { NO_COLOR: "1" } });
  expect(status).toBe(0);
  // The question is laid out by the prompt itself, for the terminal that it is asked on.
  const others = /^subject {3}|^ {2}(?:undo|next): |Type yes to co-sign/;
  expect(screen.split("\n").filter((line) => line.length > 80 && !others.test(line))).toEqual([]);
  expect(screen).toMatch(/^policy {4}refs.+\n {10}countersign/m);
  expectScreen(screen, "its author's address; for project acme/payments on refs/heads/main.");
});

it("lists what is left out and why, and who else's commits get new ids", async () => {
  using world = openCosignWorld();
  world.dev.commit(`First\n\n${CLAUDE}\n`);
  world.dev.commit(`Own\n\n${CLAUDE}\n`, { author: "Ada Lovelace <ada@acme.example>" });
  const screen = await review(world);
  expectScreen(screen, "1/1 commit ", "left out", '"Own": you are its author', "1 more commit above them");
});
