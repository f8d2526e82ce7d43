import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";
import type { CosignWorld } from "./cosign-world.ts";
import { type SessionEnd, TerminalSession } from "./terminal-session.ts";

/** Runs `countersign cosign` at a terminal through a shell, with a redirection. */
export function cosignThrough(world: CosignWorld, redirection: string): Promise<SessionEnd> {
  const line = `'${process.execPath}' '${COUNTERSIGN_BIN}' cosign ${redirection}`;
  return new TerminalSession(world.ada, [], { program: ["/bin/sh", "-c", line] }).ended;
}
