import type { CodePages } from "../message.ts";
import type { pushFaults, pushViolations } from "../push.ts";

const OID = "3d".repeat(20);
const MAIN = "refs/heads/main";

export const pushViolationPages: CodePages<typeof pushViolations> = {
  BRANCH_DELETED: { means: "The push deletes a branch that the policy protects.", example: {} },
  HISTORY_REWRITTEN: {
    means: "The push replaces history that the protected branch has, as a forced push does.",
    example: { old: OID },
  },
  COMMIT_MALFORMED: {
    means:
      "A commit object is not one that git would write: it has repeated headers, NUL bytes, or a message that is far too long.",
    example: { problem: 'the header "author" is repeated or out of order' },
  },
  COMMIT_ENCODING: {
    means:
      "A commit declares an encoding of its message in which marks of AI cannot be read, or needs a co-sign and declares one in which co-signs cannot be read.",
    example: { encoding: "IBM037" },
  },
  REPLACEMENT_PUSHED: {
    means: "The push carries a ref below refs/replace, which would make git show content other than what was judged.",
    example: {},
  },
  BRANCH_NAMED_HEAD: {
    means: "The push creates or moves a branch named HEAD, in upper or lower case.",
    example: { ref: "refs/heads/HEAD" },
  },
  COSIGN_LOST: {
    means: "A way of merging turns the branch into commits other than those that were co-signed.",
    example: { way: "squash", cosigns: ["ada@acme.example on 3d3d3d3d3d3d"], ledger: "refs/heads/countersign/ledger" },
  },
  LINE_HIDDEN: {
    means:
      "An audit finds a merge whose first parent is not the branch, so that first parents hide what landed before.",
    example: { branch: "main", stood: OID, ledger: "refs/heads/countersign/ledger" },
  },
  MARKS_LOST: {
    means:
      "An audit finds a commit without a mark of AI, although a record in the ledger names the agent that made it.",
    example: { agents: ["claude-code"], records: ["countersign/ledger:5a/c3"] },
  },
  LEDGER_REWRITTEN: {
    means: "The push removes a record from the ledger, changes one, or deletes the ledger.",
    example: {
      ledger: "countersign/ledger",
      problem: `removes the record 5a/${"c3".repeat(31)}/${"7e".repeat(32)}-1`,
    },
  },
};

export const pushFaultPages: CodePages<typeof pushFaults> = {
  MERGE_CONFLICT: {
    means: "A branch does not merge cleanly into its target.",
    example: { branch: "main", paths: ["src/upload.ts"], mayBeRenamed: false },
  },
  STDIN_MALFORMED: {
    means: "The hook was given something other than git's list of refs.",
    example: { line: "refs/heads/main", form: "<old id> <new id> <ref>" },
  },
  STDIN_EMPTY: {
    means: "A hook runner ran the hook without git's list of refs.",
    example: { runner: "lefthook" },
  },
  QUARANTINE_LOST: {
    means: "The server's hook was started without the variables by which git says where the objects of a push are.",
    example: { oid: OID },
  },
  POLICY_REQUIRED: {
    means: "The server is set up to accept no push without a policy, and the branch that HEAD names has none.",
    example: { ref: MAIN, tip: OID, gap: "not named" },
  },
  FLOOR_UNREADABLE: {
    means: "The policy file of the server itself, which every push has to meet, is missing or damaged.",
    example: { path: "/etc/countersign/floor.yaml", reason: "ENOENT: no such file or directory", details: [] },
  },
  DECISION_UNLOGGED: {
    means: "The server is set up to keep every decision in a file, and cannot write to it.",
    example: { path: "/var/log/pushes.jsonl", reason: "permission denied" },
  },
  TIP_UNKNOWN: {
    means: "The remote's branch is at a commit that was never fetched.",
    example: { ref: MAIN, old: OID },
  },
  NOT_A_COMMIT: {
    means: "What is pushed to a branch is not a commit, or is not in this repository.",
    example: { ref: MAIN, oid: OID },
  },
  COSIGNS_TOO_MANY: {
    means: "A commit's message has more co-signs or signatures than may be checked.",
    example: { commit: OID, cosigns: 3, signatures: 490, limit: 100 },
  },
  HISTORY_INCOMPLETE: {
    means: "git's list of the new commits lacks the very commit that was asked for.",
    example: { tip: OID },
  },
};
