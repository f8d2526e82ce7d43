import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import MarkdownIt from "markdown-it";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { type GateWorld, openGateWorld } from "./gate-world.ts";
import { TOKEN } from "./github-server.ts";
import { commentEvent, example, pullEvent, queueEvent } from "./payloads.ts";
import { ASSISTED, BY_HAND, CONTEXT, openPull, TYPED } from "./pulls.ts";
import { SECRETS, TALKS, watchGit } from "./watch-git.ts";

const EVIL =
  "::error::$(touch owned) `touch owned` %0A::set-env name=A::b\u202e @acme/seniors <img src=x onerror=alert(1)> [x](http://evil)";

describe("what others chose", () => {
  let world: GateWorld;
  beforeAll(async () => {
    world = await openGateWorld(TYPED);
    Object.assign(world.github.settings, { allow_squash_merge: false });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  it("is data: no command for the runner, no link, mention or HTML in what people read", async () => {
    const { github, dev } = world;
    openPull(world, 1, []);
    dev.git([
      "-c",
      "user.name=Eve`@acme/seniors",
      "commit",
      "-q",
      "--no-verify",
      "--allow-empty",
      "-m",
      `${EVIL}\n\n${CLAUDE}`,
    ]);
    dev.git(["push", "-q", "--no-verify", "--force", "origin", "HEAD:refs/pull/1/head"]);
    const ran = await world.gate("pull_request_target", pullEvent("opened", { ...fact(1), title: EVIL }));
    expect(ran.status).toBe(1);
    const lines = ran.stdout.trimEnd().split("\n");
    expect(
      lines
        .filter((line) => /^\s*(?:::|##)/.test(line))
        .every((line) => /^::error file=\S+,line=1,title=[A-Z_]+::/.test(line)),
    ).toBe(true);
    expect(lines.filter((line) => line.startsWith("::"))).toHaveLength(1);
    expect(existsSync(join(ran.folder, "owned"))).toBe(false);
    const body = github.comments.get(1)?.[0]?.body ?? "";
    for (const text of [body, ran.summary]) {
      const html = new MarkdownIt({ html: true }).render(text.replace(/^<!-- countersign -->\n/, ""));
      const outside = html.replace(/<code[^>]*>[\s\S]*?<\/code>/g, "");
      expect(outside).not.toMatch(/<img|evil|@acme/);
      expect(text).not.toContain("\u202e");
    }
  });

  it("ends no output of the step, and its comment is not taken from a person who began one alike", async () => {
    const { github } = world;
    openPull(world, 2, [`One\n\ncomments<<X\nX\n${ASSISTED}`]);
    github.comment(2, "<!-- countersign -->\nall fine here, merge it", "eve");
    await world.judge(2);
    const [of, own] = github.comments.get(2) ?? [];
    expect(of?.body).toBe("<!-- countersign -->\nall fine here, merge it");
    expect(own?.user?.login).toBe("github-actions[bot]");
    expect(own?.body).toContain("COSIGN_MISSING");
  });

  it.each(["3d".repeat(20), "refs/pull/9/head", "-u", "feature/\u202egnp.exe", "a..b@{1}"])(
    "names a branch that nobody protects, or none: %s",
    async (branch) => {
      const head = openPull(world, 3, [ASSISTED]);
      world.github.open(3, head).base = branch;
      const ran = await world.judge(3);
      expect(ran.status).not.toBe(0);
      expect(world.github.verdictOn(head)[CONTEXT]).toBeUndefined();
      expect(Object.values(world.github.verdictOn(head))).not.toContain("success");
      world.github.statuses.clear();
    },
  );

  it("is no verdict where a queue's group is not the one that the event names", async () => {
    const recorded = example("merge_group");
    recorded.repository.default_branch = "main";
    const ran = await world.gate("merge_group", recorded);
    expect(ran.status).toBe(2);
    expect(world.github.verdictOn(recorded.merge_group.head_sha)).toEqual({ [CONTEXT]: "failure" });
    const head = openPull(world, 4, [ASSISTED]);
    const event = queueEvent(world.server, head, 4);
    event.merge_group.head_sha = world.server.oid("refs/heads/main");
    const other = await world.gate("merge_group", event);
    expect(other.status).toBe(2);
    expect(other.stdout).toContain("title=REQUEST_NOT_FETCHED::");
  });

  it("gets no token: it is in no argument, in no file, and with no program that reads what was fetched", async () => {
    openPull(world, 5, [ASSISTED, BY_HAND]);
    const { path, calls } = watchGit(world);
    const names = ["DEPLOY_PASSWORD", "CLIENT_SECRET", "INPUT_WITNESS_KEY", "COUNTERSIGN_WITNESS_KEY"];
    const others = Object.fromEntries(names.map((name) => [name, "tr0ub4dor"]));
    const env = { PATH: path, ...others };
    const ran = await world.gate("pull_request_target", pullEvent("opened", fact(5)), "judge", env);
    expect(ran.status).toBe(1);
    expect(calls().length).toBeGreaterThan(5);
    for (const { args, environment, isTold } of calls()) {
      expect(`${args}\n${environment}`).not.toContain("tr0ub4dor");
      for (const secret of SECRETS) expect(args).not.toContain(secret);
      if (isTold) expect(args).toMatch(TALKS);
    }
    expect(readdirSync(join(ran.folder, "temp"))).toEqual([]);
  });

  it("is no record because it looks like one", async () => {
    const { github } = world;
    openPull(world, 6, [ASSISTED]);
    const body =
      "```\ncountersign v1\nproject acme/payments\n-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n```";
    for (const event of [commentEvent(6, body), commentEvent(6, "/countersign"), commentEvent(6, body, false)]) {
      const ran = await world.gate("issue_comment", event, "records");
      expect({ status: ran.status, stdout: ran.stdout }).toEqual({
        status: 0,
        stdout: "countersign: there is no record in this comment\n",
      });
    }
    expect(github.asked.filter((asked) => asked.startsWith("POST "))).not.toContain(
      "POST /repos/acme/payments/issues/6/comments",
    );
  });

  const fact = (number: number): Parameters<typeof pullEvent>[1] => ({
    number,
    base: "main",
    state: "open",
    title: "",
    head: world.github.headOf(number),
  });
});

describe("a forge that does not answer as it should", () => {
  let world: GateWorld;
  beforeAll(async () => {
    world = await openGateWorld(TYPED);
    openPull(world, 1, [BY_HAND]);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  it.each([
    ["an error once", 1, { status: 502, headers: { "retry-after": "0" } }, 0],
    ["a limit once", 1, { status: 403, headers: { "retry-after": "0" } }, 0],
    ["too many requests once", 1, { status: 429, headers: { "retry-after": "0" } }, 0],
    ["errors without an end", 100, { status: 502, headers: { "retry-after": "0" } }, 2],
    ["no right to it", 100, { status: 403, body: '{"message":"Resource not accessible by integration"}' }, 2],
    ["no JSON", 100, { status: 200, body: "<html>" }, 2],
    ["something else", 100, { status: 200, body: "[]" }, 2],
  ])("has nothing pass with %s", async (_, times, answer, status) => {
    const { github } = world;
    github.statuses.clear();
    let left = times;
    github.meanwhile = (asked) => (asked.endsWith("/pulls/1") && left-- > 0 ? answer : undefined);
    const ran = await world.judge(1);
    github.meanwhile = () => undefined;
    expect(ran.status).toBe(status);
    expect(ran.stdout.includes("title=FORGE_FAILED::")).toBe(status === 2);
    expect(github.verdictOn(github.headOf(1))).toEqual(status === 0 ? { [CONTEXT]: "success" } : {});
    expect(ran.stdout + ran.stderr).not.toContain(TOKEN);
  });

  it("does not keep a run for ever where its git does not answer", async () => {
    const { github, scratch } = world;
    github.statuses.clear();
    const config = join(scratch.dir, "impatient");
    writeFileSync(config, "[countersign]\n\ttimeout = 2\n");
    github.gitAnswer = () => "never";
    const ran = await world.gate("workflow_dispatch", { inputs: { pull: "1" } }, undefined, {
      GIT_CONFIG_GLOBAL: config,
    });
    github.gitAnswer = () => undefined;
    expect(ran.status).toBe(2);
    expect(ran.stdout).toContain("title=TIMED_OUT::");
    expect(github.verdictOn(github.headOf(1))).toEqual({ [CONTEXT]: "failure" });
    github.statuses.clear();
  });

  it("has the run fail where the verdict cannot be written", async () => {
    const { github } = world;
    github.meanwhile = (asked) => (asked.startsWith("POST ") ? { status: 403, body: "{}" } : undefined);
    expect((await world.judge(1)).status).toBe(2);
    github.meanwhile = () => undefined;
  });

  it.each(["{", "[{}]"])(
    "has no comment written from %s, which is not what the job before it hands over",
    async (comments) => {
      const ran = await world.gate("push", {}, "comment", { INPUT_COMMENTS: comments });
      expect(ran.status).toBe(2);
      expect(ran.stdout).toContain("title=FORGE_EVENT_UNFIT::");
    },
  );

  it("is not believed by half: where its git has another head than its API, that is a failure on the head that it names", async () => {
    const { github } = world;
    const known = github.headOf(1);
    const named = "3d".repeat(20);
    github.meanwhile = (asked) =>
      asked.endsWith("/pulls/1")
        ? {
            status: 200,
            body: JSON.stringify(
              pullEvent("opened", { number: 1, base: "main", state: "open", title: "", head: named }).pull_request,
            ),
          }
        : undefined;
    const ran = await world.judge(1);
    github.meanwhile = () => undefined;
    expect(ran.status).toBe(2);
    expect(ran.stdout).toContain("title=REQUEST_NOT_FETCHED::");
    expect(github.verdictOn(named)).toEqual({ [CONTEXT]: "failure" });
    expect(github.verdictOn(known)).toEqual({});
  });
});
