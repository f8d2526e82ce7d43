import { getConfig, listRemotes } from "isomorphic-git";
import { unsupported } from "./faults.ts";
import { type Files, readText } from "./files.ts";
import type { Layout } from "./layout.ts";

/** A repository's own configuration. The user's and the machine's lie outside of it, and are not read. */
export class Config {
  readonly #fs: Files;
  readonly #layout: Layout;

  constructor(fs: Files, layout: Layout) {
    this.#fs = fs;
    this.#layout = layout;
  }

  async setting(name: string): Promise<string | undefined> {
    const value: unknown = await getConfig({ ...(await this.#place()), path: name });
    return value === undefined ? undefined : String(value);
  }

  async remotes(): Promise<readonly string[]> {
    return (await listRemotes(await this.#place())).map(({ remote }) => remote);
  }

  /** As git has it: a linked work tree is not bare; if nothing is set, the folder's name decides. */
  async isBare(): Promise<boolean> {
    const { gitdir, common } = this.#layout;
    if (gitdir !== common) return false;
    const bare = await this.setting("core.bare");
    return bare === undefined ? !/(?:^|\/)\.git$/.test(gitdir) : bare === "true";
  }

  /** What other files hold would be missing, and with it, perhaps, the remote that has the policy. */
  async #place(): Promise<{ readonly fs: Files; readonly gitdir: string }> {
    const gitdir = this.#layout.common;
    const text = (await readText(this.#fs, `${gitdir}/config`)) ?? "";
    if (/^[ \t]*\[include(?:If)?[\s\]"]/im.test(text)) throw unsupported("configuration that includes other files");
    return { fs: this.#fs, gitdir };
  }
}
