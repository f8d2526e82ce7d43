import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programLines } from "../process/warm/programs.ts";
import { refsOf } from "../repository/refs.ts";
import type { Repo } from "../repository/repo.ts";
import { PRE_RECEIVE_BIN } from "../suite/bins.ts";
import { hookStatusFile, openPushWorld, type PushWorld, readHookStatus } from "./push-world.ts";

export interface ReceiveHook {
  /** Shell lines before the bin. */
  readonly before?: string;
  /** What is put in front of the command, such as `env -i`; then node is started for it. */
  readonly through?: string;
}

/** The world of a push in which the server has the hook, and what the engineer has is skipped with `--no-verify`. */
export function openReceiveWorld(options: Parameters<typeof openPushWorld>[0] & ReceiveHook = {}): PushWorld {
  const world = openPushWorld(options);
  installPreReceive(world.server, options);
  const pushWith: PushWorld["pushWith"] = (git, ...args) => receivePush(world, git, args);
  return { ...world, pushWith, push: (...args) => pushWith([], ...args) };
}

function receivePush(
  { dev, server }: PushWorld,
  git: readonly string[],
  args: readonly string[],
): ReturnType<PushWorld["pushWith"]> {
  rmSync(hookStatusFile(server), { force: true });
  const result = dev.try([...git, "push", "--no-verify", ...args]);
  return { ...result, stderr: asSaid(result.stderr), refs: refsOf(server), hook: readHookStatus(server) };
}

/** What the hook said, without what git puts around each line. */
export function asSaid(stderr: string): string {
  return stderr.replace(/^remote: ?(.*?) *$/gm, "$1");
}

/** A hook as a server has it, which notes its status. */
export function installPreReceive(server: Repo, { before = "", through }: ReceiveHook = {}): void {
  const hook = join(server.commonDir, "hooks", "pre-receive");
  const run =
    through === undefined
      ? programLines(PRE_RECEIVE_BIN)
      : `${through} "${process.execPath}" "${PRE_RECEIVE_BIN}"\nstatus=$?`;
  writeFileSync(hook, `#!/bin/sh\n${before}\n${run}\necho $status >"${hookStatusFile(server)}"\nexit $status\n`);
  chmodSync(hook, 0o755);
}
