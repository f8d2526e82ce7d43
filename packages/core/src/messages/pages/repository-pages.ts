import type { CodePages } from "../message.ts";
import type { repositoryFaults } from "../repository.ts";

const OID = "3d".repeat(20);

export const repositoryPages: CodePages<typeof repositoryFaults> = {
  DIRECTORY_MISSING: {
    means: "The directory to work in does not exist, or is not a directory.",
    example: { directory: "/home/bob/payments" },
  },
  NOT_A_REPOSITORY: { means: "There is no git repository here.", example: {} },
  OWNER_MISMATCH: {
    means: "git refuses to work in a repository that another user owns.",
    example: { directory: "/srv/git/payments.git" },
  },
  WORK_TREE_MISSING: {
    means: "The policy of the work tree was asked for where there is no work tree.",
    example: {},
  },
  TIMED_OUT: {
    means:
      "Judging took longer than allowed: 60 seconds in a hook, 10 minutes in a command (check, cosign, explain, simulate, policy diff, audit, report, attest), or what countersign.timeout says.",
    example: { seconds: 60 },
  },
  GIT_NOT_STARTED: { means: "The git program could not be run.", example: { reason: "spawn git ENOENT" } },
  GIT_FAILED: {
    means: "A git command that reads the repository failed.",
    example: { command: "git cat-file --batch", end: "status 128", said: "fatal: loose object is corrupt" },
  },
  REPOSITORY_UNSUPPORTED: {
    means: "The repository is stored in a form that only git itself can read.",
    example: { feature: "the ref storage reftable" },
  },
  REPOSITORY_UNREADABLE: {
    means: "A file of the repository is damaged, or may not be read.",
    example: { subject: "packed-refs", reason: "line 3 is cut" },
  },
  OBJECT_ID_MALFORMED: {
    means: "Something that must be a full object id is not one.",
    example: { text: "HEAD" },
  },
  OBJECT_MISSING: {
    means: "An object that the history names is not in this clone.",
    example: { oid: OID, wanted: "the commit" },
  },
  BLOB_TOO_LARGE: {
    means: "A file that has to be read, such as the policy, is far too large for its purpose.",
    example: { oid: OID, size: 3_000_000, limit: 262_144 },
  },
  TREE_TOO_LARGE: {
    means: "A folder that has to be read has far too many entries.",
    example: { oid: OID, size: 70_000_000, limit: 67_108_864 },
  },
  HISTORY_SHALLOW: { means: "The clone is cut off before the commits that have to be judged or listed.", example: {} },
};
