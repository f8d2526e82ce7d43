import type { CodePages } from "../message.ts";
import type { signingFaults } from "../signing.ts";

const COMMIT = '1f2e3d4c5b6a "Retry uploads": ';

export const signingPages: CodePages<typeof signingFaults> = {
  WITNESS_UNKNOWN: {
    means: "A gate is set up to record a forge's approvals, but the policy does not list its key as a witness.",
    example: { fingerprint: "SHA256:uNiVztksCsDhcc0u9e8BrCNKWe1jYrCNjC0XPsdT5QA", state: undefined },
  },
  TERMINAL_MISSING: {
    means: "`countersign cosign` was run where no person can see what is signed.",
    example: { missing: "standard input is redirected" },
  },
  AGENT_SESSION: {
    means: "`countersign cosign` was run by an AI agent, or inside its session.",
    example: { agent: "claude-code", sign: "CLAUDECODE" },
  },
  HEAD_DETACHED: {
    means: "HEAD is detached, so there is no branch that could move to the co-signed commits.",
    example: {},
  },
  BRANCH_NEEDED: {
    means: "The range that is to be co-signed does not end in a local branch.",
    example: { revision: "v1.2" },
  },
  OPERATION_UNDER_WAY: {
    means: "A rebase, a merge or something similar is unfinished in this work tree.",
    example: { operation: "a rebase", finish: "`git rebase --continue` or `git rebase --abort`, then co-sign" },
  },
  SIGNER_UNNAMED: {
    means: "git has no name or address for the person who is to co-sign.",
    example: { said: "empty ident name not allowed" },
  },
  SIGNER_UNKNOWN: {
    means: "Nobody on the policy's roster has the address that git has for the person.",
    example: { email: "eve@elsewhere.example", policy: "refs/remotes/origin/main:countersign.config.yaml" },
  },
  SIGNER_UNABLE: {
    means: "The person is on the roster, but a co-sign of theirs would not count for any of these commits.",
    example: {
      email: "jim@acme.example",
      reasons: [`${COMMIT}it needs someone of level senior or higher, and you have level junior`],
    },
  },
  KEY_MISSING: { means: "The policy requires signed co-signs, and no key is set to sign with.", example: {} },
  KEY_UNREADABLE: {
    means: "The key to sign with does not exist, or is not an SSH key.",
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
    means:
      "The signing program made no signature: a passphrase was wrong, for example, or a key was not touched in time.",
    example: { program: "ssh-keygen", end: "it ended with status 255" },
  },
  SIGNATURE_WRONG: {
    means: "The signature was checked at once, and it does not verify.",
    example: { program: "ssh-keygen", reason: "it was made with another key than the chosen one" },
  },
  MESSAGE_UNFIT: {
    means:
      "A co-sign cannot be added to a message in such a way that git reads it as a trailer, or not in the message's encoding.",
    example: { commits: ["1f2e3d4c5b6a: your name cannot be written in its encoding, ISO-2022-JP"] },
  },
  COMMIT_UNFIT: {
    means: "A commit to be co-signed, or one that follows it, is damaged and so cannot be kept byte for byte.",
    example: { commits: ["1f2e3d4c5b6a: a header holds a NUL byte"] },
  },
  BRANCH_BEHIND: {
    means: "Someone pushed to the branch whose commits are to be co-signed in their messages.",
    example: { branch: "topic", there: "origin/topic" },
  },
  FETCH_FAILED: {
    means: "`countersign cosign` fetches what it shows first, and the remote did not answer.",
    example: { remote: "origin", said: "fatal: Could not read from remote repository." },
  },
  REQUEST_UNKNOWN: {
    means: "No branch, and no pull or merge request where work lands, has the given number.",
    example: { number: "12", sign: "", remote: "origin", asked: true },
  },
  REQUEST_MOVED: {
    means: "Someone pushed to the pull or merge request while its head was being fetched.",
    example: { name: "pull request 12", remote: "origin" },
  },
  RECORD_TOO_LARGE: {
    means: "The branch adds more commits than one record can hold.",
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
    means: "Others wrote to the ledger each time a record was about to be added.",
    example: { ref: "refs/heads/countersign/ledger", tries: 5 },
  },
  LEDGER_NOT_PUSHED: {
    means: "The remote refused the ledger, for instance because you may not push to it.",
    example: { ledger: "countersign/ledger", remote: "origin", said: "remote rejected: protected branch" },
  },
};
