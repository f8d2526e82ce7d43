import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ASSISTED, expectAllowed, expectRefused, VOUCHED } from "../../rig/worlds/attempt.ts";
import { pushTo, refLine, runPrePush } from "../../rig/worlds/pre-push-hook.ts";
import { openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

/** What could be an option, a command, a pathspec or a revision, were it not taken for data. Each makes a file PWN if it is run. */
const HOSTILE = [
  "--output=PWN",
  "-oPWN",
  "--upload-pack=touch PWN",
  "--exec=touch PWN",
  "--help",
  "--git-dir=PWN",
  "-c",
  "-x",
  "--",
  "-",
  "ext::sh -c touch% PWN",
  "$(touch PWN)",
  "`touch PWN`",
  ";touch PWN",
  "|touch PWN",
  "&& touch PWN",
  "'; touch PWN; '",
  "\n touch PWN\n",
  "@{u}",
  "@{-1}",
  "HEAD",
  ":(glob)**",
  ":/",
  "main..",
  "^main",
  "*",
  "%(objectname)",
  "origin/../..",
  "../../PWN",
  "/dev/stdin",
  "",
];

/** Those that git allows in a ref's name. */
const BRANCHES = [
  "--output=PWN",
  "-oPWN",
  "--exec=PWN",
  "--help",
  "--stdin",
  "--all",
  "-x",
  "--",
  "-",
  "$(touch$IFS,PWN)",
  "`touch$IFS,PWN`",
  ";touch$IFS,PWN",
  "%(objectname)",
];

function expectUnharmed({ dev, server, scratch }: PushWorld): void {
  for (const folder of [dev.dir, server.dir, scratch.dir, dev.gitDir, dev.commonDir]) {
    expect(readdirSync(folder).filter((name) => name.includes("PWN"))).toEqual([]);
  }
}

describe("hostile names", () => {
  it("of branches are judged and do nothing", () => {
    using world = openPushWorld({ policy: POLICY.replace("[main]", '["**"]') });
    const { dev, server } = world;
    dev.commit(ASSISTED);
    for (const branch of BRANCHES) dev.git(["update-ref", `refs/heads/${branch}`, "HEAD"]);
    const before = server.git(["for-each-ref"]);
    expectRefused(
      pushTo(world, ["origin", "refs/heads/*:refs/heads/*"]),
      "COSIGN_MISSING",
      ...BRANCHES.map((branch) => `refs/heads/${branch} (1 new commit`),
    );
    expect(server.git(["for-each-ref"])).toBe(before);
    const tip = dev.commit(VOUCHED, { args: ["--amend"] });
    for (const branch of BRANCHES) dev.git(["update-ref", `refs/heads/${branch}`, tip]);
    const passed = pushTo(world, ["origin", "refs/heads/*:refs/heads/*"]);
    expectAllowed(passed);
    expect(passed.refs.get("refs/heads/--output=PWN")).toBe(tip);
    expectUnharmed(world);
  });

  it.each(["--output=PWN", "-x", "--", "--help", "$(touch$IFS,PWN)"])(
    "of a remote find its policy and do nothing: %s",
    (name) => {
      using world = openPushWorld();
      const { dev, server } = world;
      dev.git(["config", `remote.${name}.url`, server.dir]);
      dev.git(["config", `remote.${name}.fetch`, `+refs/heads/*:refs/remotes/${name}/*`]);
      dev.git(["fetch", "-q", "--", name]);
      const assisted = dev.commit(ASSISTED);
      expectRefused(pushTo(world, ["--", name, "main"]), "COSIGN_MISSING", assisted.slice(0, 12));
      dev.commit(VOUCHED, { args: ["--amend"] });
      expectAllowed(pushTo(world, ["--", name, "main"]));
      expectUnharmed(world);
    },
  );

  it("of the remote and its URL do nothing, whatever the hook is called with", () => {
    using world = openPushWorld();
    const { dev } = world;
    const old = dev.oid("HEAD");
    const assisted = dev.commit(ASSISTED);
    const input = refLine(assisted, "refs/heads/main", old);
    for (const [index, text] of HOSTILE.entries()) {
      const [remote, url] = (
        [
          [text, text],
          [text, "nowhere"],
          ["origin", text],
        ] as const
      )[index % 3] ?? [text, text];
      const { status, stderr } = runPrePush(dev, { remote, url, input });
      expect({ remote, url, status }).toEqual({ remote, url, status: 1 });
      expect(stderr).toContain("COSIGN_MISSING");
    }
    expectUnharmed(world);
    expect(existsSync(join(dev.dir, "PWN"))).toBe(false);
  });

  it("on standard input do nothing", () => {
    using world = openPushWorld({ policy: POLICY.replace("[main]", '["**"]') });
    const { dev } = world;
    const old = dev.oid("HEAD");
    const assisted = dev.commit(ASSISTED);
    for (const text of HOSTILE.filter((_, index) => index % 2 === 0)) {
      const { status, stderr } = runPrePush(dev, { input: refLine(assisted, `refs/heads/${text}`, old, text) });
      expect({ text, status }).toEqual({ text, status: /[\n ]/.test(text) ? 2 : 1 });
      expect(stderr).toMatch(/COSIGN_MISSING|STDIN_MALFORMED|BRANCH_NAMED_HEAD/);
    }
    for (const text of HOSTILE.slice(0, 6))
      expect(runPrePush(dev, { input: `HEAD ${text} refs/heads/main ${old}\n` }).status).toBe(2);
    expectUnharmed(world);
  });

  it("in the setting that names the policy's ref do nothing", () => {
    using world = openPushWorld();
    const { dev, server } = world;
    const assisted = dev.commit(ASSISTED);
    dev.git(["remote", "remove", "origin"]);
    for (const text of HOSTILE.filter((_, index) => index % 2 === 0)) {
      dev.git(["config", "countersign.policyRef", text]);
      const { status, stderr } = runPrePush(dev, {
        remote: server.dir,
        url: server.dir,
        input: refLine(assisted, "refs/heads/feat", dev.oid("HEAD~1")),
      });
      expect({ text, status }).toEqual({ text, status: 2 });
      expect(stderr).toContain("REVISION_UNKNOWN");
    }
    expectUnharmed(world);
  });

  it("of paths that a commit changes are matched as they are", () => {
    using world = openPushWorld({
      policy: `${POLICY}rules:\n  - name: odd\n    paths: ["--output=PWN/**"]\n    deny: Not here.\n`,
    });
    const { dev } = world;
    const files = Object.fromEntries(
      ["-x", ":(glob)**", "$(touch PWN)", "a\nb", "a\tb", '"q"', "‮txt"].map((name) => [name, "1\n"]),
    );
    expectAllowed(pushTo(world, ["origin", `${dev.commit(VOUCHED, { files })}:refs/heads/main`]));
    const bad = dev.commit(VOUCHED, { files: { "--output=PWN/file": "1\n" } });
    expectRefused(pushTo(world, ["origin", "main"]), "DENIED_BY_RULE", bad.slice(0, 12), "Not here.");
  });
});

describe("hostile messages", () => {
  it("reach the terminal with their control characters shown, not sent", () => {
    using world = openPushWorld();
    const subject = "\u001b]0;owned\u0007\u001b[2J::error::x \u202egnp.exe \r overwritten";
    const bad = world.dev.commit(`${subject}\n\n${ASSISTED}`);
    const push = pushTo(world, ["origin", "main"]);
    expectRefused(push, "COSIGN_MISSING", bad.slice(0, 12), "\\u{1b}");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(push.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(push.stderr).not.toMatch(/^\s*::/m);
    world.dev.commit(`${subject}\n\n${VOUCHED}`, { args: ["--amend"] });
    const passed = pushTo(world, ["origin", "main"]);
    expectAllowed(passed, "\\u{1b}");
  });
});
