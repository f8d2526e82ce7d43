import { expect, it } from "vitest";
import { NAMED } from "../cosign/clones.ts";
import { cosign } from "../cosign/terminal-session.ts";
import { openGateWorld } from "./gate-world.ts";
import { ASSISTED, CONTEXT, openPull } from "./pulls.ts";

it("a pull request in an emergency turns green by one signature, and everything that shows the verdict says so", async () => {
  await using world = await openGateWorld(`${NAMED}emergency: { level: senior, reviewWithin: 3d }\n`);
  const { github, senior } = world;
  const head = openPull(world, 12, [`${ASSISTED}Emergency: uploads fail\n`]);
  const { status, screen } = await cosign(senior, ["12", "--emergency", "uploads fail"]);
  expect({ status, screen }).toMatchObject({ status: 0 });

  const green = await world.judge(12, "opened");
  expect(green.status).toBe(0);
  expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "success" });
  const said = "may land in an EMERGENCY, not reviewed: 1 new commit, 1 AI-assisted";
  expect(github.statuses.get(head)?.[0]?.description).toBe(said);
  expect(green.stdout).toContain("::warning file=");
  expect(green.stdout).toContain("title=EMERGENCY_LANDING::");
  expect(green.summary).toContain("EMERGENCY_LANDING: ");
  // Written although nothing was refused before.
  expect(github.comments.get(12)).toMatchObject([{ body: expect.stringContaining("**EMERGENCY**, not reviewed") }]);
});
