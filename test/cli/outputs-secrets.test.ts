import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import type { Run } from "../rig/process/run.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { pushTo, refLine, runPrePush, writeFakeGit, zero } from "../rig/worlds/pre-push-hook.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

// Where a remote's address bears a token, nothing that countersign prints may repeat it. git's own output is git's.

const SECRET = "gh0p_s3cr3t";
const URL = `https://user:${SECRET}@git.example/acme/payments.git`;

let world: PushWorld;
beforeAll(() => {
  world = openPushWorld();
});
afterAll(() => world[Symbol.dispose]());

function expectSilence({ stdout, stderr }: Run): void {
  expect(stdout + stderr).not.toContain(SECRET);
}

/** What the hook says of an address, called as git would call it. */
function hook(remote: string, url: string, env: NodeJS.ProcessEnv = {}): Run {
  return runPrePush(world.dev, {
    remote,
    url,
    input: refLine(world.dev.oid("HEAD"), "refs/heads/main", zero()),
    env,
  });
}

describe("the address of a remote with a token", () => {
  it("is not told where no policy of it is known", () => {
    for (const [remote, url] of [
      [URL, URL],
      [URL, "https://git.example/acme/payments.git"],
      ["elsewhere", URL],
    ] as const) {
      const result = hook(remote, url);
      expect(result.stderr).toContain("nothing is enforced");
      expectSilence(result);
    }
  });

  it("is not told where a push to it is refused, and none of it where one is allowed", () => {
    using other = openPushWorld();
    const { dev, server } = other;
    const to = `file://${server.dir}`;
    dev.git(["remote", "set-url", "origin", URL]);
    dev.git(["config", `url.${to}.insteadOf`, URL]);
    for (const remote of ["origin", URL]) {
      dev.git(["reset", "-q", "--hard", "origin/main"]);
      dev.commit(ASSISTED);
      const refused = pushTo(other, [remote, "main"]);
      expect({ hook: refused.hook, told: refused.stderr.includes("COSIGN_MISSING") }).toEqual({ hook: 1, told: true });
      expectSilence(refused);
      dev.commit(VOUCHED, { args: ["--amend"] });
      const allowed = pushTo(other, [remote, "main"]);
      expect(allowed.hook).toBe(0);
      expect(allowed.stderr).toContain("countersign: allowed");
      expect(
        allowed.stderr.split("\n").filter((line) => line.includes(SECRET) && !/^(?:To|fatal:) /.test(line)),
      ).toEqual([]);
    }
  });

  it("is not told where git fails on it and repeats it", () => {
    const complain = `echo "fatal: unable to access '${URL}/': Could not resolve host" >&2; echo "hint: ${URL}" >&2; exit 128`;
    const path = writeFakeGit(world.scratch, complain);
    const env = { PATH: `${path}:${world.dev.env["PATH"]}` };
    for (const result of [
      countersign(world.dev, ["check"], { env }),
      countersign(world.dev, ["log"], { env }),
      countersign(world.dev, ["check", "--format", "json", "--format", "sarif=-"], { env }),
      hook(URL, URL, env),
    ]) {
      expect(result.status).toBe(2);
      expectSilence(result);
    }
    expect(countersign(world.dev, ["check"], { env }).stderr).toContain("https://***@git.example/acme/payments.git");
  });

  it("is not told where a person typed it in a wrong place", () => {
    for (const args of [
      ["check", URL],
      ["check", `${URL}..HEAD`],
      ["log", URL],
      ["explain", URL],
      ["check", "--policy", URL],
      ["check", "--format", `json=${URL}/a/b`],
      ["check", "--format", URL],
      [URL],
      ["check", "HEAD", URL],
      ["keys", "--namespace", URL],
      ["--repo", URL, "check"],
    ]) {
      const result = countersign(world.dev, args, { cwd: world.scratch.dir });
      expect(result.status).toBe(2);
      expectSilence(result);
    }
  });

  it("is not told by any format of a check", () => {
    using other = openPushWorld();
    other.dev.git(["remote", "set-url", "origin", URL]);
    other.dev.commit(ASSISTED);
    for (const format of ["text", "json", "sarif", "github", "gitlab", "junit", "markdown"]) {
      expectSilence(countersign(other.dev, ["check", "-v", "--format", format]));
    }
  });
});

it("no variable of the environment is ever told", () => {
  const env = { GITHUB_TOKEN: SECRET, DEBUG: "*", NODE_DEBUG: "", COUNTERSIGN_DEBUG: "1", GIT_ASKPASS: `/x/${SECRET}` };
  world.dev.git(["tag", "-f", "v1"]);
  const nowhere = join(world.scratch.dir, "nowhere");
  for (const args of [["check"], ["check", "nothing"], ["log"], ["explain", "HEAD"], ["--repo", nowhere, "check"]]) {
    expectSilence(countersign(world.dev, args, { env }));
  }
});
