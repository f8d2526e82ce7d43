import { shellWord } from "../shell-word.ts";
import type { Messages } from "./message.ts";

/** What a project's packages are installed by. */
type Installer = "npm" | "pnpm" | "yarn" | "bun" | "plug and play";

const GLOBALLY = "`npm install --global countersign`";

const INSTALL: Readonly<Record<Installer | "nothing", string>> = {
  npm: "run `npm install --save-dev countersign` first",
  pnpm: "run `pnpm add --save-dev countersign` first",
  yarn: "run `yarn add --dev countersign` first",
  bun: "run `bun add --dev countersign` first",
  "plug and play": `run \`yarn config set nodeLinker node-modules\` and \`yarn install\`, or ${GLOBALLY}; then run init again`,
  nothing: `run ${GLOBALLY} first; there is no package.json here whose packages could bring it`,
};

/** Why a repository, or the hooks of an AI agent in it, are not set up. */
export const setupFaults = {
  UNATTENDED: ({ missing }: { missing: string }) => ({
    what: `this needs answers, and cannot ask: ${missing}`,
    why: "init writes only what someone has chosen",
    fix: "run it in a terminal, or add --yes to take the defaults and what the options say; --dry-run shows them",
  }),
  HOOK_NOT_INSTALLED: ({
    bin,
    folder,
    installer,
  }: {
    bin: string;
    folder: string;
    installer?: Installer | undefined;
  }) => ({
    what: `${bin} is neither in ${folder} nor on the PATH`,
    why:
      installer === "plug and play"
        ? "Yarn's Plug'n'Play installs no program that git's hooks could start, and a hook that is not found refuses every push"
        : "a hook that is not found refuses every push",
    fix: INSTALL[installer ?? "nothing"],
  }),
  SERVER_HOOK_TAKEN: ({ path, kept }: { path: string; kept: string }) => ({
    what: `there is a hook already: ${path}`,
    why: "it is not countersign's, so it is left as it is",
    fix: `to have both, run \`mv ${shellWord(path)} ${shellWord(kept)}\` and then the command again: the push is judged first, and that hook runs after it with the same input`,
  }),
  MANAGER_UNFIT: ({ manager, reason, fix }: { manager: string; reason: string; fix: string }) => ({
    what: `${manager} cannot be set up here: ${reason}`,
    why: "a hook that is in use must not be lost, and a hook that would not run is not written",
    fix,
  }),
  MANAGER_FAILED: ({ command, end, said }: { command: string; end: string; said: string }) => ({
    what: `\`${command}\` ended with ${end}`,
    why: "the hooks are not in place; what was changed before was undone",
    fix: "run the command by itself to see the failure, then init again",
    details: said
      .split("\n")
      .filter((line) => line.trim() !== "")
      .slice(0, 6),
  }),
  FILE_UNFIT: ({ path, reason, wanted }: { path: string; reason: string; wanted: readonly string[] }) => ({
    what: `${path} cannot be extended without risk: ${reason}`,
    why: "nothing in that file may be lost",
    fix: "add the lines above by hand, then run init again",
    details: wanted,
  }),
  FILE_UNWRITABLE: ({ path, reason }: { path: string; reason: string }) => ({
    what: `${path} cannot be written: ${reason}`,
    why: "files are written only inside this repository, never through a link, and all of them or none; nothing was changed",
    fix: "put a plain file or folder there that you may write to, or where core.hooksPath leads out of the repository run `git config --unset core.hooksPath`; then run the command again",
  }),
  AGENT_UNKNOWN: ({ agent, known }: { agent: string; known: readonly string[] }) => ({
    what: `"${agent}" is not an agent that countersign knows`,
    why: "each agent has a configuration of its own",
    fix: `name one of these: ${known.join(", ")}`,
  }),
  AGENT_WITHOUT_HOOKS: ({ agent, reason }: { agent: string; reason: string }) => ({
    what: `${agent} cannot be set up in a project: ${reason}`,
    why: "its own hooks would have to call `countersign mark`",
    fix: "leave it out; what it discloses in its commits, and what the commit hooks detect, still counts",
  }),
  AGENT_FILE_INVALID: ({ file, problem }: { file: string; problem: string }) => ({
    what: `${file} cannot be changed: ${problem}`,
    why: "its other content would be lost, so no file was written",
    fix: "correct the file, then run the command again",
  }),
  AGENT_FILE_TAKEN: ({ file, problem }: { file: string; problem: string }) => ({
    what: `${file} ${problem}`,
    why: "this file can hold only one program, and yours would be overwritten, so no file was written",
    fix: "move what is yours into a file of your own, remove this one, then run the command again",
  }),
  AGENT_FILE_UNUSABLE: ({ file, problem }: { file: string; problem: string }) => ({
    what: `${file} cannot be used: ${problem}`,
    why: "files are written only inside the work tree, never through a link; nothing was changed",
    fix: "put a plain file or folder there that you may write to, then run the command again",
  }),
} as const satisfies Messages;
