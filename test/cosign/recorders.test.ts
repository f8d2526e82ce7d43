import { describe, expect, it } from "vitest";
import { attachNote, authorshipLog } from "../rig/agents/records.ts";
import { attempt, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { ADA, assist, expectScreen, messageOf, openCosignWorld } from "./cosign-world.ts";
import { cosign } from "./terminal-session.ts";

const NOTES = "evidence: { gitAiNotes: true }\n";
const MARK = "Assisted-by: claude-code:claude-opus-4-6";

describe("an agent that only a note tells of", () => {
  it("is written into the message that a co-sign changes, as the note stays with the old id", async () => {
    using world = openCosignWorld({ rules: NOTES });
    attachNote(world.dev, world.dev.commit("Retry uploads\n"), authorshipLog("claude"));
    const { status, screen } = await cosign(world.ada);
    expectScreen(screen, `adds      ${MARK}, to `, "co-signed 1 commit");
    expect(status).toBe(0);
    expect(messageOf(world.dev, "HEAD")).toMatch(new RegExp(`^Retry uploads\n\n${MARK}\nCo-signed-by: Ada`));
    expectAllowed(
      attempt(world, world.dev.oid("HEAD")),
      "made with claude-code (line 3); co-signed by ada@acme.example",
    );
  });

  it("is not lost from a commit above the co-signed one either", async () => {
    using world = openCosignWorld({ rules: NOTES });
    assist(world, "Below");
    attachNote(world.dev, world.dev.commit("Above\n", { author: ADA }), authorshipLog("claude"));
    expect((await cosign(world.ada)).status).toBe(0);
    expect(messageOf(world.dev, "HEAD")).toBe(`Above\n\n${MARK}`);
    expectRefused(attempt(world, world.dev.oid("HEAD")), "COSIGN_MISSING", '"Above"', "2 new commits, 2 AI-assisted");
  });

  it("is told beside the word that disputes it", async () => {
    using world = openCosignWorld({ rules: `${NOTES}disputes: { level: senior }\n` });
    const reason = "the note is from a formatter";
    const tip = world.dev.commit(`Retry uploads\n\nAssisted-by: none - ${reason}\n`, { author: ADA });
    attachNote(world.dev, tip, authorshipLog("claude"));
    expect((await cosign(world.ada)).status).toBe(0);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), `disputed by ada@acme.example (signed): ${reason}`);
  });

  it("is not written twice where the message names it", async () => {
    using world = openCosignWorld({ rules: NOTES });
    attachNote(world.dev, assist(world), authorshipLog("claude"));
    expect((await cosign(world.ada)).status).toBe(0);
    expect(messageOf(world.dev, "HEAD")).not.toContain("Assisted-by");
  });

  it("may have no name", async () => {
    using world = openCosignWorld({ rules: NOTES });
    const note = authorshipLog("claude").replace('"tool": "claude"', '"tool": "mock_ai"');
    attachNote(world.dev, world.dev.commit("Retry uploads\n"), note);
    expect((await cosign(world.ada)).status).toBe(0);
    expect(messageOf(world.dev, "HEAD")).toContain("Assisted-by: AI\n");
  });
});
