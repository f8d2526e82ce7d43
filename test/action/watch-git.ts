import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GateWorld } from "./gate-world.ts";
import { TOKEN } from "./github-server.ts";

/** How git was started once. */
export interface GitCall {
  readonly args: string;
  readonly environment: string;
  /** Whether its environment has the token. */
  readonly isTold: boolean;
}

/** The token, and as it goes to git. */
export const SECRETS = [TOKEN, Buffer.from(`x-access-token:${TOKEN}`).toString("base64")];

/** The commands that talk with the forge, or read nothing of what was fetched. */
export const TALKS = / (?:ls-remote|fetch|symbolic-ref) /;

/** Watches how programs start git: `path` for their environment, `calls` in the order in which they were made. */
export function watchGit({ scratch, dev }: GateWorld): { readonly path: string; calls(): readonly GitCall[] } {
  const folder = join(scratch.dir, "watch");
  mkdirSync(join(folder, "bin"), { recursive: true });
  mkdirSync(join(folder, "calls"));
  const git = join(dev.git(["--exec-path"]), "git");
  const shim = `#!/bin/sh\n{ echo "$*"; env; } >${folder}/calls/$(date +%s.%N).$$\nexec "${git}" "$@"\n`;
  writeFileSync(join(folder, "bin/git"), shim);
  chmodSync(join(folder, "bin/git"), 0o755);
  return {
    path: `${join(folder, "bin")}:${process.env["PATH"]}`,
    calls: () =>
      readdirSync(join(folder, "calls"))
        .sort()
        .map((name) => {
          const [args = "", ...variables] = readFileSync(join(folder, "calls", name), "utf8").split("\n");
          const environment = variables.join("\n");
          return { args, environment, isTold: SECRETS.some((secret) => environment.includes(secret)) };
        }),
  };
}
