import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Gate } from "../rig/process/gate.ts";
import { attempt, expectAllowed, VOUCHED } from "../rig/worlds/attempt.ts";
import { POLICY, type PushWorld } from "../rig/worlds/push-world.ts";
import { asSaid, installPreReceive, openReceiveWorld } from "../rig/worlds/receive-world.ts";

const RELEASES = POLICY.replace("branches: [main]", 'branches: [main, "release/**"]');
const STRICTER = RELEASES.replace("cosign:\n", "cosign:\n  count: 2\n");

/** A push that a hook holds at a gate; others that come meanwhile go through. */
function pushHeld({ dev }: PushWorld, refs: string): Promise<{ readonly status: number; readonly said: string }> {
  const options = { cwd: dev.dir, env: { ...dev.env, HELD: "1" } };
  return new Promise((resolve) => {
    execFile("git", ["push", "--no-verify", "origin", refs], options, (error, _, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, said: asSaid(stderr) });
    });
  });
}

describe("while a push is held in the hook and another one makes the policy stricter", () => {
  it.each([
    ["before it is judged, it is judged by the stricter one", "before", 1],
    ["after it was judged, it lands, and the log names the policy that it was judged by", "after", 0],
  ] as const)("%s", async (_, when, status) => {
    using world = openReceiveWorld({ policy: RELEASES });
    const { dev, server, scratch } = world;
    const gate = new Gate(scratch);
    const held = `[ -z "$HELD" ] || { ${gate.lines}; }`;
    const hold = when === "before" ? `${held}; "$@"` : `"$@"; ended=$?; ${held}; return $ended`;
    installPreReceive(server, { before: `hold() { ${hold}; }`, through: "hold" });
    const log = join(scratch.dir, "decisions.jsonl");
    server.git(["config", "countersign.log", log]);
    const loose = server.oid("refs/heads/main");
    server.git(["branch", "release/1", "main"]);
    const pushing = pushHeld(world, `${dev.commit(VOUCHED)}:refs/heads/release/1`);
    await gate.reached();
    dev.git(["reset", "-q", "--hard", loose]);
    const message = "Ask for two\n\nCo-signed-by: Ada Lovelace <ada@acme.example>\n";
    const strict = dev.commit(message, { files: { "countersign.config.yaml": STRICTER } });
    expectAllowed(attempt(world, strict));
    gate.open();
    const { said, ...ended } = await pushing;
    expect(ended).toEqual({ status });
    expect(said.includes("it has 1 of 2 co-signs")).toBe(when === "before");
    const lines = readFileSync(log, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly ref: string; readonly policy: string });
    const line = lines.find(({ ref }) => ref === "refs/heads/release/1");
    expect(line?.policy).toBe(when === "before" ? strict : loose);
  });

  it("it is git that refuses the one of two to the same branch that comes second", async () => {
    using world = openReceiveWorld();
    const { dev, server, scratch } = world;
    const gate = new Gate(scratch);
    installPreReceive(server, { before: `[ -z "$HELD" ] || { ${gate.lines}; }` });
    const base = dev.oid("HEAD");
    const pushing = pushHeld(world, `${dev.commit("By hand\n")}:refs/heads/main`);
    await gate.reached();
    dev.git(["reset", "-q", "--hard", base]);
    const first = dev.commit("By hand, faster\n");
    expectAllowed(attempt(world, first));
    gate.open();
    expect(await pushing).toMatchObject({ status: 1, said: expect.stringContaining("[remote rejected]") });
    expect(server.oid("refs/heads/main")).toBe(first);
  });
});
