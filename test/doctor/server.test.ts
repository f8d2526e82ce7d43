import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";
import { codesOf, type Finding, snapshot, writeProgram } from "./clinic.ts";

/** A hook as an administrator could write it with nothing but the program. */
const GATE = `#!/bin/sh
status=0
while read -r old new ref; do
  "${process.execPath}" "${COUNTERSIGN_BIN}" check "$new" --branch "\${ref#refs/heads/}" || status=1 # countersign check
done
exit $status
`;

function openServer(hook: string | undefined = GATE, mode = 0o755): PushWorld {
  const world = openPushWorld();
  if (hook !== undefined) writeProgram(join(world.server.dir, "hooks/pre-receive"), hook, mode);
  return world;
}

function examine({ server }: PushWorld): { status: number | null; findings: readonly Finding[] } {
  const { status, stdout, stderr } = countersign(server, ["doctor", "--server", "--format", "json"]);
  expect(stderr).toBe("");
  return { status, findings: JSON.parse(stdout).findings };
}

describe("a server whose hook does its work", () => {
  it("is proven by a push, with quarantine and all", () => {
    using world = openServer();
    const { status, findings } = examine(world);
    expect({ status, wrong: codesOf(findings, "wrong") }).toEqual({ status: 0, wrong: [] });
    expect(findings).toContainEqual({
      state: "ok",
      what: "pre-receive: a push of AI-assisted commits to two branches was refused for both, and an innocent one went through",
    });
  });

  it("stays as it was, and none of its other hooks runs", () => {
    using world = openServer();
    const trace = join(world.scratch.dir, "deployed");
    for (const hook of ["update", "post-receive", "post-update", "reference-transaction"]) {
      writeProgram(join(world.server.dir, "hooks", hook), `#!/bin/sh\necho ${hook} >>"${trace}"\n`);
    }
    const before = snapshot(world.server.dir);
    expect(examine(world).status).toBe(0);
    expect(snapshot(world.server.dir)).toEqual(before);
    expect(existsSync(trace)).toBe(false);
  });

  it("may have another default branch, and its hook its own settings and companions", () => {
    using world = openServer(
      `#!/bin/sh\n[ "$(git config hooks.strict)" = yes ] || exit 0\n. "$(dirname "$0")/gate.inc"\n# countersign\n`,
    );
    writeProgram(join(world.server.dir, "hooks/gate.inc"), GATE.replace("#!/bin/sh\n", ""));
    world.server.git(["config", "hooks.strict", "yes"]);
    world.dev.git(["push", "-q", "--no-verify", "origin", "main:trunk"]);
    world.server.git(["symbolic-ref", "HEAD", "refs/heads/trunk"]);
    const { status, findings } = examine(world);
    // The policy of the world protects main.
    expect({ status, wrong: codesOf(findings, "wrong") }).toEqual({ status: 1, wrong: ["DEFAULT_BRANCH_UNPROTECTED"] });
    expect(findings.find(({ what }) => what.startsWith("pre-receive"))?.state).toBe("ok");
  });

  it("is told what its settings leave open, and not what they guard", () => {
    using world = openServer();
    expect(codesOf(examine(world).findings, "advice")).toContain("SERVER_LENIENT");
    const settings = ["receive.denyNonFastForwards", "receive.denyDeletes", "receive.fsckObjects"];
    for (const name of settings) world.server.git(["config", name, "true"]);
    const { findings } = examine(world);
    expect(codesOf(findings, "advice")).toEqual([]);
    expect(findings).toContainEqual({ state: "ok", what: `set: ${settings.join(", ")}` });
  });
});

describe("a server that lets everything in is found", () => {
  it.each<[name: string, hook: string | undefined, mode: number, code: string]>([
    ["without a hook", undefined, 0, "HOOK_MISSING"],
    ["with one that is not executable", GATE, 0o644, "HOOK_NOT_EXECUTABLE"],
    ["with somebody else's", "#!/bin/sh\ncat >/dev/null\n", 0o755, "HOOK_FOREIGN"],
    ["with one that drops the verdict", GATE.replace("|| status=1", ""), 0o755, "PUSH_UNSEEN"],
    ["with one that judges a single branch", GATE.replace("done", "break; done"), 0o755, "ONE_REF_ONLY"],
    [
      "with one that cannot read what arrives",
      `#!/bin/sh\nexec env -i PATH="$PATH" GIT_DIR="$PWD" sh -c '${GATE.replaceAll("'", "'\\''")}'\n`,
      0o755,
      "HOOK_BROKEN",
    ],
  ])("%s", (_, hook, mode, code) => {
    using world = openServer(hook, mode);
    if (hook === undefined) rmSync(join(world.server.dir, "hooks/pre-receive"), { force: true });
    const { status, findings } = examine(world);
    expect({ status, wrong: codesOf(findings, "wrong") }).toEqual({ status: 1, wrong: [code] });
  });
});
