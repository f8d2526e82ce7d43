import { expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { cloneFor, LEDGER, NAMED } from "./clones.ts";
import { ADA, assist, expectScreen, openCosignWorld } from "./cosign-world.ts";
import { cosign } from "./terminal-session.ts";

const REASON = "uploads fail for every customer";

it.each([[[]], [["--each"]]])(
  "an emergency that the remote refuses is printed by the command that is said: %j",
  async (more) => {
    using world = openCosignWorld({ rules: `emergency: { level: senior, reviewWithin: 3d }\n${NAMED}` });
    assist(world, "Fix uploads", `${CLAUDE}\nEmergency: ${REASON}`);
    world.dev.git(["push", "-q", "--no-verify", "origin", "HEAD:upload"]);
    const clone = cloneFor(world, "ada", ADA, world.key);
    world.server.git(["config", "transfer.hideRefs", LEDGER]);
    const { status, screen } = await cosign(clone, ["--emergency", REASON, ...more, "upload"]);
    expect(status).toBe(2);
    const command = ["countersign cosign --print --emergency", `'${REASON}'`, ...more, "upload"].join(" ");
    expectScreen(screen, `\`${command}\``);
    const printed = countersign(clone, ["cosign", "--print", "--emergency", REASON, ...more, "upload"]);
    expect(printed).toMatchObject({ status: 0, stdout: expect.stringContaining(`\nemergency ${REASON}\n`) });
  },
);
