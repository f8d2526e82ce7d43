import type { ObjectId } from "@countersign/core";
import { type Audit, noticesOf, wholeVerdict } from "@countersign/core/internal";
import { describe, expect, it } from "vitest";
import type { Signing, World } from "../landings/world.ts";
import { auditWorld, foundIn, openAuditWorld, POLICY_FILE } from "./audit-world.ts";

const REASON = "uploads fail for every customer";
const DAY = 86_400;
const NIGHT = { rest: "emergency: { level: principal, reviewWithin: 3d }\n" };
const FOR_REASON: Signing = { by: "kim", block: (block) => ({ ...block, emergency: REASON }) };

const URGENT = `Fix uploads\n\nAssisted-by: claude:x\nEmergency: ${REASON}\n`;

/** Lands an agent's commit in an emergency that Kim has signed. */
async function landUrgent(w: World): Promise<ObjectId> {
  const head = w.commit(w.main, { "b.txt": "b\n" }, URGENT);
  await w.sign(head, FOR_REASON);
  return w.lands(head);
}

/** Signs what is on main already, for where it stood before. */
async function review(w: World, landed: ObjectId, signing: Signing = {}): Promise<void> {
  const [parent] = w.repository.parentsOf(landed);
  await w.sign(landed, { what: "each", target: parent as ObjectId, branches: { main: parent }, ...signing });
}

/** What an audit says of each landing, notices too. */
function told(audited: Audit): Readonly<Record<string, readonly string[]>> {
  const notices = new Map(audited.found.map((each) => [each.verdict.update.new, noticesOf(wholeVerdict(each))]));
  const found = [...foundIn(audited)].map(([commit, codes]) => {
    return [commit, [...codes, ...(notices.get(commit) ?? []).map(({ code }) => code)]];
  });
  return Object.fromEntries(found);
}

describe("what landed in an emergency", () => {
  it("is due for a review, and fails no audit before that is overdue", async () => {
    const w = openAuditWorld(NIGHT);
    const landed = await landUrgent(w);
    const audited = await auditWorld(w, { now: w.now + 3 * DAY - 1 });
    expect([audited.outcome, told(audited)]).toEqual(["allow", { [landed]: ["EMERGENCY_LANDING"] }]);
  });

  it("fails the audit once its review is overdue, whatever its commit is dated", async () => {
    const w = openAuditWorld(NIGHT);
    const landed = await landUrgent(w);
    const audited = await auditWorld(w, { now: w.now + 3 * DAY });
    expect([audited.outcome, told(audited)]).toEqual(["deny", { [landed]: ["EMERGENCY_UNREVIEWED"] }]);
  });

  it("is as any other landing once it is reviewed, in time or late", async () => {
    const w = openAuditWorld(NIGHT);
    const landed = await landUrgent(w);
    const { now } = w;
    w.now += 20 * DAY;
    await review(w, landed);
    expect(await auditWorld(w)).toMatchObject({ outcome: "allow", found: [], assisted: 1 });
    expect(await auditWorld(w, { now: now + 400 * DAY })).toMatchObject({ outcome: "allow", found: [] });
  });

  it.each<[what: string, signing: Signing]>([
    ["one who may not review it", { by: "bob" }],
    ["the emergency's signature again", FOR_REASON],
  ])("is not reviewed by %s", async (_, signing) => {
    const w = openAuditWorld(NIGHT);
    const landed = await landUrgent(w);
    w.now += 4 * DAY;
    await review(w, landed, signing);
    expect(told(await auditWorld(w))).toEqual({ [landed]: ["EMERGENCY_UNREVIEWED"] });
  });

  it("has all of its time where the first of two reviews comes after the emergency's signature is too old", async () => {
    const w = openAuditWorld({ ...NIGHT, cosign: "count: 2, maxAge: 1d" });
    const landed = await landUrgent(w);
    w.now += 2 * DAY;
    await review(w, landed);
    expect(told(await auditWorld(w))).toEqual({ [landed]: ["EMERGENCY_LANDING"] });
    w.now += DAY / 2;
    await review(w, landed, { by: "carl" });
    expect(told(await auditWorld(w))).toEqual({});
  });

  it("came around the gate where the key that signed for it is revoked now", async () => {
    const w = openAuditWorld(NIGHT);
    const landed = await landUrgent(w);
    const key = /kim.*?"(ssh-ed25519 [\w+/=]+)/.exec(w.policyFile)?.[1];
    w.main = w.commit(w.main, { [POLICY_FILE]: `${w.policyFile}revoked: ["${key}"]\n` }, "revoke\n");
    expect(told(await auditWorld(w))).toMatchObject({ [landed]: ["COSIGN_MISSING", "EMERGENCY_UNPROVEN"] });
  });

  it.each(["each", "branch"] as const)("came around the gate where it was signed only later, as %s", async (what) => {
    const w = openAuditWorld(NIGHT);
    const landed = w.commit(w.main, { "b.txt": "b\n" }, URGENT, { date: w.now });
    w.main = w.commit(landed, { "c.txt": "c\n" }, "by hand\n", { date: w.now + DAY });
    w.now += 40 * DAY;
    await review(w, landed, { ...FOR_REASON, what });
    expect(told(await auditWorld(w))).toEqual({ [landed]: ["COSIGN_MISSING", "EMERGENCY_UNPROVEN"] });
  });

  it("is due where its branch was signed before it was pushed, along with later work", async () => {
    const w = openAuditWorld(NIGHT);
    const urgent = w.commit(w.main, { "b.txt": "b\n" }, URGENT, { date: w.now });
    const head = w.commit(urgent, { "c.txt": "c\n" }, "by hand\n", { date: w.now + 60 });
    w.now += DAY;
    await w.sign(head, FOR_REASON);
    await w.lands(head);
    w.main = w.commit(w.main, { "d.txt": "d\n" }, "by hand\n", { date: w.now + DAY });
    expect(told(await auditWorld(w, { now: w.now + DAY }))[urgent]).toEqual(["EMERGENCY_LANDING"]);
  });

  it("came around the gate where nobody had signed for it", async () => {
    const w = openAuditWorld(NIGHT);
    w.main = w.commit(w.main, { "b.txt": "b\n" }, `Fix\n\nAssisted-by: claude:x\nEmergency: ${REASON}\n`);
    expect(told(await auditWorld(w))).toEqual({ [w.main]: ["COSIGN_MISSING", "EMERGENCY_UNPROVEN"] });
  });

  it("is found by the record of its signature where a squash left all trailers out", async () => {
    const w = openAuditWorld(NIGHT);
    const head = w.commit(w.main, { "b.txt": "b\n" }, `Fix\n\nAssisted-by: claude:x\nEmergency: ${REASON}\n`);
    await w.sign(head, FOR_REASON);
    w.main = await w.button("squash", head, { message: "Fix (#1)\n" });
    expect(told(await auditWorld(w))).toEqual({ [w.main]: ["MARKS_LOST"] });
  });
});
