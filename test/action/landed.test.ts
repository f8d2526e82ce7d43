import { describe, expect, it } from "vitest";
import { LEDGER, NAMED } from "../cosign/clones.ts";
import { cosign } from "../cosign/terminal-session.ts";
import { attachNote, authorshipLog } from "../rig/agents/records.ts";
import { land, merge } from "./buttons.ts";
import { type GateRun, type GateWorld, openGateWorld } from "./gate-world.ts";
import { exampleReview, landedEvent } from "./payloads.ts";
import { ASSISTED, BY_HAND, nameAccount, openPull, TYPED } from "./pulls.ts";

const POLICY = "countersign.config.yaml";

/** The policy in force without a line of it. */
function policyWithout({ server }: GateWorld, line: string): string {
  const policy = `${server.git(["show", `refs/heads/main:${POLICY}`])}\n`;
  expect(policy).toContain(line);
  return policy.replace(line, "");
}

/** The merge button is pressed, whatever the gate says of it, and what landed is judged. */
async function mergeAndJudge(world: GateWorld, number: number, head: string): Promise<GateRun> {
  const { server } = world;
  const landed = land(server, "main", merge(server, server.oid("refs/heads/main"), head, number));
  world.github.open(number, head).state = "closed";
  world.github.landed.set(landed.after, [number]);
  return world.gate("push", landedEvent("refs/heads/main", landed));
}

describe("what landed is judged by the evidence that the policy before it reads", () => {
  const NOTES = "evidence: { gitAiNotes: true }\n";

  it("though it has the policy read none", async () => {
    await using world = await openGateWorld(`${TYPED}${NOTES}`);
    const { dev } = world;
    const files = { [POLICY]: policyWithout(world, NOTES) };
    openPull(world, 1, ["Read no notes\n\nCo-signed-by: Ada Lovelace <ada@acme.example>\n"], { files });
    const head = openPull(world, 1, [BY_HAND], { from: "HEAD" });
    attachNote(dev, head, authorshipLog("claude"));
    dev.git(["push", "-q", "--no-verify", "origin", "refs/notes/ai"]);
    const audited = await mergeAndJudge(world, 1, head);
    expect(audited.status).toBe(1);
    expect(audited.stdout).toContain("title=COSIGN_MISSING::");
  });

  it("and by a co-sign of the ledger, though it takes that out of the policy", async () => {
    await using world = await openGateWorld(NAMED);
    const { server, senior } = world;
    const head = openPull(world, 1, [ASSISTED], {
      files: { [POLICY]: policyWithout(world, NAMED), "retry.txt": "1\n" },
    });
    expect((await cosign(senior, ["1"])).status).toBe(0);
    expect(server.oid(LEDGER)).toMatch(/^[0-9a-f]{40}$/);
    expect((await world.judge(1)).status).toBe(0);
    const audited = await mergeAndJudge(world, 1, head);
    expect({ status: audited.status, stdout: audited.stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining("countersign: may land: 2 new commits, 1 AI-assisted\n"),
    });
  });
});

it("a merge that landed is asked for by itself, and not once more by each commit that it brought", async () => {
  await using world = await openGateWorld("cosign: { proof: reviewed }\n");
  const { github } = world;
  nameAccount(world);
  const head = openPull(world, 14, [ASSISTED, BY_HAND, ASSISTED]);
  github.reviews.set(14, [exampleReview("ada-l", head, "2026-11-28T10:00:00Z")]);
  const audited = await mergeAndJudge(world, 14, head);
  expect({ status: audited.status, stdout: audited.stdout }).toEqual({
    status: 0,
    stdout: "countersign: may land: 4 new commits, 2 AI-assisted\n",
  });
  expect(github.asked.filter((asked) => /\/commits\/\w+\/pulls/.test(asked))).toHaveLength(1);
});
