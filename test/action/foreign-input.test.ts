import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LEDGER } from "../cosign/clones.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { squash } from "./buttons.ts";
import { type GateWorld, openGateWorld } from "./gate-world.ts";
import { TOKEN } from "./github-server.ts";
import { commentEvent, exampleReview, pullEvent, queueEvent } from "./payloads.ts";
import { ASSISTED, BY_HAND, CONTEXT, COSIGNED, openPull, TYPED } from "./pulls.ts";

const SECRET = Buffer.from(`x-access-token:${TOKEN}`).toString("base64");

describe("what the gate is given", () => {
  let world: GateWorld;
  beforeAll(async () => {
    world = await openGateWorld(
      `  - branches: ["rel/**"]\n    accepts: ["cut/*"]\n${TYPED}ledger: countersign/ledger\n`,
    );
    Object.assign(world.github.settings, { allow_squash_merge: false });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  it("keeps the token to itself: it stands in no argument, file, output, and follows no redirection", async () => {
    const { github, scratch } = world;
    const elsewhere: (string | undefined)[] = [];
    const other = createServer(({ headers, url }, response) => {
      elsewhere.push(`${url} ${headers.authorization}`);
      response.writeHead(404).end();
    });
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    const bin = `${scratch.dir}/wrapped`;
    const log = `${scratch.dir}/arguments`;
    mkdirSync(bin);
    writeFileSync(
      `${bin}/git`,
      `#!/bin/sh\nprintf '%s\\n' "$@" >>${log}\ncat config >>${log} 2>/dev/null\nPATH="$OLD_PATH" exec git "$@"\n`,
    );
    chmodSync(`${bin}/git`, 0o755);
    const env = { PATH: `${bin}:${process.env["PATH"]}`, OLD_PATH: process.env["PATH"] };
    const head = openPull(world, 1, [ASSISTED]);
    const run = () => world.gate("workflow_dispatch", { inputs: { pull: "1" } }, undefined, env);
    const plain = await run();
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/elsewhere`;
    github.gitAnswer = (url) => ({ status: 302, headers: { location: `${location}${url}` } });
    const redirected = await run();
    github.gitAnswer = () => undefined;
    github.meanwhile = (asked) => (asked.includes("/rules/") ? { status: 302, headers: { location } } : undefined);
    const api = await run();
    github.meanwhile = () => undefined;
    other.close();
    expect(elsewhere).toEqual([]);
    expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "failure" });
    for (const { stdout, stderr, summary, outputs, folder } of [plain, redirected, api]) {
      const said = [stdout, stderr, summary, JSON.stringify(outputs), readFileSync(log, "utf8")].join("\n");
      for (const secret of [TOKEN, SECRET]) expect(said).not.toContain(secret);
      // Nothing is left behind.
      expect(readdirSync(`${folder}/temp`)).toEqual([]);
    }
    expect(redirected.stdout).toContain("could not decide");
    expect((await world.judge(1)).status).toBe(1);
  });

  it("is shown as data, whatever it says: titles, subjects, people, paths and branches", async () => {
    const { github, dev, server } = world;
    const hostile =
      "$(touch x) `id` ::error::y ##[stop-commands]z %0A::warning::w @everyone <img src=x> [l](http://e) \u202egpj";
    const path = "##[add-mask]main/::error::\u202e%0A`$(id)`.txt";
    const branch = `rel/$(id)\`;%0A@everyone<b>\u202e${"\u200b".repeat(60)}`;
    server.git(["update-ref", `refs/heads/${branch}`, server.oid("refs/heads/main")]);
    const author = `${hostile.replace(/[<>\n]/g, "")} <eve@evil.example>`;
    dev.git(["switch", "-q", "--detach", "origin/main"]);
    dev.commit(`${hostile}\n\n${CLAUDE}\n`, { files: { [path]: "1\n" }, author });
    dev.git(["push", "-q", "--no-verify", "--force", "origin", "HEAD:refs/pull/2/head"]);
    const head = dev.oid("HEAD");
    github.open(2, head, branch).title = hostile;
    const refused = await world.judge(2);
    expect(refused.status).toBe(1);
    // A conflict names the branch and the path in the one line of the status.
    const mine = openPull(world, 14, [`${hostile}\n`], { files: { [path]: "1\n" }, base: branch });
    dev.git(["switch", "-q", "--detach", "origin/main"]);
    dev.commit("Conflict\n", { files: { [path]: "2\n" } });
    dev.git(["push", "-q", "--no-verify", "origin", `HEAD:refs/heads/${branch}`]);
    const conflict = await world.judge(14);
    expect(conflict.stdout).toContain("title=MERGE_CONFLICT::");
    const [status] = github.statuses.get(mine) ?? [];
    expect(status?.state).toBe("failure");
    expect(status?.description.length).toBeLessThanOrEqual(140);
    expect(status?.context).toMatch(/^countersign \(rel\/[!-~]+\)$/);
    for (const { stdout, summary, outputs } of [refused, conflict]) {
      for (const line of stdout.split("\n")) {
        if (!/^::(?:error|warning|notice) file=/.test(line)) expect(line).not.toMatch(/##\w*\[/);
        expect(line).not.toMatch(/^\s*::(?!error file=)/);
        expect(line).not.toMatch(/\u202e|\u200b/);
      }
      const prose = [summary, outputs["comments"] ?? ""].join("\n");
      expect(prose).not.toMatch(/\u202e|\u200b/);
      const outside = summary.replace(/```[\s\S]*?```/g, "").replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");
      expect(outside).not.toMatch(/@everyone|<img|\]\(http|<b>/);
    }
  });

  it.each<[what: string, answer: { status: number; body?: string; headers?: Record<string, string> }]>([
    ["cut short", { status: 200, body: '{"number": 3, "state": "open", "base": {' }],
    ["of another form", { status: 200, body: '{"number": 3, "state": "open", "head": {"sha": "main"}}' }],
    ["a list", { status: 200, body: "[]" }],
    ["a refusal", { status: 403, body: '{"message":"Resource not accessible ##[x]y\\n::error::z"}' }],
    ["huge", { status: 200, body: JSON.stringify({ body: "x".repeat(20_000_000) }) }],
  ])("is no verdict where the API's answer is %s", async (_, answer) => {
    const { github } = world;
    const head = openPull(world, 3, [COSIGNED]);
    github.statuses.delete(head);
    github.meanwhile = (asked) => (/\/pulls\/3$/.test(asked) ? answer : undefined);
    const ran = await world.judge(3);
    github.meanwhile = () => undefined;
    expect(ran.status).toBe(2);
    expect(ran.stdout).toContain("title=FORGE_FAILED::");
    expect(ran.stdout.split("\n").filter((line) => line.startsWith("::"))).toHaveLength(1);
    expect(github.verdictOn(head)).toEqual({});
  });

  it("is asked again where the API fails for a while or limits requests, and decided then", async () => {
    const { github } = world;
    const head = openPull(world, 4, [COSIGNED]);
    const odd = [
      { status: 502, body: "<html>" },
      { status: 403, body: "{}", headers: { "x-ratelimit-remaining": "0", "retry-after": "0" } },
      { status: 429, body: "{}", headers: { "retry-after": "0" } },
    ];
    github.meanwhile = (asked) => (asked.includes("/rules/") ? odd.shift() : undefined);
    expect((await world.judge(4)).status).toBe(0);
    github.meanwhile = () => undefined;
    expect(odd).toEqual([]);
    expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "success" });
  });

  it.each([
    ["pull_request_target", { pull_request: { number: "5" } }],
    ["pull_request_target", { pull_request: { number: -1 } }],
    ["pull_request_target", {}],
    ["issue_comment", { issue: { number: 5.5, pull_request: {} }, comment: { body: "x" } }],
    ["merge_group", { merge_group: { head_sha: "main", head_ref: "refs/heads/x", base_ref: "main" } }],
    ["workflow_dispatch", { inputs: { pull: "5; true" } }],
    ["push", { ref: "refs/heads/main", before: "0", after: "HEAD", repository: { default_branch: "main" } }],
    ["pull_request_review_comment", { pull_request: { number: 5 } }],
    ["constructor", {}],
  ])("is no verdict where the event %s is %j", async (event, payload) => {
    const ran = await world.gate(event, payload);
    expect(ran.status).toBe(2);
    expect(ran.stdout).toContain("title=FORGE_EVENT_UNFIT::");
  });

  it("is a pull request all the same: of a deleted fork, a draft, with the base as its head", async () => {
    const { github, server } = world;
    const odd = (number: number, change: (pull: ReturnType<typeof pullEvent>["pull_request"]) => void): void => {
      github.meanwhile = (asked) => {
        if (!asked.endsWith(`/pulls/${number}`)) return undefined;
        const known = github.pulls.get(number);
        const { pull_request: pull } = pullEvent("opened", {
          number,
          base: "main",
          title: "",
          ...known,
          state: "open",
          head: github.headOf(number),
        });
        change(pull);
        return { status: 200, body: JSON.stringify(pull) };
      };
    };
    for (const [number, message, status] of [
      [6, ASSISTED, 1],
      [7, COSIGNED, 0],
    ] as const) {
      openPull(world, number, [message]);
      odd(number, (pull) => {
        Object.assign(pull, { draft: true, user: null });
        Object.assign(pull.head, { repo: null, user: null });
        pull.base.repo.allow_squash_merge = false;
      });
      expect((await world.judge(number)).status).toBe(status);
    }
    github.meanwhile = () => undefined;
    const main = server.oid("refs/heads/main");
    github.open(8, main);
    const ran = await world.judge(8);
    expect({ status: ran.status, stdout: ran.stdout }).toEqual({
      status: 0,
      stdout: "countersign: may land: 0 new commits, 0 AI-assisted\n",
    });
  });

  it("is judged whole where it has 5,000 commits, of which one is an agent's", async () => {
    const { dev, github } = world;
    const main = dev.oid("origin/main");
    const commits = Array.from({ length: 5000 }, (_, index) => {
      const message = index === 2500 ? ASSISTED : `Step ${index}\n`;
      const from = index === 0 ? `from ${main}\n` : "";
      return `commit refs/heads/long\ncommitter Bob <bob@acme.example> ${1_700_000_000 + index} +0000\ndata ${message.length}\n${message}${from}`;
    });
    dev.git(["fast-import", "--quiet", "--force"], { input: commits.join("\n") });
    dev.git(["push", "-q", "--no-verify", "origin", "long:refs/pull/9/head"]);
    const head = dev.oid("refs/heads/long");
    github.open(9, head);
    const ran = await world.judge(9);
    expect(ran.status).toBe(1);
    expect(ran.summary).toContain("5000 new commits, 1 AI-assisted");
    expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "failure" });
  });

  it("may be gone the next moment: a branch that was accepted and is deleted meanwhile keeps nobody from a verdict", async () => {
    const { github, server } = world;
    const main = server.oid("refs/heads/main");
    for (const branch of ["rel/1", "cut/1"]) server.git(["update-ref", `refs/heads/${branch}`, main]);
    const head = openPull(world, 10, [COSIGNED], { base: "rel/1" });
    let gone = false;
    github.meanwhile = (asked) => {
      if (!asked.includes("/rules/") || gone) return undefined;
      gone = true;
      server.git(["update-ref", "-d", "refs/heads/cut/1"]);
      return undefined;
    };
    const ran = await world.judge(10);
    github.meanwhile = () => undefined;
    expect({ status: ran.status, verdict: github.verdictOn(head) }).toEqual({
      status: 0,
      verdict: { "countersign (rel/1)": "success" },
    });
  });

  it("is a ledger that anybody may fill: nothing in it counts that does not verify, whatever it is", async () => {
    const { server, dev } = world;
    dev.git(["switch", "-q", "--orphan", "evil-ledger"]);
    dev.commit("Co-signs for main\n", {
      files: {
        [`ab/${"cd".repeat(31)}/${"ef".repeat(32)}-1/record`]: `countersign v1\nproject acme/payments\nbranch refs/heads/main -\ncosigner ada@acme.example\n`,
        [`ab/${"cd".repeat(31)}/${"ef".repeat(32)}-1/before/x`]: "x\n",
        record: "x",
        "countersign.config.yaml": "version: 1\n",
      },
    });
    dev.git(["push", "-q", "--no-verify", "origin", `HEAD:${LEDGER}`]);
    dev.git(["switch", "-q", "--detach", "origin/main"]);
    openPull(world, 11, [ASSISTED]);
    expect((await world.judge(11)).stdout).toContain("title=COSIGN_MISSING::");
    openPull(world, 12, [COSIGNED]);
    expect((await world.judge(12)).status).toBe(0);
    server.git(["update-ref", "-d", LEDGER]);
  });

  it("is a comment that holds no record which counts: quoted, hidden, of another project, or ten thousand of them", async () => {
    const { server } = world;
    openPull(world, 13, [ASSISTED]);
    const forged = (project: string): string =>
      `countersign v1\nproject ${project}\nbranch refs/heads/main -\ncosigner ada@acme.example\ntime 2026-11-23T10:00:00Z\n-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----`;
    for (const body of [
      `> ${forged("acme/payments").replaceAll("\n", "\r\n> ")}`,
      `<!--\n${forged("acme/other")}\n-->`,
      Array.from({ length: 10_000 }, () => forged("acme/payments")).join("\n"),
    ]) {
      const ran = await world.gate("issue_comment", commentEvent(13, body), "records");
      expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: "" });
      expect(server.ref(LEDGER)).toBeUndefined();
    }
  });
});

