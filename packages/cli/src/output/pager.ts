import { spawn } from "node:child_process";
import { once } from "node:events";
import { type GitContext, git } from "@countersign/git/internal";
import { type Output, print } from "../context.ts";

/** Where a person reads something long. */
export interface Pager {
  /** Resolves when the text is taken; false once nobody reads any more. */
  write(text: string): Promise<boolean>;
  /** Resolves when the person has read to the end, or has left. */
  close(): Promise<void>;
}

/** How git starts a pager that is not configured otherwise: short texts stay on the screen, and colours are colours. */
const DEFAULTS = { LESS: "FRX", LV: "-c" };

/**
 * The pager that git would use, on the terminal that this process has. `onStart` is called before a program gets the
 * terminal: from then on Ctrl-C is meant for it, and comes here as well.
 */
export async function openPager(context: GitContext, terminal: Output, onStart = (): void => {}): Promise<Pager> {
  const { output } = await git(context, ["var", "GIT_PAGER"]);
  const command = output.trim();
  if (command === "" || command === "cat") {
    return { write: (text) => print(terminal, text), close: async () => {} };
  }
  onStart();
  // A line for the shell, as the person has set it up for git.
  const child = spawn(command, {
    cwd: context.cwd,
    env: { ...DEFAULTS, ...context.env },
    shell: true,
    stdio: ["pipe", "inherit", "inherit"],
  });
  const ended = once(child, "close");
  // A pager that is left early reads no further.
  child.stdin.on("error", () => {});
  return {
    write: (text) => {
      if (child.stdin.destroyed) return Promise.resolve(false);
      return new Promise((resolve) => child.stdin.write(text, (error) => resolve(!error)));
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
