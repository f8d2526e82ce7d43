import type { CodePages } from "../message.ts";
import type { setupFaults } from "../setup.ts";

export const setupPages: CodePages<typeof setupFaults> = {
  UNATTENDED: {
    means: "The set-up has questions, and there is no terminal to ask them in.",
    example: { missing: "standard input is not a terminal" },
  },
  HOOK_NOT_INSTALLED: {
    means: "The program that a hook is to call is not installed.",
    example: { bin: "countersign-pre-push", folder: "node_modules/.bin" },
  },
  SERVER_HOOK_TAKEN: {
    means: "A server's repository has a pre-receive hook of its own, which `countersign server install` leaves alone.",
    example: {
      path: "/srv/git/payments.git/hooks/pre-receive",
      kept: "/srv/git/payments.git/hooks/pre-receive.before-countersign",
    },
  },
  MANAGER_UNFIT: {
    means: "The named hook manager cannot be set up in this repository.",
    example: { manager: "husky", reason: "there is no package.json", fix: "take another one: --manager plain" },
  },
  MANAGER_FAILED: {
    means: "The hook manager's own command, which installs the hooks, failed.",
    example: { command: "lefthook install", end: "status 1", said: "" },
  },
  FILE_UNFIT: {
    means: "Nothing can be added safely to a file as it is written now.",
    example: { path: "lefthook.yml", reason: "it holds several documents", wanted: ["pre-push:"] },
  },
  FILE_UNWRITABLE: {
    means: "A file of the set-up could not be written, is a link, or lies outside the repository; nothing was changed.",
    example: { path: ".husky/pre-push", reason: "EACCES: permission denied" },
  },
  AGENT_UNKNOWN: {
    means: "The `agents` command was given a name that no agent has.",
    example: { agent: "claud", known: ["claude-code", "cursor"] },
  },
  AGENT_WITHOUT_HOOKS: {
    means: "The agent has no hooks that a project could set up.",
    example: { agent: "aider", reason: "it has no hooks" },
  },
  AGENT_FILE_INVALID: {
    means: "A configuration file of an agent is damaged, so that nothing can be added to it.",
    example: { file: ".claude/settings.json", problem: "line 3: a comma is missing" },
  },
  AGENT_FILE_TAKEN: {
    means: "Another file, not written by countersign, stands where a hook of the agent belongs.",
    example: { file: ".clinerules/hooks/PostToolUse", problem: "is not countersign's" },
  },
  AGENT_FILE_UNUSABLE: {
    means: "A configuration file of an agent is a link, a folder, or may not be written.",
    example: { file: ".claude/settings.json", problem: "it is a symbolic link" },
  },
};