describe("an approval", () => {
  let world: GateWorld;
  const GIVEN = "2026-11-20T10:00:00Z";
  beforeAll(async () => {
    world = await openGateWorld("cosign: { proof: reviewed, maxAge: 3650d }\n");
    const { dev, server } = world;
    const policy = server.git(["cat-file", "blob", "refs/heads/main:countersign.config.yaml"]);
    const files = {
      "countersign.config.yaml": `${policy.replace("level: senior", "level: senior\n    github: { login: ada-l, id: 7001 }")}\n`,
    };
    dev.commit("Say who Ada is\n", { files });
    dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main", "HEAD:dev"]);
    dev.git(["fetch", "-q", "origin"]);
  });
  afterAll(() => world[Symbol.asyncDispose]());
  const approve = (number: number, head: string, submitted = GIVEN): void => {
    world.github.reviews.set(number, [exampleReview("ada-l", head, submitted)]);
  };

  it("is for the branch that it was given for: turned to another one, the pull request is approved again", async () => {
    const { github } = world;
    const head = openPull(world, 1, [ASSISTED]);
    approve(1, head);
    expect((await world.judge(1)).status).toBe(0);
    for (const event of ["base_ref_changed", "automatic_base_change_succeeded"]) {
      github.events.set(1, [
        { event: "labeled", created_at: GIVEN },
        { event, created_at: "2026-11-20T10:05:00Z" },
      ]);
      const turned = await world.judge(1, "edited");
      expect({ status: turned.status, verdict: github.verdictOn(head) }).toEqual({
        status: 1,
        verdict: { [CONTEXT]: "failure" },
      });
      expect(turned.summary).toContain("got another base branch");
    }
    approve(1, head, "2026-11-20T10:06:00Z");
    expect((await world.judge(1)).status).toBe(0);
  });

  it("counts in a queue for its own entry, and not where a message names a pull request of another branch or a closed one", async () => {
    const { github, server } = world;
    const queue = async (number: number, head: string, message: string): Promise<number | null> => {
      const group = squash(server, server.oid("refs/heads/main"), head, message);
      return (await world.gate("merge_group", queueEvent(server, group, number))).status;
    };
    const approved = openPull(world, 21, [ASSISTED, BY_HAND], { base: "dev" });
    approve(21, approved);
    const closed = openPull(world, 22, [ASSISTED]);
    approve(22, closed);
    const pull = github.pulls.get(22);
    if (pull) pull.state = "closed";
    github.open(23, approved);
    github.open(24, closed);
    expect(await queue(23, approved, `Retry uploads #21 (#23)\n\n${CLAUDE}\n`)).toBe(1);
    expect(await queue(21, approved, `Retry uploads (#21)\n\n${CLAUDE}\n`)).toBe(1);
    expect(await queue(24, closed, `Retry uploads #22\n\n${CLAUDE}\n`)).toBe(1);
    // Its own approval, though the queue squashes and what was approved is in no branch.
    approve(23, approved);
    expect(await queue(23, approved, `Retry uploads (#23)\n\n${CLAUDE}\n`)).toBe(0);
  });
});
