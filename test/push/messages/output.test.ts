import { afterAll, describe, expect, it } from "vitest";
import { type Attempt, attempt, attemptCommit, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { CLAUDE, COSIGN, openPushWorld, POLICY } from "../../rig/worlds/push-world.ts";

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** Characters that act on a terminal or hide text, each of which git stores and prints as it is. */
const TRICKS = "\u001b[2K\u001b]0;title\u0007\b\u007f\u009b31m\u200b\u202e\u2066\ufeff\u2028\u2029\u00ad\u0085";

/** Nothing foreign acts on the terminal, and no line is a command to a CI system. */
function expectCleanOutput({ stderr, stdout }: Attempt): void {
  const unsafe = (stdout + stderr).replaceAll("\n", "").match(UNSAFE) ?? [];
  expect(unsafe).toEqual([]);
  for (const line of (stdout + stderr).split("\n")) expect(line).not.toMatch(/^\s*(?:::|##)/);
}

describe("what a commit says is shown escaped", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());

  it.each([
    ["a command of GitHub's runners", "::set-output name=x::y"],
    ["a command of Azure's runners", "##vso[task.setvariable variable=x]y"],
    ["a command of older runners", "##[error]x"],
    ["a command behind a carriage return", "Retry\r::set-output name=x::y"],
    ["a command behind a line separator", "Retry\u2028::set-output name=x::y"],
    ["a command behind blanks", "  ::error::x"],
    ["escape sequences", `Retry${TRICKS}`],
    ["escape sequences from the start", `${TRICKS}Retry`],
    ["a tab", "Retry\tuploads"],
  ])("where its subject is %s", (_, subject) => {
    const refused = attemptCommit(world, `${subject}\n\n${CLAUDE}\n`);
    expectRefused(refused, "COSIGN_MISSING");
    expectCleanOutput(refused);
    const allowed = attemptCommit(world, `${subject}\n\n${CLAUDE}\n${COSIGN}\n`);
    expectAllowed(allowed, "co-signed by ada@acme.example");
    expectCleanOutput(allowed);
  });

  it("as visible codes", () => {
    const result = attemptCommit(world, `A\u001b[2K\u202eB\n\n${CLAUDE}\n`);
    expectRefused(result, '"A\\u{1b}[2K\\u{202e}B"');
    expectAllowed(attemptCommit(world, `A\u001b[2K\u202eB\n\n${CLAUDE}\n${COSIGN}\n`), '"A\\u{1b}[2K\\u{202e}B"');
  });

  it.each([
    [
      "its author and committer",
      "Retry",
      CLAUDE,
      { author: "Bob\u001b[2K::error::PASS <bob\u202e@acme.example>", committer: "x::error::x <x@acme.example>" },
    ],
    ["its mark", "Retry", `Assisted-by: Claude:\u001b[2K${"x".repeat(300)}\r::error::x`, {}],
    ["a co-sign of nobody", "Retry", `${CLAUDE}\nCo-signed-by: ${TRICKS} <ada@acme.example>`, {}],
    ["the key of a co-sign", "Retry", `${CLAUDE}\nCo-\u001b\u202esigned-by: Ada <ada@acme.example>`, {}],
  ])("where tricks stand in %s", (_, subject, lines, people) => {
    const refused = attemptCommit(world, `${subject}\n\n${lines}\n`, people);
    expectRefused(refused, "COSIGN_MISSING");
    expectCleanOutput(refused);
    expectAllowed(attemptCommit(world, `${subject}\n\n${lines}\n\n${COSIGN}\n`, people));
  });

  it("where tricks stand in its encoding or its headers", () => {
    const { dev } = world;
    const base = dev.oid("refs/remotes/origin/main");
    const person = "Bob Builder <bob@acme.example> 1790000000 +0000";
    const sound = `tree ${dev.oid(`${base}^{tree}`)}\nparent ${base}\nauthor ${person}\ncommitter ${person}\n`;
    const encoded = attempt(
      world,
      dev.writeCommit(`${sound}encoding \u001b[2K\r::error::\u202e\n\nRetry\n\n${CLAUDE}\n${COSIGN}\n`),
    );
    expectRefused(encoded, "COMMIT_ENCODING", "\\u{1b}[2K");
    expectCleanOutput(encoded);
    const broken = attempt(world, dev.writeCommit(`${sound}\u001b[2K\r::error::\u202e\n\n::error::x\n`));
    expectRefused(broken, "COMMIT_MALFORMED");
    expectCleanOutput(broken);
    expectAllowed(attempt(world, dev.writeCommit(`${sound}note \u001b[2K\u202e::error::\n\nRetry\n`)));
  });

  it("cut, where it is long", () => {
    const result = attemptCommit(world, `${"long ".repeat(2000)}\n\n${CLAUDE}\n`);
    expectRefused(result, "COSIGN_MISSING");
    expect(Math.max(...result.stderr.split("\n").map(({ length }) => length))).toBeLessThan(500);
  });

  it("quoted, where it imitates a report", () => {
    const lie = "countersign: allowed refs/heads/main (1 new commit, 0 AI-assisted)";
    const result = attemptCommit(world, `${lie}\n${lie}\npolicy: refs/heads/main\n\n${CLAUDE}\n`);
    expectRefused(result, `"${lie.slice(0, 60)}`);
    expect(result.stderr).not.toMatch(/^countersign: allowed/m);
    expect(result.stderr.match(/countersign: allowed/g)).toHaveLength(1);
    expectAllowed(attemptCommit(world, `${lie}\n\n${CLAUDE}\n${COSIGN}\n`), `"${lie.slice(0, 60)}`);
  });

  it("quoted, where it imitates the end of its own quotation", () => {
    const result = attemptCommit(world, `Retry"; co-signed by ada@acme.example\n\n${CLAUDE}\n`);
    expectRefused(result, "COSIGN_MISSING");
    expect(result.stderr).not.toMatch(/^countersign: allowed/m);
  });
});

describe("what a push names is shown escaped", () => {
  const BRANCHES = ["main\u202egnp.exe", "main\u200b", "##vso-x", "main\u0085x", "main\u00a0x"];

  it.each(BRANCHES)("where a protected branch is %j", (branch) => {
    using world = openPushWorld({ policy: POLICY.replace("[main]", '[main, "**"]') });
    const { dev } = world;
    const refused = attempt(world, dev.commit(`Retry\n\n${CLAUDE}\n`), { branch });
    expect(refused).toMatchObject({ status: 1, hook: 1 });
    expect(refused.refs.has(refused.ref)).toBe(false);
    expect(refused.stderr).toContain("COSIGN_MISSING");
    expect(
      refused.stderr
        .split("\n")
        .filter((line) => /^countersign:|^COSIGN|^ {2}/.test(line))
        .join("")
        .match(/[\p{Cc}\p{Cf}]/gu),
    ).toBeNull();
    const allowed = attempt(world, dev.commit(`Retry\n\n${CLAUDE}\n${COSIGN}\n`, { args: ["--amend"] }), { branch });
    expect(allowed).toMatchObject({ status: 0, hook: 0 });
    expect(allowed.refs.get(allowed.ref)).toBe(allowed.tip);
    expect(
      allowed.stderr
        .split("\n")
        .filter((line) => /^countersign:|^ {2}[0-9a-f]/.test(line))
        .join("")
        .match(/[\p{Cc}\p{Cf}]/gu),
    ).toBeNull();
  });

  it("where a damaged policy holds tricks", () => {
    using world = openPushWorld({
      policy: `version: 1\nprotect:\n  - branches: [main]\n"\\e[2K\\r::error::\\u202e": 1\n`,
    });
    const result = attempt(world, world.dev.commit("Retry\n"));
    expect(result).toMatchObject({ status: 1, hook: 2 });
    expect(result.refs.get(result.ref)).toBe(result.before);
    expect(result.stderr).toContain("POLICY_MALFORMED");
    expectCleanOutput(result);
  });

  it.each(["::error::Stop", "##[error]Stop", "Stop\u202e now", "Stop\u2028::error::x"])(
    "where a rule's reason is %j",
    (reason) => {
      // Escaped, as a policy that holds such characters themselves is not read.
      const text = JSON.stringify(reason).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
      const rules = `rules:\n  - { name: ${text}, agents: [claude-code], paths: [a], deny: ${text} }\n`;
      using world = openPushWorld({ policy: POLICY + rules });
      const refused = attemptCommit(world, `Retry\n\n${CLAUDE}\n${COSIGN}\n`, { files: { a: "x\n" } });
      expectRefused(refused, "DENIED_BY_RULE");
      expectCleanOutput(refused);
      expectAllowed(attemptCommit(world, `Retry\n\n${CLAUDE}\n${COSIGN}\n`, { files: { b: "x\n" } }));
    },
  );

  it("where a changed policy file is named in the refusal, its path is one of the known", () => {
    using world = openPushWorld();
    const refused = attemptCommit(world, "::error::x\n", { files: { "countersign.config.yaml": `${POLICY}# x\n` } });
    expectRefused(refused, "POLICY_CHANGED", "countersign.config.yaml");
    expectCleanOutput(refused);
  });

  it("where the remote is named by a URL with a password, it is not shown", () => {
    using world = openPushWorld({ policy: null });
    world.dev.commit("Retry\n");
    const result = world.push(`file://user:secret@localhost${world.server.dir}`, "main");
    const ours = result.stderr.split("\n").filter((line) => line.startsWith("countersign"));
    expect(ours.join("\n")).not.toContain("secret");
  });
});
