import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cosign } from "../cosign/terminal-session.ts";
import { ROOT } from "../rig/suite/bins.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { type GateWorld, openGateWorld } from "./gate-world.ts";
import { REPOSITORY, TOKEN } from "./github-server.ts";
import { API_TOKEN, GitlabServer, PROJECT } from "./gitlab-server.ts";
import { commentEvent, landedEvent, pullEvent } from "./payloads.ts";

const SECRET = "of the webhook";
const CONTEXT = "countersign (main)";

/** The service, as somebody starts it. */
class App implements AsyncDisposable {
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #waiting = new Set<() => void>();

  constructor(env: NodeJS.ProcessEnv) {
    const args = ["--import", "tsx", join(ROOT, "examples/forge-app/src/app.ts")];
    const variables = { PATH: process.env["PATH"], PORT: "0", ...env };
    this.#child = spawn(process.execPath, args, { cwd: ROOT, env: variables, stdio: ["ignore", "pipe", "inherit"] });
    if (this.#child.stdout) {
      createInterface(this.#child.stdout).on("line", (line) => {
        this.lines.push(line);
        for (const look of this.#waiting) look();
      });
    }
  }

  /** The line that fits for the nth time, as soon as it is there. */
  async said(pattern: RegExp, nth = 1): Promise<string> {
    return new Promise((resolve) => {
      const look = (): void => {
        const line = this.lines.filter((each) => pattern.test(each))[nth - 1];
        if (line === undefined) return;
        this.#waiting.delete(look);
        resolve(line);
      };
      this.#waiting.add(look);
      look();
    });
  }

  async post(path: string, headers: Record<string, string>, body: string): Promise<number> {
    const port = /\d+$/.exec(await this.said(/^listening on port/))?.[0];
    return (await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", headers, body })).status;
  }

  github(event: string, payload: object, secret = SECRET): Promise<number> {
    const body = JSON.stringify({ ...payload, repository: { full_name: REPOSITORY, default_branch: "main" } });
    const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
    return this.post("/github", { "x-github-event": event, "x-hub-signature-256": signature }, body);
  }

  gitlab(payload: object, token = SECRET): Promise<number> {
    const project = { path_with_namespace: PROJECT, default_branch: "main" };
    return this.post("/gitlab", { "x-gitlab-token": token }, JSON.stringify({ ...payload, project }));
  }

  async stop(): Promise<unknown> {
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    return (await ended)[0];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null) await this.stop();
  }
}

describe("the service beside CI", () => {
  let world: GateWorld;
  let gitlab: GitlabServer;
  beforeAll(async () => {
    world = await openGateWorld();
    gitlab = new GitlabServer(world.server);
    await gitlab.listen();
  });
  afterAll(async () => {
    await gitlab[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  });

  function start(): App {
    const { GITHUB_SERVER_URL, GITHUB_API_URL } = world.github.variables;
    return new App({
      HOME: world.scratch.dir,
      FOLDER: join(world.scratch.dir, "repositories"),
      GITHUB_SERVER_URL,
      GITHUB_API_URL,
      GITHUB_REPOSITORIES: REPOSITORY,
      GITHUB_TOKEN: TOKEN,
      GITHUB_WEBHOOK_SECRET: SECRET,
      GITLAB_SERVER_URL: gitlab.url,
      GITLAB_PROJECTS: PROJECT,
      GITLAB_TOKEN: API_TOKEN,
      GITLAB_WEBHOOK_SECRET: SECRET,
    });
  }

  /** A commit of an agent on a branch of its own, by one more commit than the one before. */
  function stack(number: number): string {
    const { dev } = world;
    if (number === 1) dev.git(["switch", "-q", "-c", "stack"]);
    dev.commit(`Step ${number}\n\n${CLAUDE}\n`);
    dev.git(["push", "-q", "--no-verify", "origin", "HEAD:stack"]);
    return dev.oid("HEAD");
  }

  it("judges at a webhook with the right secret, again when a co-sign arrives, and what moved while it was stopped", async () => {
    const { github, senior } = world;
    const head = stack(1);
    const opened = pullEvent("opened", { number: 1, base: "main", head, state: "open", title: "" });
    {
      await using app = start();
      await app.said(/^github:.* open: 0 open$/);
      await app.said(/^gitlab:.* open: 0 open$/);
      github.open(1, head);
      const asked = github.asked.length;
      expect(await app.github("pull_request", opened, "a guess")).toBe(401);
      expect(await app.post("/github", { "x-github-event": "pull_request" }, JSON.stringify(opened))).toBe(401);
      expect(await app.gitlab({ object_kind: "merge_request", object_attributes: { iid: 1 } }, "a guess")).toBe(401);
      expect(await app.post("/github", {}, "x".repeat(6 * 1024 * 1024)).catch(() => 413)).toBe(413);
      expect(await app.github("ping", {})).toBe(202);
      expect(github.asked).toHaveLength(asked);

      expect(await app.github("pull_request", opened)).toBe(202);
      expect(await app.said(/ #1: failure/)).toContain("a senior can run countersign cosign 1");
      expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "failure" });
      expect(await app.github("issue_comment", commentEvent(1, "Looks good"))).toBe(202);

      expect((await cosign(senior, ["1"])).status).toBe(0);
      const ledger = landedEvent("refs/heads/countersign/ledger", { before: "0".repeat(40), after: head });
      expect(await app.github("push", ledger)).toBe(202);
      await app.said(/ #1: success/);
      expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "success" });
      expect(github.comments.get(1)).toHaveLength(1);

      gitlab.open(1, head);
      expect(await app.gitlab({ object_kind: "merge_request", object_attributes: { iid: 1 } })).toBe(202);
      await app.said(/ !1: success/);
      expect(gitlab.statuses.get(head)?.map(({ status, ref }) => [status, ref])).toEqual([
        ["pending", "upload"],
        ["success", "upload"],
      ]);
      expect(await app.stop()).toBe(0);
      expect(app.lines.at(-1)).toBe("stopped");
    }
    const next = stack(2);
    github.open(2, next);
    await using again = start();
    await again.said(/ #2: failure/);
    expect(github.verdictOn(next)).toEqual({ [CONTEXT]: "failure" });
  });

  it("judges 25 stacked requests once each for pushes that come together, and writes nothing where nothing changed", async () => {
    const { github } = world;
    await using app = start();
    await app.said(/ #2: failure/);
    const before = app.lines.length;
    const written = github.asked.length;
    for (let number = 3; number <= 25; number += 1) github.open(number, stack(number));
    const ledger = landedEvent("refs/heads/countersign/ledger", { before: "0".repeat(40), after: "1f".repeat(20) });
    for (let times = 0; times < 3; times += 1) expect(await app.github("push", ledger)).toBe(202);
    await app.said(/ #25: failure/);
    const told = app.lines.slice(before);
    for (let number = 3; number <= 25; number += 1) {
      expect(told.filter((line) => line.includes(` #${number}: `))).toHaveLength(1);
    }
    const statuses = github.asked
      .slice(written)
      .filter((asked) => asked.startsWith("POST /repos/acme/payments/statuses"));
    expect(statuses).toHaveLength(2 * 23);
  });
});
