import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runProgramMeanwhile } from "../rig/process/warm/programs.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";
import { type Clinic, type Finding, openClinic } from "./clinic.ts";

const FILE = ".github/workflows/countersign.yml";
const GATE = "jobs: { gate: { runs-on: x, steps: [{ run: node .github/countersign/gate.mjs judge }] } }\n";
const ACTION = `jobs: { gate: { runs-on: x, steps: [{ uses: "acme/countersign/packages/action@${"0".repeat(40)}" }] } }\n`;
const WHOLE = `on:\n  pull_request_target: { types: [opened, synchronize, reopened, edited] }\n  merge_group:\n  push:\n${GATE}`;
const ADDRESS = "git@github.com:acme/payments.git";
const REQUIRED = [
  { type: "required_status_checks", parameters: { required_status_checks: [{ context: "countersign (main)" }] } },
];

/** A rule of an organisation that has a workflow of its own run. */
function requiredWorkflow(path: string) {
  return { type: "workflows", parameters: { workflows: [{ path, repository_id: 1 }] } };
}

describe("the check on GitHub, as doctor sees it", () => {
  let clinic: Clinic;
  let server: Server;
  /** By path; a number is a status. */
  let answers: Record<string, unknown>;
  let asked: string[];

  beforeEach(async () => {
    clinic = openClinic();
    const { dev, server: remote } = clinic.world;
    dev.git(["config", "remote.origin.url", ADDRESS]);
    // In place of ssh, what it would run to fetch; the rest of the line is a comment.
    dev.git(["config", "core.sshCommand", `git upload-pack '${remote.dir}' #`]);
    dev.git(["config", "ssh.variant", "simple"]);
    dev.git(["config", "remote.origin.pushurl", remote.dir]);
    asked = [];
    answers = { "/repos/acme/payments": {}, "/repos/acme/payments/branches/main": {} };
    server = createServer(({ url = "", headers }, response) => {
      asked.push(`${url} ${headers.authorization}`);
      const answer = answers[url] ?? [];
      if (answer === "never") return;
      const status = typeof answer === "number" ? answer : 200;
      response.writeHead(status, { location: "http://localhost:9/" }).end(JSON.stringify(answer));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
    clinic[Symbol.dispose]();
  });

  async function examine(
    workflow: string,
    env: NodeJS.ProcessEnv = { GH_TOKEN: "ghp_secret" },
  ): Promise<readonly Finding[]> {
    mkdirSync(`${clinic.dev.dir}/.github/workflows`, { recursive: true });
    writeFileSync(`${clinic.dev.dir}/${FILE}`, workflow);
    const { port } = server.address() as AddressInfo;
    const { stdout, stderr } = await runProgramMeanwhile(COUNTERSIGN_BIN, ["doctor", "--format", "json"], {
      cwd: clinic.dev.dir,
      env: { ...clinic.env, GITHUB_API_URL: `http://127.0.0.1:${port}`, ...env },
    });
    expect(stderr).toBe("");
    expect(stdout).not.toContain("ghp_secret");
    const findings: readonly Finding[] = JSON.parse(stdout).findings;
    return findings.filter(({ code, what }) => code?.startsWith("CI_") || what.startsWith("main requires"));
  }
  const codesOf = (findings: readonly Finding[]): readonly (string | undefined)[] => findings.map(({ code }) => code);

  it("is required or not by the rules that are in force on the branch, of rulesets and of the older protection", async () => {
    const classic = { protection: { required_status_checks: { contexts: ["Countersign (Main)"] } } };
    const rules = "/repos/acme/payments/rules/branches/main?per_page=100";
    answers[rules] = [
      { type: "required_status_checks", parameters: { required_status_checks: [{ context: "gate" }] } },
    ];
    answers["/repos/acme/payments"] = { allow_squash_merge: true };
    const missing = await examine(WHOLE);
    expect(codesOf(missing)).toEqual(["CI_NOT_REQUIRED", "CI_SQUASH_LOSES"]);
    // The job is green as well where the policy leaves a branch alone.
    expect(missing[0]?.what).toContain('do not require "countersign (main)"; they require "gate"');
    expect(asked).toContain(`${rules} Bearer ghp_secret`);

    // A ruleset that is active and matches nothing: none of its rules is in force.
    answers[rules] = [];
    expect((await examine(WHOLE))[0]?.what).toContain("they require no check");
    const merging = { type: "pull_request", parameters: { allowed_merge_methods: ["merge"] } };
    const queued = { type: "merge_queue", parameters: { merge_method: "REBASE" } };
    for (const found of [
      [...REQUIRED, merging],
      [...REQUIRED, queued],
      [requiredWorkflow(FILE), merging],
      [requiredWorkflow(".github/workflows/lint.yml"), requiredWorkflow("ci/Countersign.yaml"), merging],
    ]) {
      answers[rules] = found;
      expect(codesOf(await examine(WHOLE))).toEqual([undefined]);
    }
    answers[rules] = [requiredWorkflow(".github/workflows/lint.yml"), merging];
    const [other, ...more] = await examine(WHOLE);
    expect([other?.code, more]).toEqual(["CI_NOT_REQUIRED", []]);
    expect(other?.what).toContain('they require ".github/workflows/lint.yml"');
    answers[rules] = [merging];
    answers["/repos/acme/payments/branches/main"] = classic;
    expect(codesOf(await examine(WHOLE))).toEqual([undefined]);
  });

  it.each([
    ["no token", { GH_TOKEN: "" }, {}],
    ["an answer that is a refusal", {}, { "/repos/acme/payments/branches/main": 403 }],
    ["a redirection, which the token does not follow", {}, { "/repos/acme/payments": 302 }],
    ["a server of another name", { GITHUB_SERVER_URL: "https://git.acme.example" }, {}],
    ["no answer at all", {}, { "/repos/acme/payments": "never" }],
  ])("is something to look at where there is %s, and nothing fails for it", async (_, env, odd) => {
    Object.assign(answers, odd);
    const [finding, ...others] = await examine(WHOLE, { GH_TOKEN: "ghp_secret", ...env });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ state: "advice", code: "CI_REQUIREMENT_UNSEEN" });
    expect(finding?.fix).toContain('require "countersign (main)"');
    expect(asked.length > 0).toBe(Object.keys(odd).length > 0);
  });

  it("is asked about where git goes for the remote, whatever stands for its address", async () => {
    const { dev, server: remote } = clinic.world;
    dev.git(["config", "remote.origin.url", "gh:acme/payments"]);
    dev.git(["config", "url.git@github.com:.insteadOf", "gh:"]);
    expect(codesOf(await examine(WHOLE))).toEqual(["CI_NOT_REQUIRED", "CI_SQUASH_LOSES"]);
    asked = [];
    dev.git(["config", "remote.origin.url", "https://github.com/acme/payments"]);
    dev.git(["config", `url.${remote.dir}.insteadOf`, "https://github.com/acme/payments"]);
    expect(codesOf(await examine(WHOLE))).toEqual(["CI_REQUIREMENT_UNSEEN"]);
    expect(asked).toEqual([]);
  });

  it("has to run for all that lands: pull requests by the branch's own file, when they turn, and queues", async () => {
    const env = { GH_TOKEN: "" };
    const judged = async (on: string, jobs = GATE): Promise<readonly (string | undefined)[]> =>
      codesOf(await examine(`${on}\n${jobs}`, env)).filter((code) => code !== "CI_REQUIREMENT_UNSEEN");
    expect(await judged("on: [pull_request]")).toEqual([
      "CI_SELF_JUDGED",
      "CI_TURN_UNJUDGED",
      "CI_QUEUE_UNJUDGED",
      "CI_LANDED_UNJUDGED",
    ]);
    expect(await judged("on: pull_request", ACTION)).toHaveLength(4);
    expect(await judged('"on": { pull_request_target: , merge_group: , push: }')).toEqual(["CI_TURN_UNJUDGED"]);
    expect(await judged("on:\n  pull_request_target: { types: [opened, edited] }\n  push:")).toEqual([
      "CI_QUEUE_UNJUDGED",
    ]);
    expect(await judged("on: workflow_dispatch")).toEqual([]);
    expect(await judged("on: [unclosed")).toEqual([]);
  });

  it("has to run for what lands on every branch that the policy protects", async () => {
    const { dev } = clinic.world;
    const policy = clinic.world.server.git(["cat-file", "blob", "main:countersign.config.yaml"]);
    const files = {
      "countersign.config.yaml": `${policy.replace("branches: [main", "branches: [main, 'release/*'")}\n`,
    };
    dev.commit("Protect releases\n", { files });
    dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main", "HEAD:release/1"]);
    dev.git(["fetch", "-q", "origin"]);
    const missed = async (push: string): Promise<string | undefined> => {
      const findings = await examine(WHOLE.replace("push:", `push: ${push}`), { GH_TOKEN: "" });
      return findings.find(({ code }) => code === "CI_LANDED_UNJUDGED")?.what;
    };
    const said = `${FILE} does not run when something lands on`;
    expect(await missed("{ branches: [main] }")).toBe(`${said} release/1`);
    expect(await missed("{ branches: [docs] }")).toBe(`${said} main, release/1`);
    expect(await missed('{ branches-ignore: ["release/**"] }')).toBe(`${said} release/1`);
    expect(await missed("{ tags: [v1] }")).toBe(`${said} main, release/1`);
    for (const push of ["", '{ branches: [main, "release/*"] }', "{ branches-ignore: [docs] }"]) {
      expect(await missed(push)).toBeUndefined();
    }
  });
});
