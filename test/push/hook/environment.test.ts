import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ASSISTED, expectAllowed, expectRefused, VOUCHED } from "../../rig/worlds/attempt.ts";
import { type PushOptions, pushTo } from "../../rig/worlds/pre-push-hook.ts";
import { openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const CLEAN = "Retry uploads\n";
const RULES = `${POLICY}rules:
  - name: infrastructure
    paths: ["infra/**", "vendor/**"]
    deny: No agent here.
`;

/** Everything that changes what git's commands for people print, and much of what its plumbing could be told. */
const SETTINGS: Readonly<Record<string, string>> = {
  "log.showSignature": "true",
  "log.mailmap": "true",
  "log.follow": "true",
  "log.diffMerges": "off",
  "log.date": "relative",
  "log.decorate": "full",
  "diff.orderFile": "/nonexistent/order",
  "diff.renames": "copies",
  "diff.noprefix": "true",
  "diff.external": "false",
  "diff.relative": "true",
  "diff.ignoreSubmodules": "all",
  "diff.wordRegex": ".",
  "diff.algorithm": "patience",
  "diff.submodule": "log",
  "diff.colorMoved": "zebra",
  "color.ui": "always",
  "color.diff": "always",
  "color.branch": "always",
  "format.pretty": "oneline",
  "format.signOff": "true",
  "i18n.logOutputEncoding": "IBM037",
  "core.abbrev": "4",
  "core.quotePath": "false",
  "core.pager": "false",
  "core.commentChar": "C",
  "core.useReplaceRefs": "true",
  "core.warnAmbiguousRefs": "true",
  "core.bigFileThreshold": "1",
  "core.ignoreCase": "true",
  "core.precomposeUnicode": "true",
  "core.fsmonitor": "false",
  "core.attributesFile": "/nonexistent",
  "rev.list": "x",
  "pager.rev-list": "false",
  "alias.rev-list": "!touch PWN",
  "alias.cat-file": "!touch PWN",
  "submodule.recurse": "true",
  "submodule.vendor/lib.ignore": "all",
  "trailer.separators": "=",
  "trailer.Co-authored-by.key": "Nothing",
  "gpg.program": "false",
  "gpg.ssh.program": "false",
  "transfer.hideRefs": "refs/remotes",
  "feature.experimental": "true",
  "core.commitGraph": "true",
  "gc.writeCommitGraph": "true",
  "trace2.normalTarget": "2",
  "trace2.eventTarget": "2",
  "trace2.perfTarget": "2",
  "advice.detachedHead": "true",
};

/** Commits that each of the ways below must not change the verdict of. */
function expectVerdicts(world: PushWorld, options: PushOptions): void {
  const { dev } = world;
  const push = (...args: string[]) => pushTo(world, [...args, "origin", "main"], options);
  const assisted = dev.commit(ASSISTED);
  expectRefused(
    push(),
    "COSIGN_MISSING",
    `made with claude-code`,
    assisted.slice(0, 12),
    "(1 new commit, 1 AI-assisted)",
  );
  dev.commit(VOUCHED, { files: { "infra/main.tf": "resource {}\n" }, args: ["--amend"] });
  expectRefused(push(), "DENIED_BY_RULE", "No agent here.");
  dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
  dev.git(["update-index", "--add", "--cacheinfo", `160000,${dev.oid("HEAD")},vendor/lib`]);
  const bump = dev.commit(VOUCHED, {
    files: { ".gitmodules": '[submodule "vendor/lib"]\n\tpath = vendor/lib\n\turl = ../lib\n\tignore = all\n' },
  });
  expectRefused(push("--recurse-submodules=no"), "DENIED_BY_RULE", bump.slice(0, 12));
  dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
  dev.commit(VOUCHED);
  expectAllowed(push(), "co-signed by ada@acme.example");
  dev.commit(CLEAN, { args: ["--amend"] });
  expectRefused(push("--force"), "HISTORY_REWRITTEN", "without force");
}

describe("the verdict is the same", () => {
  it("under every setting of the user at once", () => {
    using world = openPushWorld({ policy: RULES, ownProcess: true });
    const text = Object.entries(SETTINGS).map(([key, value]) => {
      const [, section, sub, name] = /^([^.]+)(?:\.(.+))?\.([^.]+)$/.exec(key) ?? [];
      return `[${section}${sub === undefined ? "" : ` "${sub}"`}]\n\t${name} = "${value}"\n`;
    });
    const config = join(world.scratch.dir, "everything");
    writeFileSync(config, `[include]\n\tpath = ${world.scratch.dir}/gitconfig\n${text.join("")}`);
    // The fixtures are made without the settings; the push and its hook run with them.
    expectVerdicts(world, { env: { GIT_CONFIG_GLOBAL: config } });
  });

  it("under settings of the command line", () => {
    using world = openPushWorld({ policy: RULES, ownProcess: true });
    expectVerdicts(world, {
      git: [
        "-c",
        "core.commentChar=C",
        "-c",
        "gpg.ssh.program=false",
        "-c",
        "core.useReplaceRefs=true",
        "-c",
        "diff.orderFile=/nonexistent",
        "-c",
        "submodule.vendor/lib.ignore=all",
      ],
    });
  });

  it("under settings of the environment", () => {
    using world = openPushWorld({ policy: RULES, ownProcess: true });
    const pairs = [
      ["core.commentChar", "C"],
      ["core.useReplaceRefs", "true"],
      ["color.ui", "always"],
      ["submodule.vendor/lib.ignore", "all"],
      ["diff.relative", "true"],
    ];
    const env: NodeJS.ProcessEnv = { GIT_CONFIG_COUNT: String(pairs.length) };
    for (const [index, [key, value]] of pairs.entries())
      Object.assign(env, { [`GIT_CONFIG_KEY_${index}`]: key, [`GIT_CONFIG_VALUE_${index}`]: value });
    expectVerdicts(world, { env });
  });

  it.each([
    [
      "git traces itself on stderr",
      { GIT_TRACE: "2", GIT_TRACE2: "2", GIT_TRACE_SETUP: "2", GIT_TRACE_PACK_ACCESS: "2", GIT_TRACE2_PERF: "2" },
    ],
    [
      "the user's language is another",
      { LANG: "de_DE.UTF-8", LANGUAGE: "de", LC_ALL: undefined, LC_MESSAGES: "de_DE.UTF-8" },
    ],
    ["variables turn pathspecs around", { GIT_ICASE_PATHSPECS: "1", GIT_GLOB_PATHSPECS: "1" }],
    [
      "variables ask for another way to show changes",
      { GIT_EXTERNAL_DIFF: "false", GIT_DIFF_OPTS: "--unified=0", GIT_PAGER: "false" },
    ],
    ["replacement refs lie elsewhere", { GIT_REPLACE_REF_BASE: "refs/heads/" }],
    [
      "Node is told to warn and trace",
      { NODE_OPTIONS: "--trace-warnings --no-deprecation", FORCE_COLOR: "1", NODE_ENV: "test" },
    ],
  ])("where %s", (_, env) => {
    using world = openPushWorld({ policy: RULES, ownProcess: true });
    expectVerdicts(world, { env });
  });

  it("where rules count the lines of files that are no text", () => {
    using world = openPushWorld({
      policy: `${POLICY}rules:\n  - name: large\n    changes: { lines: 100 }\n    deny: Too much at once.\n`,
    });
    const { dev } = world;
    const ok = dev.commit(VOUCHED, { files: { "code.c": "int a;\n" } });
    expectAllowed(pushTo(world, ["origin", "main"], { git: ["-c", "core.bigFileThreshold=1"] }));
    expect(world.server.ref("refs/heads/main")).toBe(ok);
    dev.commit(VOUCHED, {
      files: { "code.c": "int a;\n".repeat(200), "picture.png": Buffer.from([137, 80, 78, 71, 0, 1, 2, 3]) },
    });
    expectRefused(
      pushTo(world, ["origin", "main"], { git: ["-c", "core.bigFileThreshold=1"] }),
      "DENIED_BY_RULE",
      "Too much at once.",
    );
  });
});
