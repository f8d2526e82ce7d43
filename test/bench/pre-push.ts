import { spawnSync } from "node:child_process";
import { COUNTERSIGN_BIN, PRE_PUSH_BIN } from "../rig/suite/bins.ts";
import { CLAUDE, openPushWorld } from "../rig/worlds/push-world.ts";
import type { Report } from "./report.ts";

/** What the hook costs on a push of one AI-assisted commit, beside what starting Node costs. */
export function benchPrePush(report: Report): void {
  using world = openPushWorld();
  const { dev } = world;
  const old = dev.oid("HEAD");
  const tip = dev.commit(`Retry uploads\n\n${CLAUDE}\n`);
  const input = `refs/heads/main ${tip} refs/heads/main ${old}\n`;
  const node =
    (...args: string[]) =>
    (probe: NodeJS.ProcessEnv) =>
      void spawnSync(report.node, args, {
        cwd: dev.dir,
        env: { ...dev.env, ...probe },
        input,
        stdio: ["pipe", "ignore", "ignore"],
      });
  report.compare(
    "A push of one AI-assisted commit",
    { rounds: 60 },
    {
      "node -e 0": node("-e", "0"),
      "countersign-pre-push": node(PRE_PUSH_BIN, "origin", world.server.dir),
      "countersign --version": node(COUNTERSIGN_BIN, "--version"),
    },
  );
}
