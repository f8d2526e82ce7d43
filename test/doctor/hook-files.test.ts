import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Clinic, codesOf, expectUnguarded, HOOK, openClinic, PROVEN } from "./clinic.ts";

const PUSH = 'countersign-pre-push "$@"';

describe("a hook that lets every push through is found, and the diagnosis is true", () => {
  it.each<[name: string, code: string, phrase: RegExp, spoil: (clinic: Clinic) => void]>([
    ["no file", "HOOK_MISSING", /\.git\/hooks\/pre-push does not exist/, (clinic) => rmSync(clinic.hook(HOOK))],
    ["not executable", "HOOK_NOT_EXECUTABLE", /pre-push is not executable/, (clinic) => clinic.hook(HOOK, 0o644)],
    [
      "a link that leads nowhere",
      "HOOK_DANGLING",
      /leads nowhere/,
      (clinic) => {
        const path = clinic.hook(HOOK);
        rmSync(path);
        symlinkSync("../../tools/pre-push", path);
      },
    ],
    [
      "a hooks path to no folder",
      "HOOKS_FOLDER_MISSING",
      /leads to \.githooks, which is not there/,
      ({ dev }) => dev.git(["config", "core.hooksPath", ".githooks"]),
    ],
    [
      "somebody else's hook",
      "HOOK_FOREIGN",
      /does not call it/,
      (clinic) => clinic.hook("#!/bin/sh\ncat >/dev/null\n"),
    ],
    [
      "a hook that names countersign in a comment alone",
      "HOOK_FOREIGN",
      /does not call it/,
      (clinic) => clinic.hook(`#!/bin/sh\n# ${PUSH}\n`),
    ],
    [
      "a verdict that is dropped",
      "PUSH_UNSEEN",
      /went through/,
      (clinic) => clinic.hook(`#!/bin/sh\n${PUSH} || true\n`),
    ],
    [
      "standard input that was read before",
      "PUSH_UNSEEN",
      /went through/,
      (clinic) => clinic.hook(`#!/bin/sh\ncat >/dev/null\n${PUSH}\n`),
    ],
    ["an early end", "PUSH_UNSEEN", /went through/, (clinic) => clinic.hook(`#!/bin/sh\nexit 0\n${PUSH}\n`)],
    [
      "a hook in git's configuration, which this git does not know",
      "CONFIGURED_HOOK_IGNORED",
      /hook\.guard is set .* but git 2\.[0-4]\d[\d.]* does not run such hooks/,
      (clinic) => {
        rmSync(clinic.hook(HOOK));
        clinic.dev.git(["config", "hook.guard.event", "pre-push"]);
        clinic.dev.git(["config", "hook.guard.command", "countersign-pre-push"]);
      },
    ],
  ])("%s", (_, code, phrase, spoil) => {
    using clinic = openClinic();
    spoil(clinic);
    const [first] = code === "CONFIGURED_HOOK_IGNORED" ? ["HOOK_MISSING"] : [];
    if (first === undefined) expect(expectUnguarded(clinic, code)?.what).toMatch(phrase);
    else expect(clinic.examine().findings.find((finding) => finding.code === code)?.what).toMatch(phrase);
  });

  it("while some branches of a push are judged and others are not", () => {
    using clinic = openClinic();
    clinic.hook(`#!/bin/sh\nhead -n 1 | ${PUSH}\n`);
    const { status, findings } = clinic.examine();
    expect({ status, wrong: codesOf(findings, "wrong") }).toEqual({ status: 1, wrong: ["ONE_REF_ONLY"] });
    expect(findings.find(({ code }) => code === "ONE_REF_ONLY")?.what).toMatch(/and not (?:main|release\/probe)$/);
  });
});

describe("a hook that refuses too much is found", () => {
  it.each<[name: string, state: "wrong" | "unclear", code: string, hook: string, said: RegExp]>([
    [
      "since countersign is not installed",
      "wrong",
      "HOOK_BROKEN",
      "#!/bin/sh\ncountersign-not-there\n",
      /countersign-not-there: not found/,
    ],
    [
      "since it was saved with Windows line ends",
      "wrong",
      "HOOK_LINE_ENDS",
      HOOK.replaceAll("\n", "\r\n"),
      /first line of .*pre-push ends in CRLF/,
    ],
    [
      "behind countersign",
      "wrong",
      "INNOCENT_REFUSED",
      `#!/bin/sh\n${PUSH}\nstatus=$?\n[ $status = 0 ] && echo "no pushes on Fridays" >&2 && exit 1\nexit $status\n`,
      /^no pushes on Fridays$/,
    ],
    [
      "in front of countersign",
      "unclear",
      "REFUSED_OTHERWISE",
      `#!/bin/sh\necho "see https://bot:hunter2@example.invalid" >&2\nexit 1\n${PUSH}\n`,
      /^see https:\/\/\*\*\*@example\.invalid$/,
    ],
  ])("%s", (_, state, code, hook, said) => {
    using clinic = openClinic();
    clinic.hook(hook);
    const { status, findings } = clinic.examine();
    expect({ status, codes: codesOf(findings, state) }).toEqual({ status: state === "wrong" ? 1 : 2, codes: [code] });
    const found = findings.find((finding) => finding.code === code);
    expect([found?.what, ...(found?.details ?? [])]).toContainEqual(expect.stringMatching(said));
  });

  it("where the hook's own words cannot act upon a terminal", () => {
    using clinic = openClinic();
    clinic.hook("#!/bin/sh\nprintf '\\033[2Kgone\\010\\n::set-output x\\n' >&2\nexit 1\n");
    const { stdout } = clinic.doctor();
    expect(stdout).toContain("gone\\u{8}");
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
    expect(stdout).not.toMatch(/^::/m);
  });
});

it("a hook that runs others beside countersign is healthy where they let the push pass", () => {
  using clinic = openClinic();
  clinic.hook(`#!/bin/sh\nrefs=$(cat)\nprintf '%s\\n' "$refs" | ${PUSH} || exit $?\nprintf '%s\\n' "$refs" | wc -l\n`);
  const { status, findings } = clinic.examine();
  expect(status).toBe(0);
  expect(findings).toContainEqual({ state: "ok", what: expect.stringMatching(PROVEN) });
});

it("a probe whose address git would rewrite is not pushed", () => {
  using clinic = openClinic();
  const tmp = join(clinic.world.scratch.dir, "tmp");
  clinic.dev.git(["config", "url.https://unreachable.invalid/.pushInsteadOf", tmp]);
  const { status, findings } = clinic.examine();
  expect({ status, unclear: codesOf(findings, "unclear") }).toEqual({ status: 2, unclear: ["PROBE_REDIRECTED"] });
});

it("a machine whose temporary folder cannot be written is one message", () => {
  using clinic = openClinic();
  const { status, stderr, stdout } = clinic.doctor([], { TMPDIR: "/proc/none" });
  expect({ status, wrong: stdout.includes("wrong") }).toEqual({ status: 2, wrong: false });
  expect(stdout + stderr).toMatch(/\/proc\/none/);
});
