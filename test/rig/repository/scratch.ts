import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OBJECT_FORMAT, OWN_CONFIG } from "../suite/variation.ts";

/** A folder with its own HOME. It is removed at the end of the `using` block. */
export interface Scratch extends Disposable {
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Nothing of the caller's environment but the PATH: git's own variables would lead every command to the repository
 * whose hook may be running this very suite.
 */
export function openScratch(): Scratch {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "countersign-")));
  const config = join(dir, "gitconfig");
  const settings =
    '[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[receive]\n\tautogc = false\n[protocol "file"]\n\tallow = always\n';
  writeFileSync(config, settings + OWN_CONFIG);
  const env: NodeJS.ProcessEnv = {
    PATH: process.env["PATH"],
    HOME: dir,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: config,
    GIT_DEFAULT_HASH: OBJECT_FORMAT,
    LC_ALL: "C",
    TZ: "UTC",
  };
  return { dir, env, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }) };
}
