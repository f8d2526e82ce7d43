import { spawnSync } from "node:child_process";
import { COUNTERSIGN_BIN, PRE_PUSH_BIN } from "../rig/bins.ts";
import { CLAUDE, openPushWorld } from "../rig/push-world.ts";
import { compare } from "./compare.ts";

/** What the hook costs on a push of one AI-assisted commit, beside what starting Node costs. */
export function benchPrePush(): void {
  using world = openPushWorld();
  const { dev } = world;
  const old = dev.oid("HEAD");
  const tip = dev.commit(`Retry uploads\n\n${CLAUDE}\n`);
  const input = `refs/heads/main ${tip} refs/heads/main ${old}\n`;
  const node =
    (...args: string[]) =>
    () =>
      void spawnSync(process.execPath, args, {
        cwd: dev.dir,
        env: dev.env,
        input,
        stdio: ["pipe", "ignore", "ignore"],
      });
  compare("a push of one AI-assisted commit", 60, {
    "node -e 0": node("-e", "0"),
    "countersign-pre-push": node(PRE_PUSH_BIN, "origin", world.server.dir),
    "countersign --version": node(COUNTERSIGN_BIN, "--version"),
  });
}
