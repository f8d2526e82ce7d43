import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeSigner, signedPolicy } from "../rig/keys/cosign-commit.ts";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { initRepo } from "../rig/repository/repo.ts";
import { ASSISTED } from "../rig/worlds/attempt.ts";
import { openPushWorld } from "../rig/worlds/push-world.ts";

it("every repository of a list is audited, and the worst of them is the exit code", () => {
  using world = openPushWorld({ policy: signedPolicy({ ada: [makeSigner().line] }) });
  const { dev, server, scratch } = world;
  const clean = initRepo(scratch, "clean");
  clean.commit("Adopt\n", { files: { "countersign.config.yaml": signedPolicy({ ada: [makeSigner().line] }) } });
  clean.commit("Work\n", { files: { "a.txt": "a\n" } });
  const empty = initRepo(scratch, "=empty");
  empty.commit("Start\n");
  const list = join(scratch.dir, "repositories.txt");
  const audit = (repositories: readonly string[], ...args: readonly string[]) => {
    writeFileSync(list, `# ours\n\n${repositories.join("\n")}\n`);
    return countersign(dev, ["audit", "--repositories", list, ...args]);
  };
  expect(audit(["clean"])).toMatchObject({ status: 0 });
  expect(audit(["clean", "=empty"])).toMatchObject({ status: 2 });

  const bypass = dev.commit(ASSISTED, { files: { "src/b.ts": "b\n" } });
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
  const all = ["clean", "=empty", server.dir];
  const { status, stdout } = audit(all);
  expect(status).toBe(1);
  expect(stdout.match(/^repository .*$/gm)).toEqual(all.map((each) => `repository ${each}`));
  expect(stdout).toContain("POLICY_MISSING");
  expect(stdout).toContain(` ${bypass.slice(0, 12)} COSIGN_MISSING`);

  const json = JSON.parse(audit(all, "--format", "json").stdout);
  expect(json).toMatchObject({
    version: 1,
    outcome: "deny",
    repositories: [
      { repository: "clean", audit: { outcome: "allow" }, faults: [] },
      { repository: "=empty", audit: null, faults: [{ code: "POLICY_MISSING" }] },
      { repository: server.dir, audit: { outcome: "deny", found: [{ commit: bypass }] }, faults: [] },
    ],
  });
  const { runs } = JSON.parse(audit(all, "--format", "sarif").stdout);
  expect(runs.map((run: { results: readonly unknown[] }) => run.results.length)).toEqual([0, 0, 1]);
  const ids = runs.map((run: { automationDetails: { id: string } }) => run.automationDetails.id);
  expect(new Set(ids).size).toBe(3);
  const [head, fault, row, ...rest] = audit(all, "--format", "csv").stdout.split("\r\n");
  expect(head).toBe("repository,landed,landing,parent,outcome,code,commit,rule,what,subject,policy");
  expect(fault).toMatch(/^'=empty,,,,undecided,POLICY_MISSING,/);
  expect(row).toContain(`,${bypass},`);
  expect(rest).toEqual([""]);
});

it("a list that is not there, or empty, is told", () => {
  using world = openPushWorld();
  const { dev, scratch } = world;
  expectFault(countersign(dev, ["audit", "--repositories", "none.txt"]), "FILE_UNREADABLE");
  const list = join(scratch.dir, "repositories.txt");
  writeFileSync(list, "# none\n");
  expectFault(countersign(dev, ["audit", "--repositories", list]), "OPTION_INVALID", "lists no repository");
  expectFault(countersign(dev, ["audit", "--shard", "3/2"]), "OPTION_INVALID", "is not a part of several");
});
