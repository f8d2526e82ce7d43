import type { DoctorMessages } from "../message.ts";

export interface HookFile {
  readonly hook: string;
  readonly path: string;
}

const UNSEEN = "git then runs nothing and lets every push through";

/** Why a hook does not run, or sees less than it should. */
export const hookFindings = {
  HOOKS_FOLDER_MISSING: (data: { folder: string }) => ({
    state: "wrong",
    what: `core.hooksPath leads to ${data.folder}, which is not there`,
    why: UNSEEN,
    fix: "run `npm install` where a hook manager keeps its hooks there, or `git config --unset core.hooksPath` and `countersign init`",
  }),
  HOOK_MISSING: ({ hook, path }: HookFile) => ({
    state: "wrong",
    what: `there is no hook ${hook}: ${path} does not exist`,
    why: UNSEEN,
    fix: installs(hook),
  }),
  HOOK_DANGLING: ({ hook, path }: HookFile) => ({
    state: "wrong",
    what: `the hook ${hook} is a link that leads nowhere: ${path}`,
    why: UNSEEN,
    fix: `remove the link, then ${installs(hook)}`,
  }),
  HOOK_NOT_EXECUTABLE: ({ path }: HookFile) => ({
    state: "wrong",
    what: `${path} is not executable`,
    why: `${UNSEEN}, with only a hint`,
    fix: `run \`chmod +x ${path}\``,
  }),
  HOOK_LINE_ENDS: ({ path }: HookFile) => ({
    state: "wrong",
    what: `the first line of ${path} ends in CRLF`,
    why: "the system looks for an interpreter whose name ends in a carriage return, so every push fails",
    fix: "save it with line feeds alone, and have .gitattributes keep them: `.husky/* text eol=lf`",
  }),
  HOOK_FOREIGN: ({ hook, path }: HookFile) => ({
    state: "wrong",
    what: `the hook ${hook} runs, but countersign does not: ${path} does not call it`,
    why: "a push of AI-assisted commits that nobody co-signed went through",
    fix: installs(hook),
  }),
  HOOK_SCRIPT_MISSING: ({ hook, path, manager }: HookFile & { manager: string }) => ({
    state: "wrong",
    what: `${manager} is switched on, but has nothing to run for ${hook}: ${path} does not exist`,
    why: `${manager} then succeeds without running anything, and every push goes through`,
    fix: installs(hook),
  }),
  HOOK_SWITCHED_OFF: ({ manager, setting, where }: { manager: string; setting: string; where: string }) => ({
    state: "wrong",
    what: `${setting} is set (${where}), which switches the hooks of ${manager} off`,
    why: `${manager} then succeeds without running any of them, and every push goes through`,
    fix: "unset it, and open a new shell",
  }),
  MANAGER_INACTIVE: ({ manager, sign, command }: { manager: string; sign: string; command: string }) => ({
    state: "wrong",
    what: `${sign} is for ${manager}, but git does not run the hooks of ${manager}`,
    why: "a clone has no hooks of its own: each has to be set up once",
    fix: `run \`${command}\``,
  }),
  CONFIGURED_HOOK_IGNORED: ({ name, version }: { name: string; version: string }) => ({
    state: "wrong",
    what: `hook.${name} is set in git's configuration, but git ${version} does not run such hooks`,
    why: "git runs them from 2.54 on; an older git silently ignores them",
    fix: "install git 2.54 or newer, or set up a hook file with `countersign init`",
  }),
  CONFIGURED_HOOK_DISABLED: ({ name }: { name: string }) => ({
    state: "wrong",
    what: `hook.${name}.enabled is false`,
    why: "git then does not run the hook",
    fix: `run \`git config --unset hook.${name}.enabled\` where it is set`,
  }),
  HOOK_TWICE: ({ name, path }: { name: string; path: string }) => ({
    state: "advice",
    what: `countersign runs twice for each push: by hook.${name} and by ${path}`,
    why: "the verdict is the same, but every push waits for both",
    fix: "keep one of them",
  }),
  ONE_REF_ONLY: ({ manager, missed }: { manager: string; missed: string }) => ({
    state: "wrong",
    what: `${manager} gave the hook only one branch of the probe, and not ${missed}`,
    why: "of a push of several branches only one is judged, and the others go through unseen",
    fix: "run `countersign init`, which sets it up to pass on the whole list, or install the hook directly",
  }),
  STDIN_NOT_PASSED: ({ manager, fix }: { manager: string; fix?: string }) => ({
    state: "wrong",
    what: `${manager} runs the hook without git's list of what is pushed`,
    why: "the hook cannot judge what it does not see, and refuses every push",
    fix: fix ?? "have it pass standard input on",
  }),
  JOB_PASSED_OVER: ({ manager }: { manager: string }) => ({
    state: "wrong",
    what: `${manager} skipped countersign because HEAD changes no files against its upstream`,
    why: "it runs commands only where HEAD changes files, whatever else is pushed, so such pushes go through unseen",
    fix: "make it a script with `use_stdin: true`, which runs for every push; `countersign init` writes one",
  }),
  PUSH_UNSEEN: ({ hook }: { hook: string }) => ({
    state: "wrong",
    what: `a push of AI-assisted commits that nobody co-signed went through ${hook}`,
    why: "countersign is named in the hook, but did not judge what was pushed: it did not run, or its answer was dropped",
    fix: `see that the hook ${calls(hook)}`,
  }),
  HOOK_BROKEN: ({ hook, said }: { hook: string; said: readonly string[] }) => ({
    state: "wrong",
    what: `the hook ${hook} refuses every push`,
    why: "countersign reached no verdict in it, and then lets nothing through",
    fix: "repair what it reports",
    details: said,
  }),
  INNOCENT_REFUSED: ({ hook, said }: { hook: string; said: readonly string[] }) => ({
    state: "wrong",
    what: `the hook ${hook} also refuses a push of commits made without AI`,
    why: "another part of the hook refuses it, or countersign sees a mark of AI where there is none",
    fix: "see what it says; parts that refuse some branches by name are fine",
    details: said,
  }),
  REFUSED_OTHERWISE: ({ hook, said }: { hook: string; said: readonly string[] }) => ({
    state: "unclear",
    what: `the hook ${hook} refused the probe, but not for its commits`,
    why: "another part of the hook came first, so it is not known whether countersign saw every branch",
    fix: "see what it says; run doctor again once that part lets a push to two branches pass",
    details: said,
  }),
  HOOK_LATE: ({ hook, seconds }: { hook: string; seconds: number }) => ({
    state: "unclear",
    what: `the hook ${hook} did not end within ${seconds} seconds`,
    why: "something else in the hook takes that long, or waits for input",
    fix: "move slow checks such as tests out of it, or run `git push` by hand to see what it waits for",
  }),
  PROBE_FAILED: ({ said }: { said: readonly string[] }) => ({
    state: "unclear",
    what: "git could not push to a scratch repository in the temporary folder",
    why: "without such a push it cannot be shown that the hook runs",
    fix: "see what git says; TMPDIR names another temporary folder",
    details: said,
  }),
  PROBE_REDIRECTED: ({ folder }: { folder: string }) => ({
    state: "unclear",
    what: `a url.*.insteadOf of git's configuration rewrites addresses that begin like ${folder}`,
    why: "the probe push could leave this machine, so it was not made",
    fix: "make the rewritten beginning longer, or set TMPDIR to another folder",
  }),
  NODE_HIDDEN: ({ path, node, how }: { path: string; node: string; how: string }) => ({
    state: "advice",
    what: `with the PATH ${path}, as some graphical git clients have it, ${how}`,
    why: `node is at ${node}, and only a shell's start-up files lead there`,
    fix: "set the PATH where the client or the hook manager reads it (husky: ~/.config/husky/init.sh), or start the client from a terminal",
  }),
  COMMIT_HOOKS_ABSENT: ({ hooks }: { hooks: readonly string[] }) => ({
    state: "advice",
    what: `${hooks.join(", ")} ${hooks.length === 1 ? "does" : "do"} not call countersign`,
    why: "an agent's part in a commit is then known only if the agent says so itself, and mistakes show up only at the push",
    fix: "run `countersign init`",
  }),
} as const satisfies DoctorMessages;

function installs(hook: string): string {
  return hook === "pre-receive"
    ? "run `countersign server install` in this repository; if there is another hook, it says how both can run"
    : "run `countersign init`";
}

function calls(hook: string): string {
  const args = hook === "pre-receive" ? "" : "its arguments and ";
  return `calls countersign-${hook} with ${args}its standard input, and ends as it ends`;
}
