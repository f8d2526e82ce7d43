import type { surroundingFindings } from "../doctor/surroundings.ts";
import type { CodePages } from "../message.ts";

export const surroundingPages: CodePages<typeof surroundingFindings> = {
  PROGRAM_OLD: {
    means: "A program that countersign needs is too old.",
    example: { program: "git", version: "2.25.1", least: "2.34" },
  },
  SSH_KEYGEN_UNFIT: {
    means: "ssh-keygen is missing, or too old to sign with.",
    example: { reason: "spawn ssh-keygen ENOENT" },
  },
  SIGNING_PROGRAM_MISSING: {
    means: "git is configured to sign with a program that cannot be started.",
    example: { program: "/opt/1Password/op-ssh-sign" },
  },
  POLICY_ABSENT: {
    means: "There is no policy file, neither on the default branch nor in the work tree.",
    example: { ref: "main" },
  },
  DEFAULT_BRANCH_UNKNOWN: {
    means: "Nothing in this clone says which branch of the remote is the default one.",
    example: {
      why: "this clone has not noted it, and there is neither a main nor a master",
      fix: "run `git fetch --prune origin` and `git remote set-head origin --auto`",
    },
  },
  CI_ABSENT: { means: "No CI configuration in the work tree runs countersign.", example: {} },
  CI_SELF_JUDGED: {
    means: "A workflow that judges pull requests is taken from the pull request that it judges.",
    example: { file: ".github/workflows/ci.yml" },
  },
  CI_TURN_UNJUDGED: {
    means: "A workflow that judges pull requests does not judge again when one gets another base branch.",
    example: { file: ".github/workflows/ci.yml" },
  },
  CI_QUEUE_UNJUDGED: {
    means: "A workflow that judges pull requests does not judge what a merge queue would land.",
    example: { file: ".github/workflows/ci.yml" },
  },
  CI_LANDED_UNJUDGED: {
    means: "A workflow that judges pull requests does not judge what landed on each branch that the policy protects.",
    example: { file: ".github/workflows/countersign.yml", branches: ["release/1"] },
  },
  CI_NOT_REQUIRED: {
    means: "GitHub was asked which checks a protected branch requires, and countersign's is not among them.",
    example: { branch: "main", names: ["countersign (main)"], required: ["build"] },
  },
  CI_SQUASH_LOSES: {
    means: "GitHub allows a squash although co-signs can only be in the commits' messages.",
    example: { branch: "main" },
  },
  CI_REQUIREMENT_UNSEEN: {
    means:
      "Only the forge knows whether a branch requires the check. GitHub is asked where GH_TOKEN or GITHUB_TOKEN is set; otherwise look at the rules there yourself.",
    example: { branch: "main", names: ["countersign (main)"], reason: undefined },
  },
  AGENT_HOOKS_ABSENT: {
    means: "The project is set up for agents whose own hooks do not call countersign.",
    example: { agents: ["Claude Code"] },
  },
  WORK_TREE_UNGUARDED: {
    means: "Another work tree of the same clone has no hooks that call countersign, or not all of them.",
    example: { folder: "/home/ada/shop-fix", hooks: ["pre-push"] },
  },
  AGENT_HOOKS_BROKEN: {
    means: "An agent's hooks are set up, but the program that they call is not where they look for it.",
    example: { agents: ["Claude Code"], install: "npm install", folder: "" },
  },
  AGENT_HOOKS_UNTRIED: {
    means: "An agent's file calls countersign in a way that `countersign agents install` would not write.",
    example: { agents: ["Claude Code"] },
  },
  MARKS_DAMAGED: {
    means: "Some of the marks that agents' hooks left behind cannot be read.",
    example: { files: [".git/countersign/marks/1f0c2d"] },
  },
  SERVER_LENIENT: {
    means: "Some of git's own settings that guard a server's branches are not set.",
    example: { settings: ["receive.denyDeletes"] },
  },
};
