import type { DoctorMessages, NoData } from "../message.ts";

/** What is not as it should be around the hooks: programs, the policy, the gates behind the hooks. */
export const surroundingFindings = {
  PROGRAM_OLD: ({ program, version, least }: { program: string; version: string; least: string }) => ({
    state: "wrong",
    what: `${program} is ${version}`,
    why: `countersign needs ${least} or newer`,
    fix: `install ${program} ${least} or newer, and see that it comes first on the PATH`,
  }),
  SSH_KEYGEN_UNFIT: ({ reason }: { reason: string }) => ({
    state: "advice",
    what: `ssh-keygen cannot sign: ${reason}`,
    why: "anyone who co-signs here needs OpenSSH 8.2 or newer; to check co-signs it is not needed",
    fix: "install OpenSSH's client",
  }),
  SIGNING_PROGRAM_MISSING: ({ program }: { program: string }) => ({
    state: "advice",
    what: `git's setting gpg.ssh.program names ${program}, which cannot be started`,
    why: "anyone who co-signs here signs with it; to check co-signs it is not needed",
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
    what: "it is not known which branch is the remote's default one, and so which policy is in force",
    why,
    fix,
  }),
  CI_ABSENT: (_: NoData) => ({
    state: "advice",
    what: "no CI configuration here runs countersign",
    why: "hooks on laptops help honest people and stop nobody; the barrier is a check in CI or a hook on the server",
    fix: "run `countersign check HEAD --branch main` in a job that the branch protection requires",
  }),
  AGENT_HOOKS_ABSENT: ({ agents }: { agents: readonly string[] }) => ({
    state: "advice",
    what: `set up here without a hook that calls countersign: ${agents.join(", ")}`,
    why: "what the agent edits is then known only if it marks its commits itself",
    fix: "run `countersign agents install`",
  }),
  WORK_TREE_UNGUARDED: ({ folder, hooks }: { folder: string; hooks: readonly string[] }) => ({
    state: hooks.includes("pre-push") ? "wrong" : "advice",
    what: `in the work tree ${folder} git runs no hook of countersign for ${hooks.join(", ")}`,
    why: "each work tree has files, and may have settings, of its own; work in that one goes by unseen",
    fix: "run `countersign doctor` there, which says why",
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
    why: "a branch that is checked out may have written them, so they are not started, and it is not known whether they work",
    fix: "have the agent edit a file, and see whether `countersign doctor` counts one mark more; or run `countersign agents install`",
  }),
  MARKS_DAMAGED: ({ files }: { files: readonly string[] }) => ({
    state: "wrong",
    what: `${files.length} of the marks that agents' hooks left cannot be read, or not by this version`,
    why: "the name of such a mark still says that an agent wrote a file, but not which agent, nor what is left of it",
    fix: "see which uncommitted changes agents made, say so in their commits, and remove the files that are listed",
    details: files.slice(0, 10),
  }),
  SERVER_LENIENT: ({ settings }: { settings: readonly string[] }) => ({
    state: "advice",
    what: `not set on this server: ${settings.join(", ")}`,
    why: "countersign guards the protected branches; these guard all others against lost history and damaged objects",
    fix: `run \`git config NAME true\` for each that suits this server`,
  }),
} as const satisfies DoctorMessages;
