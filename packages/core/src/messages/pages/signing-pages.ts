import type { CodePages } from "../message.ts";
import type { signingFaults } from "../signing.ts";

const COMMIT = '1f2e3d4c5b6a "Retry uploads": ';

export const signingPages: CodePages<typeof signingFaults> = {
  WITNESS_UNKNOWN: {
    means: "A gate is to write down approvals of a forge, and its key is not one that the policy trusts with that.",
    example: { fingerprint: "SHA256:uNiVztksCsDhcc0u9e8BrCNKWe1jYrCNjC0XPsdT5QA", state: undefined },
  },
  TERMINAL_MISSING: {
    means: "`countersign cosign` was run where no person can see what is signed.",
    example: { missing: "standard input is redirected" },
  },
  AGENT_SESSION: {
    means: "`countersign cosign` was run by, or within the session of, an AI agent.",
    example: { agent: "claude-code", sign: "CLAUDECODE" },
  },
  HEAD_DETACHED: {
    means: "What HEAD points to is on no branch that could move to the co-signed commits.",
    example: {},
  },
  BRANCH_NEEDED: {
    means: "The range that is to be co-signed does not end in a local branch.",
    example: { revision: "v1.2" },
  },
  OPERATION_UNDER_WAY: {
    means: "A rebase, merge or the like is unfinished in this work tree.",
    example: { operation: "a rebase", finish: "`git rebase --continue` or `git rebase --abort`, then co-sign" },
  },
  SIGNER_UNNAMED: {
    means: "git has no name or address for the person who is to co-sign.",
    example: { said: "empty ident name not allowed" },
  },
  SIGNER_UNKNOWN: {
    means: "The address that git has for the person is on nobody's entry of the policy.",
    example: { email: "eve@elsewhere.example", policy: "refs/remotes/origin/main:countersign.config.yaml" },
  },
  SIGNER_UNABLE: {
    means: "The person is on the roster, but a co-sign of theirs would not count for any of these commits.",
    example: {
      email: "jim@acme.example",
      reasons: [`${COMMIT}it needs someone of level senior or higher, and you have level junior`],
    },
  },
  KEY_MISSING: { means: "The policy asks for signed co-signs, and it is not said which key signs.", example: {} },
  KEY_UNREADABLE: {
    means: "The key that is to sign is not there, or is no SSH key.",
    example: { key: "id_ed25519", reason: "No such file or directory" },
  },
  KEY_REFUSED: {
    means: "A signature by the key that is set would not count under the policy in force.",
    example: {
      email: "ada@acme.example",
      fingerprint: "SHA256:uNiVztks…",
      reason: "is not one of yours on the roster",
    },
  },
  SIGNING_FAILED: {
    means: "The program that signs ended without a signature: a passphrase was wrong, a touch did not come.",
    example: { program: "ssh-keygen", end: "it ended with status 255" },
  },
  SIGNATURE_WRONG: {
    means: "What the program made was verified at once, and does not hold.",
    example: { program: "ssh-keygen", reason: "it is by another key than the one that was chosen" },
  },
  MESSAGE_UNFIT: {
    means:
      "A co-sign cannot be added to a message so that git takes it for a trailer, or not in the message's encoding.",
    example: { commits: ["1f2e3d4c5b6a: your name cannot be written in its encoding, ISO-2022-JP"] },
  },
  COMMIT_UNFIT: {
    means:
      "A commit that is to be co-signed, or that follows one, is damaged, so that it cannot be kept byte for byte.",
    example: { commits: ["1f2e3d4c5b6a: a header holds a NUL byte"] },
  },
  BRANCH_BEHIND: {
    means: "Somebody pushed to the branch whose commits are to be co-signed in their messages.",
    example: { branch: "topic", there: "origin/topic" },
  },
  FETCH_FAILED: {
    means: "`countersign cosign` fetches what it shows first, and the remote did not answer.",
    example: { remote: "origin", said: "fatal: Could not read from remote repository." },
  },
  REQUEST_UNKNOWN: {
    means: "A number was given, and neither a branch nor a pull or merge request of where the work lands has it.",
    example: { number: "12", sign: "", remote: "origin", asked: true },
  },
  REQUEST_MOVED: {
    means: "Somebody pushed to the pull or merge request at the moment when its head was fetched.",
    example: { name: "pull request 12", remote: "origin" },
  },
  RECORD_TOO_LARGE: {
    means: "The branch adds more commits than a record has room for.",
    example: { commits: 12_000 },
  },
  BRANCH_MOVED: {
    means: "The branch got new commits while a person was reviewing.",
    example: { ref: "refs/heads/topic", old: "3d".repeat(20) },
  },
  LEDGER_UNFIT: {
    means: "The ref that the policy names as its ledger is a symbolic ref or a tag, or holds a malformed commit.",
    example: { ref: "refs/heads/countersign/ledger", problem: "stands for refs/heads/main" },
  },
  LEDGER_BUSY: {
    means: "The ledger was written by others each time that a record was about to be added.",
    example: { ref: "refs/heads/countersign/ledger", tries: 5 },
  },
  LEDGER_NOT_PUSHED: {
    means: "The remote refused the ledger, for instance because you may not push to it.",
    example: { ledger: "countersign/ledger", remote: "origin", said: "remote rejected: protected branch" },
  },
};
