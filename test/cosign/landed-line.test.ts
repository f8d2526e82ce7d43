import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { cloneFor, NAMED } from "./clones.ts";
import { type CosignWorld, expectScreen, openCosignWorld } from "./cosign-world.ts";
import { cosign } from "./terminal-session.ts";

/** Merges main into a topic, as `git pull` does there, and moves main to that past every hook. */
function pushPull({ dev, server }: CosignWorld) {
  const start = dev.oid("origin/main");
  dev.git(["switch", "-q", "-c", "main-work", start]);
  dev.commit("By hand\n", { files: { "b.txt": "b\n" } });
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
  const stood = server.oid("refs/heads/main");
  dev.git(["switch", "-q", "-c", "topic", start]);
  dev.commit(`Retry uploads\n\n${CLAUDE}\n`, { files: { "retry.txt": "1\n2\n3\n" } });
  dev.git(["merge", "-q", "--no-verify", "-m", "Merge branch 'main' into topic", stood]);
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
  return { stood, merge: dev.oid("HEAD") };
}

it("an audit that finds a hidden line names the command that clears it, and is clean then", async () => {
  using world = openCosignWorld({ rules: NAMED });
  const { ada, server } = world;
  const { stood, merge } = pushPull(world);
  const report = countersign(ada, ["audit"]);
  expect(report.stdout).toMatch(/LINE_HIDDEN|COSIGN_MISSING/);
  expect(report.status).toBe(1);
  const args = /^ {2}countersign (cosign .*)$/m.exec(report.stdout)?.[1]?.split(" ").slice(1) ?? [];
  expect(args).toEqual(["--landed", merge.slice(0, 12)]);
  const { screen, status } = await cosign(ada, args);
  expectScreen(
    screen,
    "LINE_HIDDEN",
    `merges    ${server.oid(`${merge}^1`)}`,
    `against ${stood.slice(0, 12)}, where the branch stood`,
    "these 2 commits, which have landed,",
    "co-signed 1 landing on main as ada@acme.example",
  );
  expect(screen).not.toContain("still found");
  expect(status).toBe(0);
  const again = countersign(ada, ["audit"]);
  expect(again.stdout).toContain("Nothing came around the gate.");
  expect(again.status).toBe(0);
});

it("who wrote a part of what it brought is told so, and signs nothing", () => {
  using world = openCosignWorld({ rules: NAMED });
  const { ada, dev } = world;
  const start = dev.oid("origin/main");
  dev.git(["switch", "-q", "-c", "topic", start]);
  ada.commit("By hand\n", { files: { "ada.txt": "a\n" } });
  dev.git(["switch", "-q", "-c", "main-work", start]);
  dev.commit("By hand\n", { files: { "b.txt": "b\n" } });
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
  dev.git(["switch", "-q", "topic"]);
  dev.git(["merge", "-q", "--no-verify", "-m", "Merge branch 'main' into topic", "main-work"]);
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
  const { stdout, stderr, status } = countersign(ada, ["cosign", "--dry-run", "--landed", "HEAD"]);
  expectScreen(stdout + stderr, "you are its author, and it needs a second person's review");
  expect(status).toBe(1);
  expect(countersign(ada, ["audit"]).stdout).toContain("LINE_HIDDEN");
});

it("a message that calls a fork the branch does not choose who may sign", async () => {
  using world = openCosignWorld({ rules: NAMED });
  const { ada, dev, server, key } = world;
  const mallory = cloneFor(world, "mallory", "Mallory <mallory@evil.example>", key);
  const policy = readFileSync(`${dev.dir}/countersign.config.yaml`, "utf8");
  const lax = policy.replace(
    "people:\n",
    `people:\n  - { name: M, emails: [mallory@evil.example], level: principal, keys: ["${key.line}"] }\n`,
  );
  const others = lax.replace(/ {2}- name: Ada[\s\S]*?keys: \[.*\]\n/, "");
  mallory.git(["switch", "-q", "--orphan", "fork"]);
  mallory.commit("Fork\n", { files: { "countersign.config.yaml": others } });
  dev.git(["fetch", "-q", mallory.dir, "fork"]);
  dev.git(["switch", "-q", "-c", "take", "origin/main"]);
  dev.commit(`Take over\n\n${CLAUDE}\n`, { files: { "take.txt": "t\n" } });
  const message = "Merge branch 'main' into topic";
  dev.git(["merge", "-q", "--no-verify", "--allow-unrelated-histories", "-s", "ours", "-m", message, "FETCH_HEAD"]);
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
  const merge = server.oid("refs/heads/main");
  const session = await cosign(mallory, ["--landed", merge]);
  expectScreen(session.screen, "co-signed 1 landing on main as mallory@evil.example", "still found");
  const report = countersign(ada, ["audit"]);
  expect(report.stdout).toContain("LINE_HIDDEN");
  expect(report.status).toBe(1);
});
