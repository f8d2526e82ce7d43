import { adoptionFaultMessages } from "./adoption-faults.ts";
import { agentFaultMessages } from "./agent-faults.ts";
import { commitFaultMessages } from "./commit-faults.ts";
import type { Message } from "./message.ts";
import { signingFaultMessages } from "./signing-faults.ts";

/** The words of every way in which no decision is reached. A code may be added, never renamed. */
export const faultMessages = {
  OBJECT_ID_MALFORMED: ({ text }: { text: string }): Message => ({
    what: `"${text}" is not a full object id`,
    why: "objects are named by 40 or 64 lower-case hex digits here, since anything shorter can be a branch's name too",
    fix: "pass the id that `git rev-parse <revision>` prints",
  }),
  OBJECT_MISSING: ({ oid, wanted }: { oid: string; wanted: string }): Message => ({
    what: `${wanted} ${oid} is not in this repository`,
    why: "history that is not here cannot be judged; the clone is shallow, partial or damaged",
    fix: "run `git fetch --unshallow` (in CI: fetch-depth 0); of a partial clone make one without a filter; `git fsck` tells of damage",
  }),
  REPOSITORY_UNSUPPORTED: ({ feature }: { feature: string }): Message => ({
    what: `this repository uses ${feature}`,
    why: "that cannot be read without the git program",
    fix: "use @countersign/git, on a machine that has git",
  }),
  REPOSITORY_UNREADABLE: ({ subject, reason }: { subject: string; reason: string }): Message => ({
    what: `${subject} cannot be read: ${reason}`,
    why: "what cannot be read cannot be judged",
    fix: "run `git fsck`",
  }),
  BLOB_TOO_LARGE: ({ oid, size, limit }: { oid: string; size: number; limit: number }): Message => ({
    what: `the file with id ${oid} has ${size} bytes`,
    why: `no more than ${limit} bytes of it are read`,
    fix: "make the file smaller",
  }),
  TREE_TOO_LARGE: ({ oid, size, limit }: { oid: string; size: number; limit: number }): Message => ({
    what: `the folder with id ${oid} has a list of ${size} bytes`,
    why: `no more than ${limit} bytes of it are read`,
    fix: "spread its files over more folders",
  }),
  POLICY_MALFORMED: ({ source, problems }: { source: string; problems: readonly string[] }): Message => ({
    what: `${source} is not a valid policy`,
    why: "a policy that cannot be read in full cannot be enforced, so nothing is let through",
    fix: `correct the ${problems.length === 1 ? "listed problem" : `${problems.length} listed problems`} and commit the file`,
    details: problems,
  }),
  POLICY_AMBIGUOUS: ({ source, files }: { source: string; files: readonly string[] }): Message => ({
    what: `${source} has ${files.length} policy files: ${files.join(", ")}`,
    why: "it would be open to doubt which of them is in force",
    fix: "keep one of them and remove the others",
  }),
  POLICY_NOT_A_FILE: ({ source, mode }: { source: string; mode: string }): Message => ({
    what: `${source} has mode ${mode} and is no regular file`,
    why: "a symbolic link, folder or submodule can lead to content that was never reviewed",
    fix: "replace it by a regular file",
  }),
  GIT_NOT_STARTED: ({ reason }: { reason: string }): Message => ({
    what: `git could not be started: ${reason}`,
    why: "every fact about the repository is read through it",
    fix: "install git 2.34 or newer and see that it is on the PATH of this shell, or of the program that runs the hook",
  }),
  GIT_FAILED: ({ command, end, said }: { command: string; end: string; said: string }): Message => ({
    what: `\`${command}\` ended with ${end}${said === "" ? "" : `: ${said.split("\n")[0]}`}`,
    why: "what it printed may be incomplete, so nothing is concluded from it",
    fix: "run the command by itself in this repository to see the failure; `git fsck` finds damaged objects",
    details: said.split("\n").slice(1, 6),
  }),
  MARKS_UNREADABLE: ({ folder, reason }: { folder: string; reason: string }): Message => ({
    what: `the agents' marks in ${folder} cannot be listed: ${reason}`,
    why: "they tell which of the staged files an agent wrote, so that this commit may be assisted without saying so",
    fix: "see that the folder belongs to you and is a folder; without its marks a commit has to be stamped by hand",
  }),
  DIRECTORY_MISSING: ({ directory }: { directory: string }): Message => ({
    what: `the directory ${directory} is not there any more, or is no directory`,
    why: "git can only be run in a directory that is there",
    fix: "change into an existing directory, or name one",
  }),
  NOT_A_REPOSITORY: (_: Record<never, never>): Message => ({
    what: "this is not a git repository",
    why: "there is no .git here or in a folder above",
    fix: "change into the repository, or name it with --repo PATH",
  }),
  OWNER_MISMATCH: ({ directory }: { directory: string }): Message => ({
    what: `the repository ${directory} belongs to another user`,
    why: "git refuses to read it, since its configuration could run programs as you",
    fix: `if you trust it: git config --global --add safe.directory ${directory}`,
  }),
  HISTORY_INCOMPLETE: ({ tip }: { tip: string }): Message => ({
    what: `the pushed tip ${tip} is missing from the list of new commits`,
    why: "a list that lacks its own tip may lack anything, so nothing is concluded from it",
    fix: "run `git fsck`, and see that `git --version` is the git you mean",
  }),
  HISTORY_SHALLOW: (_: Record<never, never>): Message => ({
    what: "the history that is asked for goes on beyond this shallow clone",
    why: "commits that are not here can be neither judged nor listed, and a part of them must not pass for the whole",
    fix: "run `git fetch --unshallow` (in CI: fetch-depth 0)",
  }),
  REVISION_UNKNOWN: ({ revision }: { revision: string }): Message => ({
    what: `"${revision}" names no commit here`,
    why: "it is misspelt, not fetched yet, or the repository has no commit",
    fix: "`git log --all --oneline` shows what there is; `git fetch` brings what is missing",
  }),
  BRANCH_UNBORN: ({ branch }: { branch: string }): Message => ({
    what: `the branch ${branch} has no commit yet`,
    why: "there is nothing to read",
    fix: "make a first commit, or name a revision",
  }),
  TIP_UNKNOWN: ({ ref, old }: { ref: string; old: string }): Message => ({
    what: `the tip that ${ref} has on the remote, ${old}, is not in this clone`,
    why: "someone pushed in the meantime, so what this push adds cannot be told",
    fix: "run `git fetch`, then push again",
  }),
  NOT_A_COMMIT: ({ ref, oid }: { ref: string; oid: string }): Message => ({
    what: `${oid}, pushed to ${ref}, is no commit of this repository`,
    why: "a branch holds commits, and only those can be judged",
    fix: "push a branch or a commit",
  }),
  STDIN_MALFORMED: ({ line }: { line: string }): Message => ({
    what: `the line "${line}" on standard input is not "<local ref> <id> <remote ref> <id>"`,
    why: "git gives the hook one such line for each ref, and what cannot be read cannot be judged",
    fix: "let git run the hook, or pass on its standard input unchanged",
  }),
  STDIN_EMPTY: ({ runner }: { runner: string }): Message => ({
    what: `${runner} ran the hook without git's list of refs on standard input`,
    why: "without the list it is unknown what is being pushed, and nothing would be checked",
    fix: "let it pass standard input on (lefthook: `use_stdin: true`), or install the hook directly",
  }),
  POLICY_MISSING: ({ ref }: { ref: string }): Message => ({
    what: `there is no policy in ${ref}`,
    why: "without one it is not said what is protected and who may co-sign",
    fix: "`countersign init` writes one; or commit a countersign.config.yaml there, or name another revision with --policy",
  }),
  POLICY_REF_UNKNOWN: (_: Record<never, never>): Message => ({
    what: "it is unknown which branch's policy is in force",
    why: "there is no remote default branch here, and neither main nor master",
    fix: "run `git remote set-head origin --auto`, set the git config countersign.policyRef, or use --policy REV",
  }),
  TESTS_MALFORMED: ({ source, problems }: { source: string; problems: readonly string[] }): Message => ({
    what: `${source} holds no valid policy tests`,
    why: "tests that cannot be read in full would pass for tests that passed",
    fix: `correct the ${problems.length === 1 ? "listed problem" : `${problems.length} listed problems`}; \`countersign policy schema tests\` prints the schema`,
    details: problems,
  }),
  TESTS_MISSING: ({ files }: { files: readonly string[] }): Message => ({
    what: "there are no policy tests here",
    why: `beside the policy none of ${files.join(", ")} was found`,
    fix: "write one of them, or name the files to run",
  }),
  BRANCH_UNKNOWN: (_: Record<never, never>): Message => ({
    what: "it is unknown which branch is the default one",
    why: "there is no remote default branch here, and neither main nor master",
    fix: "name a branch with --branch, or run `git remote set-head origin --auto`",
  }),
  BRANCH_NOT_FOUND: ({ branch, meant }: { branch: string; meant: string | undefined }): Message => ({
    what: `there is no branch "${branch}" here or on a remote, nor does the policy protect one${meant === undefined ? "" : `; did you mean ${meant}?`}`,
    why: "where nothing is protected everything may land, so that a misspelt name would switch the check off",
    fix: "give --branch the short name of a branch, as in --branch main; fetch the branch first if it is on the remote",
  }),
  WORK_TREE_MISSING: (_: Record<never, never>): Message => ({
    what: "this repository has no work tree",
    why: "a bare repository has no checked-out policy",
    fix: "name a revision with --policy instead",
  }),
  FILE_UNREADABLE: ({ file, reason }: { file: string; reason: string }): Message => ({
    what: `${file} cannot be read: ${reason}`,
    why: "what stands in it must be known before anything is done with it",
    fix: "name a file that is there and that you may read",
  }),
  DEFECT: ({ reason }: { reason: string }): Message => ({
    what: `countersign itself failed: ${reason}`,
    why: "this should not happen, and what was not judged is not let through",
    fix: "please report it with the command that you ran and the versions of git and node",
  }),
  OPTION_INVALID: ({ option, problem }: { option: string; problem: string }): Message => ({
    what: `${option}: ${problem}`,
    why: "the command cannot be carried out as it was given",
    fix: "`countersign help` lists the commands, `countersign COMMAND --help` its options",
  }),
  ...commitFaultMessages,
  OUTPUT_UNWRITABLE: ({ file, reason }: { file: string; reason: string }): Message => ({
    what: `the report cannot be written to ${file}: ${reason}`,
    why: "whoever reads that file would take an older report, or none, for the answer",
    fix: "name a file in a folder that is there and may be written to",
  }),
  CODE_UNKNOWN: ({ code, similar }: { code: string; similar: string | undefined }): Message => ({
    what: `"${code}" is neither a code nor a commit here${similar === undefined ? "" : `; did you mean ${similar}?`}`,
    why: "codes are written in capitals, as reports show them",
    fix: "`countersign explain --codes` lists them all",
  }),
  ...agentFaultMessages,
  ...signingFaultMessages,
  ...adoptionFaultMessages,
} as const;

export type FaultCode = keyof typeof faultMessages;

/** What a fault is about: the values its words are made from. */
export type FaultData<Code extends FaultCode> = Parameters<(typeof faultMessages)[Code]>[0];
