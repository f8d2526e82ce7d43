import { expect, it } from "vitest";
import { publishedValidator } from "../rig/installed/published-validator.ts";
import { cosignHead, makeSigner, signedPolicy } from "../rig/keys/cosign-commit.ts";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { openPushWorld } from "../rig/worlds/push-world.ts";

const ada = makeSigner();
const policy = signedPolicy({ ada: [ada.line] });

function audit(repo: Repo, ...args: readonly string[]) {
  return countersign(repo, ["audit", ...args]);
}

it("an audit is clean after pushes through the gate, and names what was pushed around it, in the clone and on the server", () => {
  using world = openPushWorld({ policy });
  const { dev, server } = world;
  const work = dev.commit(ASSISTED, { files: { "src/a.ts": "a\n" } });
  expectRefused(attempt(world, work), "COSIGN_MISSING");
  const signed = cosignHead(dev, ada);
  expectAllowed(attempt(world, signed));
  for (const repo of [dev, server]) {
    const { status, stdout } = audit(repo);
    expect({ status, last: stdout.trimEnd().split("\n").at(-1) }).toEqual({
      status: 0,
      last: "Nothing came around the gate.",
    });
  }

  dev.git(["reset", "-q", "--hard", signed]);
  const bypass = dev.commit('=SUM(1), "b"\n\nAssisted-by: Kiro\n', { files: { "src/b.ts": "b\n" } });
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
  for (const repo of [dev, server]) {
    const { status, stdout, stderr } = audit(repo);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toContain(`1 came around the gate:\n`);
    expect(stdout).toContain(` ${bypass.slice(0, 12)} COSIGN_MISSING "=SUM(1), "b""\n`);
    expect(stdout.split("\n").filter((line) => line.length > 80 && !line.startsWith("policy now: "))).toEqual([]);
  }
  const report = JSON.parse(audit(dev, "--format", "json").stdout);
  const validate = publishedValidator("audit");
  expect({ valid: validate(report), errors: validate.errors }).toEqual({ valid: true, errors: null });
  expect(report).toMatchObject({
    outcome: "deny",
    found: [{ commit: bypass, parent: signed, violations: [{ code: "COSIGN_MISSING", commit: bypass }] }],
  });
  const { runs } = JSON.parse(audit(dev, "--format", "sarif").stdout);
  expect(runs[0].results).toMatchObject([{ ruleId: "COSIGN_MISSING", level: "error" }]);
  const [head, row, ...rest] = audit(dev, "--format", "csv").stdout.split("\r\n");
  expect(head).toBe("landed,landing,parent,outcome,code,commit,rule,what,subject,policy");
  expect(row).toContain(`,"'=SUM(1), ""b""",`);
  expect(rest).toEqual([""]);
  expect(audit(dev, "--since", "1 hour ago").status).toBe(1);
  expect(countersign(dev, ["explain", "COSIGN_MISSING"]).status).toBe(0);
});

it("an audit cannot decide where there is no policy, and no such branch", () => {
  using scratch = openScratch();
  const repo = initRepo(scratch, "plain", ["-b", "main"]);
  repo.commit("Start\n");
  expectFault(audit(repo), "POLICY_MISSING");
  expectFault(audit(repo, "nowhere"), "REVISION_UNKNOWN");
});
