import { adoptionFaultPages } from "./adoption-fault-pages.ts";
import { agentFaultPages } from "./agent-fault-pages.ts";
import { commitFaultPages } from "./commit-fault-pages.ts";
import type { FaultCode, FaultData } from "./faults.ts";
import type { CodePage } from "./message.ts";
import { signingFaultPages } from "./signing-fault-pages.ts";

const OID = "3d".repeat(20);
const MAIN = "refs/heads/main";

/** A page for every way in which no decision is reached: a code without one does not compile. */
export const faultPages: { readonly [Code in FaultCode]: CodePage<FaultData<Code>> } = {
  OBJECT_ID_MALFORMED: {
    means: "Something that must be a full object id is not one.",
    example: { text: "HEAD" },
  },
  OBJECT_MISSING: {
    means: "An object that the history names is not in this clone.",
    example: { oid: OID, wanted: "the commit" },
  },
  REPOSITORY_UNSUPPORTED: {
    means: "The repository is kept in a form that can only be read by git itself.",
    example: { feature: "the ref storage reftable" },
  },
  REPOSITORY_UNREADABLE: {
    means: "A file of the repository is damaged, or may not be read.",
    example: { subject: "packed-refs", reason: "line 3 is cut" },
  },
  BLOB_TOO_LARGE: {
    means: "A file that has to be read, such as the policy, is larger than any that is meant to be one.",
    example: { oid: OID, size: 3_000_000, limit: 262_144 },
  },
  TREE_TOO_LARGE: {
    means: "A folder that has to be read lists more than any folder that is meant to be one.",
    example: { oid: OID, size: 70_000_000, limit: 67_108_864 },
  },
  POLICY_MALFORMED: {
    means: "The policy file in force breaks its schema. Every problem is listed with its line.",
    example: {
      source: `${MAIN}:countersign.config.yaml`,
      problems: ["line 4: people[0].levle is no key that is known here"],
    },
  },
  POLICY_AMBIGUOUS: {
    means: "There is more than one policy file.",
    example: { source: MAIN, files: [".countersignrc", "countersign.config.yaml"] },
  },
  POLICY_NOT_A_FILE: {
    means: "Where the policy file should be there is something else.",
    example: { source: `${MAIN}:countersign.config.yaml`, mode: "120000" },
  },
  GIT_NOT_STARTED: { means: "The git program could not be run.", example: { reason: "spawn git ENOENT" } },
  GIT_FAILED: {
    means: "A git command that reads the repository failed.",
    example: { command: "git cat-file --batch", end: "status 128", said: "fatal: loose object is corrupt" },
  },
  DIRECTORY_MISSING: {
    means: "The directory to work in was deleted, or never was one.",
    example: { directory: "/home/bob/payments" },
  },
  NOT_A_REPOSITORY: { means: "No git repository is here.", example: {} },
  OWNER_MISMATCH: {
    means: "git refuses to work in a repository that another user owns.",
    example: { directory: "/srv/git/payments.git" },
  },
  HISTORY_INCOMPLETE: {
    means: "git's list of the new commits lacks the very commit that was asked for.",
    example: { tip: OID },
  },
  HISTORY_SHALLOW: { means: "The clone is cut off before the commits that have to be judged or listed.", example: {} },
  REVISION_UNKNOWN: {
    means: "A revision, as it was typed, names no commit of this repository.",
    example: { revision: "mian" },
  },
  BRANCH_UNBORN: { means: "HEAD names a branch without commits.", example: { branch: MAIN } },
  TIP_UNKNOWN: {
    means: "The remote's branch is at a commit that was never fetched.",
    example: { ref: MAIN, old: OID },
  },
  NOT_A_COMMIT: {
    means: "What is pushed to a branch is no commit, or is not here.",
    example: { ref: MAIN, oid: OID },
  },
  STDIN_MALFORMED: {
    means: "The hook was given something else than git's list of refs.",
    example: { line: "refs/heads/main" },
  },
  STDIN_EMPTY: {
    means: "A hook runner ran the hook without git's list of refs.",
    example: { runner: "lefthook" },
  },
  POLICY_MISSING: {
    means: "The revision that the policy is taken from has no policy file.",
    example: { ref: "refs/remotes/origin/main" },
  },
  POLICY_REF_UNKNOWN: {
    means: "Nothing says which branch is the default one, whose policy is in force.",
    example: {},
  },
  WORK_TREE_MISSING: {
    means: "The policy of the work tree was asked for where there is no work tree.",
    example: {},
  },
  DEFECT: { means: "countersign has a fault of its own.", example: { reason: "TypeError: x is not a function" } },
  OPTION_INVALID: {
    means: "The command line has an unknown command, option or value.",
    example: { option: "--max-count", problem: '"ten" is not a number' },
  },
  OUTPUT_UNWRITABLE: {
    means: "A report could not be written to the file that was named for it.",
    example: { file: "reports/countersign.sarif", reason: "no such directory" },
  },
  CODE_UNKNOWN: {
    means: "`countersign explain` was asked for a code that there is none of.",
    example: { code: "COSIGN_MISING", similar: "COSIGN_MISSING" },
  },
  FILE_UNREADABLE: {
    means: "A file that was named cannot be read.",
    example: { file: "countersign.config.yaml", reason: "ENOENT: no such file or directory" },
  },
  BRANCH_UNKNOWN: { means: "It cannot be told which branch is meant.", example: {} },
  BRANCH_NOT_FOUND: {
    means: "The branch that was named is neither here nor on a remote, and no pattern of the policy matches it.",
    example: { branch: "mian", meant: "main" },
  },
  TESTS_MALFORMED: {
    means: "A file with tests of the policy breaks its schema. Every problem is listed with its line.",
    example: { source: "countersign.tests.yaml", problems: ["line 4: tests[0].expct is no key that is known here"] },
  },
  TESTS_MISSING: { means: "There are no tests of the policy to run.", example: { files: ["countersign.tests.yaml"] } },
  MARKS_UNREADABLE: {
    means: "The folder in which agents' hooks leave their marks cannot be read.",
    example: { folder: ".git/countersign/marks", reason: "EACCES: permission denied" },
  },
  ...adoptionFaultPages,
  ...agentFaultPages,
  ...commitFaultPages,
  ...signingFaultPages,
};
