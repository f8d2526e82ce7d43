import { describe, expect, it } from "vitest";
import { ASSISTED, attempt, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { ADA, assist, expectScreen, openCosignWorld } from "./cosign-world.ts";
import { cosign } from "./terminal-session.ts";

const REASON = "the editor added the line";
const DISPUTED = `${ASSISTED}Assisted-by: none (${REASON})\n`;
const MAY = "disputes: { level: senior }\n";
const COVERS = "It does not cover the commit message, except the line by which it disputes its marks.";

describe("a person who co-signs", () => {
  it("proves the dispute of an own commit, and is told so", async () => {
    using world = openCosignWorld({ rules: MAY });
    expectRefused(attempt(world, world.dev.commit(DISPUTED, { author: ADA })), "DISPUTE_UNPROVEN");
    const { status, screen } = await cosign(world.ada);
    expectScreen(screen, `dispute   by line 4 no AI took part: ${REASON}`, "that this is true", COVERS);
    expect(status).toBe(0);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), `disputed by ada@acme.example (signed): ${REASON}`);
  });

  it("proves it too where a rule denies what agents do", async () => {
    const rules = "rules: [{ name: by hand, agents: [claude-code], deny: Not by agents. }]\n";
    using world = openCosignWorld({ rules: MAY + rules });
    expectRefused(attempt(world, world.dev.commit(DISPUTED)), "DENIED_BY_RULE", "DISPUTE_UNPROVEN");
    const { status, screen } = await cosign(world.ada);
    expect(status).toBe(0);
    expectScreen(screen, "(disputes)");
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "disputed by ada@acme.example (signed)");
  });

  it("is asked for no dispute where there is none", async () => {
    using world = openCosignWorld({ rules: MAY });
    assist(world, "Retry uploads", `${CLAUDE}\nAssisted-by: none`);
    const { screen } = await cosign(world.ada);
    expect(screen).not.toContain("dispute");
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "co-signed by ada@acme.example (signed)");
  });

  it("cannot prove the dispute of an own commit where the policy takes nobody's word", async () => {
    using world = openCosignWorld();
    world.dev.commit(DISPUTED, { author: ADA });
    const { status, screen } = await cosign(world.ada);
    expectScreen(screen, "you are its author, and it needs a second person's review");
    expect(status).toBe(1);
  });
});
