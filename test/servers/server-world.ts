import { execFile } from "node:child_process";
import { expect } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";
import { asSaid } from "../rig/worlds/receive-world.ts";

/** A server with the hook as `countersign server install` writes it. */
export function openServerWorld(options?: Parameters<typeof openPushWorld>[0]): PushWorld {
  const world = openPushWorld(options);
  installHook(world.dev, world.server.dir);
  return world;
}

export function installHook(repo: Repo, path: string): void {
  expect(countersign(repo, ["server", "install", path])).toMatchObject({ status: 0, stderr: "" });
}

export interface Pushed {
  readonly status: number;
  /** What git and the hook said, without what git puts around the lines of the server. */
  readonly said: string;
}

/** A push past the hook of the clone, while a server of this process goes on. */
export function pushTo(
  { dir, env }: Repo,
  url: string,
  refs: readonly string[],
  { options = [], variables = {} }: { options?: readonly string[]; variables?: NodeJS.ProcessEnv } = {},
): Promise<Pushed> {
  const args = ["push", "--no-verify", ...options, url, ...refs];
  return new Promise((resolve) => {
    execFile("git", args, { cwd: dir, env: { ...env, ...variables } }, (error, _, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, said: asSaid(stderr) });
    });
  });
}
