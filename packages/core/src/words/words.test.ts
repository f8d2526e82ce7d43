import { describe, expect, it } from "vitest";
import { CountersignError } from "../error.ts";
import { explainViolation, type Violation, violation } from "../judge/violation.ts";
import { type FaultCode, type FaultSubject, faultWords } from "./faults.ts";
import { describeRequirement, type ViolationCode, type ViolationFacts, violationWords } from "./violations.ts";

const NEEDS = { count: 2, level: "senior", proof: "signed", self: false } as const;
const OID = "1f".repeat(20);

/** Typed by code, so that a new one is not forgotten here. */
const FACTS: { readonly [Code in ViolationCode]: ViolationFacts<Code> } = {
  COSIGN_MISSING: { have: 1, needs: NEEDS, rules: ["infrastructure"] },
  COSIGN_DECLARED_ONLY: { email: "ada@acme.example", line: 7, needs: NEEDS },
  COSIGN_INVALID: { line: 7, problem: "it is not valid UTF-8" },
  COSIGN_MISPLACED: { line: 7, problem: "it is no trailer there" },
  COSIGN_UNKNOWN_SIGNER: { email: "eve@evil.example", line: 7 },
  COSIGN_NO_TOUCH: { email: "ada@acme.example", line: 7, needs: NEEDS },
  COSIGN_MISMATCH: { email: "ada@acme.example", line: 7, reason: "the signature is in another namespace" },
  COSIGN_STALE: { email: "ada@acme.example", time: "2026-11-23T10:00:00Z", ahead: false },
  COSIGN_SPENT: { email: "ada@acme.example", other: "c".repeat(40) },
  COSIGN_KEY_UNKNOWN: { email: "ada@acme.example", fingerprint: "SHA256:abc" },
  COSIGN_KEY_REVOKED: { email: "ada@acme.example", fingerprint: "SHA256:abc" },
  COSIGN_KEY_EXPIRED: { email: "ada@acme.example", fingerprint: "SHA256:abc", early: true },
  COSIGN_LEVEL: { email: "bob@acme.example", level: "mid", needs: NEEDS },
  COSIGN_SELF: { email: "ada@acme.example", role: "author" },
  DENIED_BY_RULE: { reason: "An agent must not change production.", agents: ["kiro"] },
  DISCLOSURE_MISSING: {},
  POLICY_CHANGED: { paths: ["countersign.config.yaml"], needs: NEEDS },
  POLICY_REMOVED: { paths: ["countersign.config.yaml"] },
  POLICY_BROKEN: { problem: "it is not a valid policy", details: ["line 1: x"] },
  BRANCH_DELETED: {},
  HISTORY_REWRITTEN: { old: OID },
  COMMIT_MALFORMED: { problem: "it has two authors" },
  COMMIT_ENCODING: { encoding: "IBM037" },
  REPLACEMENT_PUSHED: {},
};

const SUBJECTS: { readonly [Code in FaultCode]: FaultSubject<Code> } = {
  OBJECT_ID_MALFORMED: { text: "HEAD" },
  OBJECT_MISSING: { oid: OID, wanted: "the commit" },
  REPOSITORY_UNSUPPORTED: { feature: "reftables" },
  REPOSITORY_UNREADABLE: { subject: "packed-refs", reason: "it is cut" },
  BLOB_TOO_LARGE: { oid: OID, size: 2, limit: 1 },
  POLICY_MALFORMED: { source: "main", problems: ["line 1: x"] },
  POLICY_AMBIGUOUS: { source: "main", files: ["a", "b"] },
  POLICY_NOT_A_FILE: { source: "main", mode: "120000" },
  GIT_NOT_STARTED: { reason: "spawn git ENOENT" },
  GIT_FAILED: { command: "git x", end: "status 128", said: "fatal: y\nhint: z" },
  DIRECTORY_MISSING: { directory: "/gone" },
  NOT_A_REPOSITORY: {},
  OWNER_MISMATCH: { directory: "/srv/git" },
  HISTORY_SHALLOW: {},
  HISTORY_INCOMPLETE: { tip: OID },
  REVISION_UNKNOWN: { revision: "mian" },
  BRANCH_UNBORN: { branch: "refs/heads/main" },
  TIP_UNKNOWN: { ref: "refs/heads/main", old: OID },
  NOT_A_COMMIT: { ref: "refs/heads/main", oid: OID },
  STDIN_MALFORMED: { line: "x" },
  STDIN_EMPTY: { runner: "lefthook" },
  POLICY_MISSING: { ref: "refs/heads/main" },
  POLICY_REF_UNKNOWN: {},
  WORK_TREE_MISSING: {},
  DEFECT: { reason: "TypeError" },
  OPTION_INVALID: { option: "--format", problem: "x" },
  MARKS_UNREADABLE: { folder: ".git/countersign/marks", reason: "EACCES" },
  MESSAGE_UNREADABLE: { file: ".git/COMMIT_EDITMSG", reason: "ENOENT" },
  MESSAGE_NOT_WRITTEN: { file: ".git/COMMIT_EDITMSG", reason: "ENOSPC" },
  MESSAGE_EMPTY: {},
  COSIGN_BY_AGENT: { agent: "claude-code", sign: "CLAUDECODE", line: 3 },
  SIGNOFF_BY_AGENT: { agent: "codex", line: 3 },
  TERMINAL_MISSING: { missing: "standard input is none" },
  AGENT_SESSION: { agent: "claude-code", sign: "CLAUDECODE" },
  HEAD_DETACHED: {},
  BRANCH_NEEDED: { revision: "v1" },
  OPERATION_UNDER_WAY: { operation: "a rebase", finish: "finish it" },
  SIGNER_UNNAMED: { said: "empty ident" },
  SIGNER_UNKNOWN: { email: "eve@evil.example", policy: "main" },
  SIGNER_UNABLE: { email: "jim@acme.example", reasons: ["x"] },
  KEY_MISSING: {},
  KEY_UNREADABLE: { key: "~/.ssh/id", reason: "it is not there" },
  KEY_REFUSED: { email: "ada@acme.example", fingerprint: "SHA256:x", reason: "is not on the roster" },
  SIGNING_FAILED: { program: "ssh-keygen", end: "status 255" },
  SIGNATURE_WRONG: { program: "ssh-keygen", reason: "it is by another key" },
  MESSAGE_UNFIT: { commits: ["x"] },
  COMMIT_UNFIT: { commits: ["x"] },
  BRANCH_MOVED: { ref: "refs/heads/main", old: OID },
};

