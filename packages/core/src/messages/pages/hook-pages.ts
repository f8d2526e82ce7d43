import type { hookFindings } from "../doctor/hooks.ts";
import type { CodePages } from "../message.ts";

const HOOK = { hook: "pre-push", path: ".git/hooks/pre-push" };
const SAID = ["env: node: No such file or directory"];

export const hookPages: CodePages<typeof hookFindings> = {
  HOOKS_FOLDER_MISSING: {
    means: "git looks for hooks in a folder that does not exist.",
    example: { folder: ".husky/_" },
  },
  HOOK_MISSING: { means: "git finds no hook file.", example: HOOK },
  HOOK_DANGLING: { means: "The hook file is a symbolic link to something that is not there.", example: HOOK },
  HOOK_NOT_EXECUTABLE: { means: "The hook file is not executable, so git skips it.", example: HOOK },
  HOOK_LINE_ENDS: {
    means: "The hook's first line ends in a carriage return, so the system finds no interpreter for it.",
    example: HOOK,
  },
  HOOK_FOREIGN: { means: "git runs a hook, but nothing in it calls countersign.", example: HOOK },
  HOOK_SCRIPT_MISSING: {
    means: "A hook manager is installed, but the script that it should run for the hook does not exist.",
    example: { hook: "pre-push", path: ".husky/pre-push", manager: "husky" },
  },
  HOOK_SWITCHED_OFF: {
    means: "A setting makes the hook manager run no hook.",
    example: { manager: "husky", setting: "HUSKY=0", where: "in the environment" },
  },
  MANAGER_INACTIVE: {
    means: "The repository is set up for a hook manager whose hooks this clone does not run.",
    example: { manager: "lefthook", sign: "lefthook.yml", command: "npx lefthook install" },
  },
  CONFIGURED_HOOK_IGNORED: {
    means: "The hook is set in git's configuration, but this git is too old to run it from there.",
    example: { name: "countersign", version: "2.43.0" },
  },
  CONFIGURED_HOOK_DISABLED: {
    means: "The hook is set in git's configuration, but is switched off there.",
    example: { name: "countersign" },
  },
  HOOK_TWICE: {
    means: "git runs countersign for the same push from its configuration and from a hook file.",
    example: { name: "countersign", path: ".git/hooks/pre-push" },
  },
  ONE_REF_ONLY: {
    means: "A push of two branches was refused for only one of them: the hook did not see the other.",
    example: { manager: "pre-commit", missed: "release/probe" },
  },
  STDIN_NOT_PASSED: {
    means: "The program that runs the hook does not pass on git's standard input.",
    example: { manager: "lefthook", fix: "set `use_stdin: true` for it in lefthook's configuration" },
  },
  JOB_PASSED_OVER: {
    means: "lefthook skipped countersign's job, because it runs commands only for files that are pushed.",
    example: { manager: "lefthook" },
  },
  PUSH_UNSEEN: {
    means: "A push that must be refused went through a hook in which countersign is named.",
    example: { hook: "pre-push" },
  },
  HOOK_BROKEN: {
    means: "The hook refuses every push because countersign reaches no verdict in it.",
    example: { hook: "pre-push", said: SAID },
  },
  INNOCENT_REFUSED: {
    means: "A push of commits made without AI was refused.",
    example: { hook: "pre-push", said: ["tests failed"] },
  },
  REFUSED_OTHERWISE: {
    means: "Something else in the hook refused the probe before countersign judged it.",
    example: { hook: "pre-push", said: ["tests failed"] },
  },
  HOOK_LATE: { means: "The hook took longer than doctor waits for it.", example: { hook: "pre-push", seconds: 120 } },
  PROBE_FAILED: {
    means: "doctor could not make the push with which it tests a hook.",
    example: { said: ["fatal: No space left on device"] },
  },
  PROBE_REDIRECTED: {
    means: "doctor did not make the push with which it tests a hook, because git would have sent it elsewhere.",
    example: { folder: "/tmp/countersign-Xk2" },
  },
  NODE_HIDDEN: {
    means: "Graphical git clients run hooks with a shorter PATH, on which node is not found.",
    example: { path: "/usr/bin:/bin", node: "/home/bob/.nvm/bin/node", how: "the hook refuses every push" },
  },
  COMMIT_HOOKS_ABSENT: {
    means: "The hooks that record an agent's part when a commit is made do not call countersign.",
    example: { hooks: ["prepare-commit-msg", "commit-msg"] },
  },
};
