import { expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { LEDGER, NAMED } from "./clones.ts";
import { type CosignWorld, expectScreen, openCosignWorld } from "./cosign-world.ts";
import { readRecords } from "./read-records.ts";
import { cosign } from "./terminal-session.ts";

/** Moves main to what is checked out, as somebody can who goes round every hook. */
function bypass({ dev }: CosignWorld): string {
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
  return dev.oid("HEAD");
}

function audit(repo: Repo) {
  return countersign(repo, ["audit"]);
}

/** The arguments of the command that an audit prints. */
function printedBy(report: string): readonly string[] {
  const command = /^ {2}countersign (cosign .*)$/m.exec(report)?.[1];
  if (command === undefined) throw new Error(`no command in:\n${report}`);
  return command.split(" ").slice(1);
}

it("an audit prints the command that clears what came around the gate, whatever way it came", async () => {
  using world = openCosignWorld({ rules: NAMED });
  const { dev, ada, server } = world;
  dev.git(["switch", "-q", "-c", "work", "origin/main"]);
  dev.commit(`Retry uploads\n\n${CLAUDE}\n`, { files: { "retry.txt": "1\n2\n3\n" } });
  const plain = bypass(world);
  dev.git(["switch", "-q", "-c", "topic"]);
  dev.commit(`Wait longer\n\n${CLAUDE}\n`, { files: { "retry.txt": "1\n2\n4\n" } });
  dev.commit("By hand\n", { files: { "README.md": "It retries.\n" } });
  dev.git(["switch", "-q", "work"]);
  dev.git(["merge", "-q", "--no-ff", "-m", "Merge branch 'topic'", "topic"]);
  const merge = bypass(world);
  dev.git(["switch", "-q", "-c", "squashed"]);
  dev.commit(`Log it\n\n${CLAUDE}\n`, { files: { "log.txt": "1\n" } });
  dev.git(["push", "-q", "--no-verify", "origin", "squashed"]);
  expectScreen((await cosign(ada, ["squashed"])).screen, "co-signed 1 commit of squashed");
  dev.git(["switch", "-q", "work"]);
  dev.git(["merge", "-q", "--squash", "squashed"]);
  dev.git(["commit", "-q", "--no-verify", "-m", "Log it (#3)"]);
  const squash = bypass(world);
  const before = server.oid("refs/heads/main");

  const report = audit(ada);
  expect(report.status).toBe(1);
  const args = printedBy(report.stdout);
  expect(args).toEqual(["--landed", ...[plain, merge, squash].map((oid) => oid.slice(0, 12))]);
  const session = await cosign(ada, args);
  expectScreen(
    session.screen,
    "these 3 commits, which have landed,",
    `with      ${dev.oid("topic").slice(0, 12)} "By hand"`,
    "co-signed 3 landings on main as ada@acme.example",
    "nothing on main has changed",
  );
  expect(session.screen).not.toContain("still found");
  expect(session.status).toBe(0);
  expect(server.oid("refs/heads/main")).toBe(before);

  const again = audit(ada);
  expect(again.stdout).toContain("Nothing came around the gate.");
  expect(again.status).toBe(0);
  expectScreen(
    countersign(ada, ["cosign", "--dry-run", ...args]).stdout,
    "no co-sign is missing from these 3 landings",
  );
  const landed = readRecords(server, LEDGER, world.key).filter(({ commits }) => commits === undefined);
  expect(landed.map(({ paths }) => paths).sort()).toEqual([
    ["README.md"],
    ["log.txt"],
    ["log.txt"],
    ["retry.txt"],
    ["retry.txt"],
  ]);
});

it("what is not a landing of the branch cannot be co-signed as one", () => {
  using world = openCosignWorld({ rules: NAMED });
  const { dev, ada } = world;
  const start = dev.oid("origin/main");
  dev.git(["switch", "-q", "-c", "topic", "origin/main"]);
  const brought = dev.commit(`Retry\n\n${CLAUDE}\n`, { files: { "retry.txt": "1\n" } });
  dev.git(["switch", "-q", "-c", "work", "origin/main"]);
  dev.git(["merge", "-q", "--no-ff", "-m", "Merge branch 'topic'", "topic"]);
  const merge = bypass(world);
  const unpushed = dev.commit(`More\n\n${CLAUDE}\n`, { files: { "more.txt": "1\n" } });
  const expectUnfit = (args: readonly string[], code: string, phrase: string): void =>
    expectFault(countersign(ada, ["cosign", "--dry-run", "--landed", ...args]), code, phrase);
  expectUnfit([brought], "NOT_A_LANDING", `it came there with ${merge.slice(0, 12)}`);
  expectUnfit([merge, unpushed], "NOT_A_LANDING", "the branch does not have it");
  expectUnfit([start], "NOT_A_LANDING", "there was no policy yet");
  expectUnfit([`${start}..${merge}`], "OPTION_INVALID", "name each landing by its commit");
  expectUnfit([], "OPTION_INVALID", "name the commits");
  expectUnfit(["--branch", "main", "--branch", "topic", merge], "OPTION_INVALID", "one branch");
  const refused = countersign(dev, ["cosign", "--dry-run", "--landed", merge]);
  expect(refused.stderr).toContain("SIGNER_UNABLE");
  expect(refused.status).toBe(1);
});

it("without a ledger the audit names no command, and there is nothing to sign", () => {
  using world = openCosignWorld();
  const { dev, ada } = world;
  dev.commit(`Retry\n\n${CLAUDE}\n`, { files: { "retry.txt": "1\n" } });
  const landed = bypass(world);
  const report = audit(ada);
  expect(report.status).toBe(1);
  expect(report.stdout).not.toContain("--landed");
  expectFault(
    countersign(ada, ["cosign", "--dry-run", "--landed", landed]),
    "OPTION_INVALID",
    "names no ledger",
    "`ledger: countersign/ledger`",
  );
});
