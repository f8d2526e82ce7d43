import { openLedger } from "@countersign/core/internal";
import { gatherOverview, type Overview } from "@countersign/report";
import { describe, expect, it } from "vitest";
import { openAuditWorld, planOf } from "../audit/audit-world.ts";
import type { Rules, Signing, World } from "../landings/world.ts";

const DAY = 86_400;
const REASON = "uploads fail";
const NIGHT: Rules = { rest: "emergency: { level: principal, reviewWithin: 3d }\n" };
const FOR_REASON: Signing = { by: "kim", block: (block) => ({ ...block, emergency: REASON }) };

async function gather(w: World): Promise<Overview> {
  const plan = await planOf(w);
  const ledger = plan.policy && openLedger(w.repository, plan, plan.policy.policy);
  return gatherOverview(w.repository, { ...plan, ledger });
}

/** A commit on main, of an agent where nothing else is said. */
function land(w: World, ai = true): void {
  w.main = w.commit(w.main, { "b.txt": "b\n" }, "work\n", { ai, date: w.now });
}

/** Signs what is on main already. */
async function remedy(w: World, signing: Signing = {}): Promise<void> {
  const [stood] = w.repository.parentsOf(w.main);
  await w.sign(w.main, { branches: { main: stood }, ...(stood && { target: stood }), what: "each", ...signing });
}

async function landUrgent(w: World): Promise<void> {
  const head = w.commit(w.main, { "b.txt": "b\n" }, `Fix\n\nAssisted-by: claude:x\nEmergency: ${REASON}\n`);
  await w.sign(head, FOR_REASON);
  w.main = head;
}

type Story = (w: World) => void | Promise<void>;

describe("the newest landing stands in a report", () => {
  it.each<[standing: string, codes: readonly string[], what: string, story: Story, rules?: Rules]>([
    ["unjudged", [], "where it brings the policy itself", () => {}],
    ["free", [], "where a person made it", (w) => land(w, false)],
    ["bypassed", ["COSIGN_MISSING"], "where nobody signed it", (w) => land(w)],
    ["warned", ["COSIGN_MISSING"], "where the policy only warned", (w) => land(w), { rest: "mode: warn\n" }],
    [
      "co-signed",
      [],
      "where it was remedied afterwards",
      async (w) => {
        land(w);
        w.now += DAY;
        await remedy(w);
      },
    ],
    ["emergency", ["EMERGENCY_LANDING"], "where it could not wait, and is to be reviewed", landUrgent, NIGHT],
    [
      "emergency",
      ["EMERGENCY_UNREVIEWED"],
      "where it was not reviewed in time",
      async (w) => {
        await landUrgent(w);
        w.now += 4 * DAY;
      },
      NIGHT,
    ],
    [
      "co-signed",
      [],
      "where it could not wait, and was reviewed",
      async (w) => {
        await landUrgent(w);
        w.now += DAY;
        await remedy(w);
      },
      NIGHT,
    ],
  ])("as %s, with %j, %s", async (standing, codes, _, story, rules = {}) => {
    const w = openAuditWorld(rules);
    await story(w);
    const last = (await gather(w)).landings.at(-1);
    expect([last?.standing, last?.wrong.map(({ code }) => code)]).toEqual([standing, codes]);
  });

  it.each([
    ["bypassed", false, []],
    ["co-signed", true, ["ada"]],
  ])("as %s, where a squash lost its marks and being remedied is %s", async (standing, isRemedied, signers) => {
    const w = openAuditWorld();
    const topic = w.commit(w.main, { "c.txt": "c\n" }, "work\n", { ai: true });
    await w.sign(topic, { by: "carl" });
    w.main = await w.button("squash", topic, { message: "Title (#1)\n" });
    w.now += DAY;
    if (isRemedied) await remedy(w);
    const { landings, asked, signed } = await gather(w);
    expect(landings.at(-1)?.standing).toBe(standing);
    expect(asked).toHaveLength(1);
    expect(signed.map(({ person }) => person.name)).toEqual(expect.arrayContaining(signers));
    expect(landings.at(-1)?.cosigns.map(({ person }) => person.name)).toEqual(expect.arrayContaining(signers));
  });

  it("as one of which nothing was asked, where it is proven that its marks are wrong", async () => {
    const w = openAuditWorld({ rest: "disputes: { level: senior }\n" });
    const message = "work\n\nAssisted-by: claude:x\nAssisted-by: none (a formatter)\n";
    const head = w.commit(w.main, { "b.txt": "b\n" }, message);
    await w.sign(head, { what: "each", block: (block) => ({ ...block, dispute: "a formatter" }) });
    w.main = head;
    const { landings, asked, signed } = await gather(w);
    expect(landings.at(-1)).toMatchObject({ standing: "free", wrong: [], cosigns: [] });
    expect([asked, signed]).toEqual([[], []]);
  });

  it("with the time that it waited, and the size of what was signed", async () => {
    const w = openAuditWorld();
    land(w);
    w.now += DAY;
    await remedy(w);
    const { signed } = await gather(w);
    expect(signed).toMatchObject([{ person: { name: "ada" }, proof: "signed", size: { files: 1, lines: 1 } }]);
    const [{ time, committed } = {}] = signed;
    expect((time ?? 0) - (committed ?? 0)).toBeGreaterThanOrEqual(DAY - 60);
  });
});