const violations = (Object.keys(violationWords) as ViolationCode[]).map(
  (code) => [code, violation(code, FACTS[code])] as const,
);

describe.each<readonly [ViolationCode, Violation]>(violations)("the words of %s", (_, found) => {
  const { what, why, fix } = explainViolation(found);

  it("tell what happened, why it matters and what to do, each in one line", () => {
    for (const part of [what, why, fix]) expect(part).toMatch(/^\S[^\n]*\S$/);
  });

  it("hold no co-sign that could be pasted", () => {
    for (const part of [what, why, fix]) expect(part).not.toMatch(/Co-sign(?:ed-by|ature)\s*:/i);
  });

  it("end without a full stop, so that all read alike", () => {
    for (const part of [what, fix]) expect(part).not.toMatch(/[.\s]$/);
  });
});

it.each<ViolationCode>([
  "COSIGN_MISSING",
  "COSIGN_DECLARED_ONLY",
  "COSIGN_INVALID",
  "COSIGN_UNKNOWN_SIGNER",
  "COSIGN_LEVEL",
  "COSIGN_SELF",
  "POLICY_CHANGED",
])("tells a person to review and an agent to stop where %s", (code) => {
  const { fix } = explainViolation(violation(code, FACTS[code]));
  expect(fix).toMatch(/a person on the roster reviews/);
  expect(fix).toMatch(/AI agent must stop/);
});

it("says how many co-signs are there", () => {
  const missing = (have: number) =>
    explainViolation(violation("COSIGN_MISSING", { have, needs: NEEDS, rules: [] })).what;
  expect([missing(0), missing(1)]).toEqual(["it has no co-sign", "it has 1 of 2 co-signs"]);
});

it("names the rules that asked", () => {
  expect(explainViolation(violation("COSIGN_MISSING", FACTS.COSIGN_MISSING)).why).toContain(
    'the policy ("infrastructure")',
  );
});

it.each([
  [{ count: 1, level: "senior", proof: "declared", self: false }, "co-signed by 1 person of level senior or higher"],
  [
    { count: 2, level: "mid", proof: "signed", self: false },
    "co-signed with a signature by 2 people of level mid or higher",
  ],
  [
    { count: 1, level: "principal", proof: "hardware", self: false },
    "co-signed with a hardware key by 1 person of level principal or higher",
  ],
] as const)("describes %j", (needs, phrase) => {
  expect(describeRequirement(needs)).toBe(phrase);
});

describe.each(Object.keys(faultWords) as FaultCode[])("the words of %s", (code) => {
  const { words } = new CountersignError(code, SUBJECTS[code] as never);

  it("tell what happened, why it matters and what to do, each in one line", () => {
    for (const part of [words.what, words.why, words.fix]) expect(part).toMatch(/^\S[^\n]*\S$/);
  });
});

it("quotes only the first line of what git said, and the others below", () => {
  const { words } = new CountersignError("GIT_FAILED", SUBJECTS.GIT_FAILED);
  expect(words.what).toBe("`git x` ended with status 128: fatal: y");
  expect(words.details).toEqual(["hint: z"]);
});
