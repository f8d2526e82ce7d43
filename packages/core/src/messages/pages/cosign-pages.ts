import type { cosignViolations, noticeMessages } from "../cosign.ts";
import type { CodePages } from "../message.ts";

const NEEDS = { count: 1, level: "senior", proof: "signed", self: false } as const;
const ADA = "ada@acme.example";
const REASON = "uploads fail for every customer";
const UNTIL = Date.parse("2026-11-26T02:10:00Z") / 1000;
const KEY = "SHA256:uNiVztksCsDhcc0u9e8BrCNKWe1jYrCNjC0XPsdT5QA";

export const cosignPages: CodePages<typeof cosignViolations> = {
  COSIGN_MISSING: {
    means: "An AI-assisted commit has fewer co-signs than the policy requires.",
    example: { have: 0, needs: NEEDS, rules: [] },
  },
  COSIGN_DECLARED_ONLY: {
    means: "A co-sign is only a line in the message, and the policy requires one that is proven by a signature.",
    example: { email: ADA, line: 7, needs: NEEDS },
  },
  COSIGN_REVIEWED_ONLY: {
    means: "A change was approved on a forge, and the policy requires a co-sign that is proven by a signature.",
    example: { email: ADA, forge: "github", review: "3217", needs: NEEDS },
  },
  COSIGN_NO_TOUCH: {
    means:
      "A co-sign was signed with a key kept in software, and the policy requires a security key that must be touched.",
    example: { email: ADA, line: 7, needs: { ...NEEDS, proof: "hardware" } },
  },
  COSIGN_INVALID: {
    means: "A line claims to be a co-sign, but its text or its signature is damaged.",
    example: { line: 7, problem: "its signature is not canonical base64" },
  },
  COSIGN_MISPLACED: {
    means: "A line looks like a co-sign, but git does not read it as a trailer where it stands, so it does not count.",
    example: { line: 3, problem: "it is not a trailer there: trailers stand in the last paragraph" },
  },
  COSIGN_UNKNOWN_SIGNER: {
    means: "A co-sign names an address that nobody on the policy's roster has.",
    example: { email: "eve@elsewhere.example", line: 7 },
  },
  COSIGN_LEVEL: {
    means: "A co-sign is from a person on the roster whose level is lower than the policy requires.",
    example: { email: "bob@acme.example", level: "mid", needs: NEEDS },
  },
  COSIGN_SELF: {
    means: "A co-sign is from an author or co-author of the commit.",
    example: { email: ADA, role: "author" },
  },
  COSIGN_MISMATCH: {
    means:
      "A signature is genuine, but what was signed is not this change, branch, project or author; or an approval on a forge is for another commit, or no longer stands.",
    example: { email: ADA, line: 7, reason: "the signature does not verify against what had to be signed" },
  },
  COSIGN_STALE: {
    means: "A co-sign was given longer ago than the policy's `maxAge` allows, or has a time in the future.",
    example: { email: ADA, time: "2026-01-05T10:00:00Z", ahead: false },
  },
  COSIGN_SPENT: {
    means: "Part of what the signature approves was on the branch and was removed again, for example by a revert.",
    example: { email: ADA, other: "3d".repeat(20) },
  },
  COSIGN_WITHDRAWN: {
    means: "The person who signed the change has withdrawn the signature in the ledger.",
    example: { email: ADA, record: "5b".repeat(32), block: 1 },
  },
  COSIGN_INCOMPLETE: {
    means: "The co-sign approved a whole branch, and a commit of that branch is missing from the push.",
    example: { email: ADA, record: "5b".repeat(32), block: 1, paths: ["src/limits.ts"] },
  },
  COSIGN_KEY_UNKNOWN: {
    means: "A signature was made with a key that the policy does not list for the person it names.",
    example: { email: ADA, fingerprint: KEY },
  },
  COSIGN_KEY_REVOKED: {
    means: "A signature was made with a key that the policy lists under `revoked`.",
    example: { email: ADA, fingerprint: KEY },
  },
  COSIGN_KEY_EXPIRED: {
    means: "A signature was made with a key that is not valid now, by its `validFrom` and `validUntil`.",
    example: { email: ADA, fingerprint: KEY, early: false },
  },
  DENIED_BY_RULE: {
    means: "A rule with `deny` matches the commit. The reason below is the one that the policy gives.",
    example: { reason: "An agent must not change production.", agents: ["kiro"] },
  },
  DISPUTE_UNPROVEN: {
    means: "The message disputes the evidence of AI, and nobody who may confirm that under the policy has signed.",
    example: { reason: "it was a formatter", line: 4, needs: NEEDS, problems: ["jim@acme.example has level junior"] },
  },
  EMERGENCY_UNPROVEN: {
    means:
      "The message has the trailer `Emergency`, and nobody of the policy's `emergency` level has signed the commit for this very reason.",
    example: {
      reason: REASON,
      line: 4,
      needs: { ...NEEDS, level: "principal" },
      problems: ["bob@acme.example has level mid"],
    },
  },
  EMERGENCY_IDLE: {
    means:
      "The message has the trailer `Emergency`, and the policy has no `emergency`, or the commit changes its file.",
    example: { reason: REASON, line: 4, idle: "not foreseen" },
  },
  EMERGENCY_UNREVIEWED: {
    means: "A commit landed in an emergency and was not co-signed within the time that the policy sets.",
    example: { reason: REASON, until: UNTIL },
  },
  DISCLOSURE_MISSING: {
    means: "The policy says `disclosure: required`, and the commit says neither that AI took part nor that none did.",
    example: {},
  },
};

export const noticePages: CodePages<typeof noticeMessages> = {
  EMERGENCY_LANDING: {
    means:
      "A commit lands without the co-signs that it needs, because a person of the policy's `emergency` level has signed that it is an emergency.",
    example: { reason: REASON, by: "grace@acme.example", until: UNTIL },
  },
};
