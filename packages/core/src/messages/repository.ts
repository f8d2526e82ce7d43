import type { Messages, NoData } from "./message.ts";

/** Why a repository, or an object of it, cannot be read. */
export const repositoryFaults = {
  DIRECTORY_MISSING: ({ directory }: { directory: string }) => ({
    what: `the directory ${directory} does not exist, or is not a directory`,
    why: "git can only run in a directory that exists",
    fix: "change into an existing directory, or name one with --repo",
  }),
  NOT_A_REPOSITORY: (_: NoData) => ({
    what: "this is not a git repository",
    why: "there is no .git here or in a folder above",
    fix: "change into the repository, or name it with --repo PATH",
  }),
  OWNER_MISMATCH: ({ directory }: { directory: string }) => ({
    what: `the repository ${directory} belongs to another user`,
    why: "git refuses to read it, since its configuration could run programs as you",
    fix: `if you trust it: git config --global --add safe.directory ${directory}`,
  }),
  WORK_TREE_MISSING: (_: NoData) => ({
    what: "this repository has no work tree",
    why: "a bare repository has no checked-out policy",
    fix: "name a revision with --policy instead",
  }),
  TIMED_OUT: ({ seconds }: { seconds: number }) => ({
    what: `judging took longer than ${seconds} s`,
    why: "what was not judged must not pass, and no push should wait forever",
    fix: `try again, or give it more time: \`git config countersign.timeout ${10 * seconds}\` (in seconds)`,
  }),
  GIT_NOT_STARTED: ({ reason }: { reason: string }) => ({
    what: `git could not be started: ${reason}`,
    why: "countersign reads the repository through git",
    fix: "install git 2.34 or newer, and check that it is on the PATH of this shell or of the program that runs the hook",
  }),
  GIT_FAILED: ({ command, end, said }: { command: string; end: string; said: string }) => ({
    what: `\`${command}\` ended with ${end}${said === "" ? "" : `: ${said.split("\n")[0]}`}`,
    why: "what it printed may be incomplete, so nothing is concluded from it",
    fix: "run the command by itself in this repository to see the failure; `git fsck` finds damaged objects",
    details: said.split("\n").slice(1, 6),
  }),
  REPOSITORY_UNSUPPORTED: ({ feature }: { feature: string }) => ({
    what: `this repository uses ${feature}`,
    why: "that cannot be read without the git program",
    fix: "use @countersign/git, on a machine that has git",
  }),
  REPOSITORY_UNREADABLE: ({ subject, reason }: { subject: string; reason: string }) => ({
    what: `${subject} cannot be read: ${reason}`,
    why: "what cannot be read cannot be judged",
    fix: "run `git fsck`",
  }),
  OBJECT_ID_MALFORMED: ({ text }: { text: string }) => ({
    what: `"${text}" is not a full object id`,
    why: "objects are named by 40 or 64 lower-case hex digits here, since anything shorter can be a branch's name too",
    fix: "pass the id that `git rev-parse <revision>` prints",
  }),
  OBJECT_MISSING: ({ oid, wanted }: { oid: string; wanted: string }) => ({
    what: `${wanted} ${oid} is not in this repository`,
    why: "missing history cannot be judged; the clone is shallow, partial or damaged",
    fix: "run `git fetch --unshallow` (in CI: fetch-depth 0); re-clone without --filter if this is a partial clone; `git fsck` finds damage",
  }),
  BLOB_TOO_LARGE: ({ oid, size, limit }: { oid: string; size: number; limit: number }) => ({
    what: `the file with id ${oid} has ${size} bytes`,
    why: `no more than ${limit} bytes of it are read`,
    fix: "make the file smaller",
  }),
  TREE_TOO_LARGE: ({ oid, size, limit }: { oid: string; size: number; limit: number }) => ({
    what: `the folder with id ${oid} has a list of ${size} bytes`,
    why: `no more than ${limit} bytes of it are read`,
    fix: "spread its files over more folders",
  }),
  HISTORY_SHALLOW: (_: NoData) => ({
    what: "the requested history goes back further than this shallow clone",
    why: "commits that are not here can be neither judged nor listed, and a part must not be taken for the whole",
    fix: "run `git fetch --unshallow` (in CI: fetch-depth 0)",
  }),
} as const satisfies Messages;
