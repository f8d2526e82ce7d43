import type { DoctorMessages, NoData } from "../message.ts";

/** What is not as it should be around the hooks: programs, the policy, the gates behind the hooks. */
export const surroundingFindings = {
  PROGRAM_OLD: ({ program, version, least }: { program: string; version: string; least: string }) => ({
    state: "wrong",
    what: `${program} is ${version}`,
    why: `countersign needs ${least} or newer`,
    fix: `install ${program} ${least} or newer, and make sure that it comes first on the PATH`,
  }),
  SSH_KEYGEN_UNFIT: ({ reason }: { reason: string }) => ({
    state: "advice",
    what: `ssh-keygen cannot sign: ${reason}`,
    why: "anyone who co-signs here needs OpenSSH 8.2 or newer; checking co-signs does not need it",
    fix: "install OpenSSH's client",
  }),
  SIGNING_PROGRAM_MISSING: ({ program }: { program: string }) => ({
    state: "advice",
    what: `git's setting gpg.ssh.program names ${program}, which cannot be started`,
    why: "anyone who co-signs here signs with it; checking co-signs does not need it",
    fix: "install it, or correct the setting: the absolute path of a program, or the name of one on the PATH",
  }),
  POLICY_ABSENT: ({ ref }: { ref: string }) => ({
    state: "wrong",
    what: `there is no policy, neither on ${ref} nor in the work tree`,
    why: "nothing is protected",
    fix: "run `countersign init`",
  }),
  DEFAULT_BRANCH_UNKNOWN: ({ why, fix }: { why: string; fix: string }) => ({
    state: "unclear",
    what: "it is not known which branch is the remote's default branch, and so which policy is in force",
    why,
    fix,
  }),
  CI_ABSENT: (_: NoData) => ({
    state: "advice",
    what: "no CI configuration here runs countersign",
    why: "hooks on laptops help honest people and can be skipped; the barrier is a check in CI or a hook on the server",
    fix: "run `countersign check HEAD --branch main` in a job that the branch protection requires",
  }),
  CI_SELF_JUDGED: ({ file }: { file: string }) => ({
    state: "advice",
    what: `${file} runs on pull_request, in the version that the pull request itself has`,
    why: "anyone who opens a pull request can change what judges it",
    fix: "run it on `pull_request_target`, like the workflow that `countersign init --ci github` writes, and check out nothing of the pull request",
  }),
  CI_TURN_UNJUDGED: ({ file }: { file: string }) => ({
    state: "advice",
    what: `${file} does not run when a pull request gets another base branch`,
    why: "a check that passed for an unprotected base branch then counts for a protected one",
    fix: `add the type \`edited\` to the pull request event in ${file}: types: [opened, synchronize, reopened, edited]`,
  }),
  CI_QUEUE_UNJUDGED: ({ file }: { file: string }) => ({
    state: "advice",
    what: `${file} does not run for a merge queue`,
    why: "a queue waits for a required check until it times out, and the commit that it would land is not one that was judged",
    fix: `add \`merge_group:\` to \`on:\` in ${file}`,
  }),
  CI_LANDED_UNJUDGED: ({ file, branches }: { file: string; branches: readonly string[] }) => ({
    state: "advice",
    what: `${file} does not run when something lands on ${branches.slice(0, 3).join(", ")}${branches.length > 3 ? ` and ${branches.length - 3} more` : ""}`,
    why: "what reaches a protected branch past the gate is not seen anywhere",
    fix: `name all branches that the policy protects under \`push: branches:\` in ${file}, and have that file on each of them`,
  }),
  CI_NOT_REQUIRED: ({
    branch,
    names,
    required,
  }: {
    branch: string;
    /** What the check is called where it can be required. */
    names: readonly string[];
    /** What is required in its place. */
    required: readonly string[];
  }) => ({
    state: "advice",
    what: `the rules that are in force on ${branch} do not require ${phraseNames(names)}; they require ${required.length > 0 ? phraseNames(required) : "no check"}`,
    why: "a check that is not required stops nobody, and a ruleset that matches no branch does not say so",
    fix: `require ${phraseNames(names)} in a ruleset whose target is ${branch}`,
  }),
  CI_SQUASH_LOSES: ({ branch }: { branch: string }) => ({
    state: "advice",
    what: `pull requests for ${branch} may be squashed, and the policy names no ledger`,
    why: "a squash on the forge drops the co-signs in the commits' messages, so the gate refuses it",
    fix: `add \`ledger: countersign/ledger\` to the policy, or allow only other ways of merging on ${branch}`,
  }),
  CI_REQUIREMENT_UNSEEN: ({
    branch,
    names,
    reason,
  }: {
    branch: string;
    names: readonly string[];
    /** What the forge says to being asked; undefined if it was not asked. */
    reason: string | undefined;
  }) => ({
    state: "advice",
    what: `whether ${branch} requires the check cannot be seen from here${reason === undefined ? "" : `: ${reason}`}`,
    why: "a check that is not required stops nobody",
    fix: `look at the rules of ${branch} on the forge: they have to require ${names.length > 0 ? phraseNames(names) : "the job"}, on a branch that they match, and no squash may be allowed where co-signs stand in messages alone`,
  }),
  AGENT_HOOKS_ABSENT: ({ agents }: { agents: readonly string[] }) => ({
    state: "advice",
    what: `set up here without a hook that calls countersign: ${agents.join(", ")}`,
    why: "what the agent edits is then known only if the agent marks its commits itself",
    fix: "run `countersign agents install`",
  }),
  WORK_TREE_UNGUARDED: ({ folder, hooks }: { folder: string; hooks: readonly string[] }) => ({
    state: hooks.includes("pre-push") ? "wrong" : "advice",
    what: `in the work tree ${folder} git runs no hook of countersign for ${hooks.join(", ")}`,
    why: "each work tree has its own files and may have its own settings; work in that one goes unseen",
    fix: "run `countersign doctor` in that work tree; it says why",
  }),
  AGENT_HOOKS_BROKEN: ({
    agents,
    install,
    folder,
  }: {
    agents: readonly string[];
    install: string;
    /** From the root of the work tree, where that is; "" is the root. */
    folder: string;
  }) => ({
    state: "wrong",
    what: `what the hooks of ${agents.join(", ")} call cannot be started in this work tree`,
    why: "what the agent writes here is not marked, and nothing says so",
    fix: `run \`${folder === "" ? "" : `cd ${folder} && `}${install}\` here`,
  }),
  AGENT_HOOKS_UNTRIED: ({ agents }: { agents: readonly string[] }) => ({
    state: "advice",
    what: `hooks call countersign in another way than \`countersign agents install\` writes it, and were not tried: ${agents.join(", ")}`,
    why: "the checked-out branch may have written them, so they are not started, and it is not known whether they work",
    fix: "have the agent edit a file, and see whether `countersign doctor` counts one more mark; or run `countersign agents install`",
  }),
  MARKS_DAMAGED: ({ files }: { files: readonly string[] }) => ({
    state: "wrong",
    what: `${files.length} of the marks that agents' hooks left cannot be read by this version`,
    why: "the name of such a mark still says that an agent wrote a file, but not which agent, nor what is left of it",
    fix: "find out which uncommitted changes agents made, say so when you commit them, and remove the listed files",
    details: files.slice(0, 10),
  }),
  SERVER_LENIENT: ({ settings }: { settings: readonly string[] }) => ({
    state: "advice",
    what: `not set on this server: ${settings.join(", ")}`,
    why: "countersign guards the protected branches; these settings guard all branches against lost history and damaged objects",
    fix: `run \`git config NAME true\` for each that suits this server`,
  }),
} as const satisfies DoctorMessages;

/** Names as they are written: they hold blanks. */
function phraseNames(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(" or ");
}
