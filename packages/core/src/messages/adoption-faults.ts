import type { Message } from "./message.ts";

/** The words of every way in which a repository is not set up. */
export const adoptionFaultMessages = {
  UNATTENDED: ({ missing }: { missing: string }): Message => ({
    what: `nobody can be asked: ${missing}`,
    why: "what is written should be what somebody chose",
    fix: "run it in a terminal, or add --yes to take the defaults and what the options say; --dry-run shows them",
  }),
  HOOK_NOT_INSTALLED: ({ bin, folder }: { bin: string; folder: string }): Message => ({
    what: `${bin} is neither in ${folder} nor on the PATH`,
    why: "a hook that is not found refuses every push",
    fix: "run `npm install --save-dev countersign` first, or where there is no package.json `npm install --global countersign`",
  }),
  MANAGER_UNFIT: ({ manager, reason, fix }: { manager: string; reason: string; fix: string }): Message => ({
    what: `${manager} cannot be set up here: ${reason}`,
    why: "no hook that is in use may get lost, and none be written that does not run",
    fix,
  }),
  MANAGER_FAILED: ({ command, end, said }: { command: string; end: string; said: string }): Message => ({
    what: `\`${command}\` ended with ${end}`,
    why: "the hooks are not in place; what was changed before was taken back",
    fix: "run the command by itself to see the failure, then init again",
    details: said
      .split("\n")
      .filter((line) => line.trim() !== "")
      .slice(0, 6),
  }),
  FILE_UNFIT: ({ path, reason, wanted }: { path: string; reason: string; wanted: readonly string[] }): Message => ({
    what: `${path} cannot be extended without risk: ${reason}`,
    why: "nothing of what stands there may get lost",
    fix: "add the lines above by hand, then run init again",
    details: wanted,
  }),
  FILE_UNWRITABLE: ({ path, reason }: { path: string; reason: string }): Message => ({
    what: `${path} cannot be written: ${reason}`,
    why: "files are written in this repository alone, never through a link, and all of them or none; so none is changed",
    fix: "put a plain file or folder there that you may write to, or where core.hooksPath leads out of the repository run `git config --unset core.hooksPath`; then run the command again",
  }),
} as const;
