import type { Block, ObjectId } from "@countersign/core";
import { describe, expect, it } from "vitest";
import type { Signing, World } from "../landings/world.ts";
import { auditWorld, foundIn, openAuditWorld, POLICY_FILE } from "./audit-world.ts";

const DAY = 86_400;

/** Puts an agent's commit on main, which nobody has signed. */
function bypass(w: World, files: Record<string, string | null> = { "b.txt": "b\n" }): ObjectId {
  w.main = w.commit(w.main, files, "work\n", { ai: true, by: "kim", date: w.now });
  return w.main;
}

/** A person's, which needs nobody. */
function workOn(w: World, name = "by-hand.txt"): ObjectId {
  w.main = w.commit(w.main, { [name]: "by hand\n" }, "work\n", { date: w.now });
  return w.main;
}

/** Has somebody co-sign what has landed, as `cosign --landed` does. */
async function remedy(w: World, landing: ObjectId, signing: Signing = {}): Promise<void> {
  const [stood] = w.repository.parentsOf(landing);
  await w.sign(landing, { branches: { main: stood }, ...(stood && { target: stood }), what: "each", ...signing });
}

async function found(w: World, asked: Parameters<typeof auditWorld>[1] = {}): Promise<unknown> {
  return Object.fromEntries(foundIn(await auditWorld(w, asked)));
}

describe("a remedy clears", () => {
  it("a commit that came around the gate, long after it landed", async () => {
    const w = openAuditWorld({ cosign: "maxAge: 1d" });
    const landed = bypass(w);
    workOn(w);
    w.now += 40 * DAY;
    expect(await found(w)).toEqual({ [landed]: ["COSIGN_MISSING"] });
    await remedy(w, landed);
    expect(await found(w)).toEqual({});
  });

  it("a merge, by its commits", async () => {
    const w = openAuditWorld();
    const topic = w.commit(w.commit(w.main, { "b.txt": "b\n" }, "one\n", { ai: true, date: w.now }), {
      "b.txt": "c\n",
    });
    workOn(w);
    w.main = await w.merge(w.main, topic, {}, { message: "Merge branch 'topic'\n" });
    const landed = w.main;
    workOn(w, "later.txt");
    expect(await found(w)).toEqual({ [landed]: ["COSIGN_MISSING"] });
    await remedy(w, landed);
    expect(await found(w)).toEqual({});
  });

  it("a change of the policy, by as many as that takes", async () => {
    const w = openAuditWorld({ rest: "policyChange: { count: 2 }\n" });
    w.main = w.commit(w.main, { [POLICY_FILE]: `${w.policyFile}disclosure: optional\n` });
    const landed = w.main;
    const byHand = ({ agents: _, ...block }: Block): Block => block;
    await remedy(w, landed, { block: byHand });
    expect(await found(w)).toEqual({ [landed]: ["POLICY_CHANGED"] });
    await remedy(w, landed, { by: "carl", block: byHand });
    expect(await found(w)).toEqual({});
  });

  it("a squash that lost its marks, though its co-signs were enough when it landed", async () => {
    const w = openAuditWorld();
    const head = w.commit(w.main, { "b.txt": "b\n" }, "work\n", { ai: true });
    await w.sign(head);
    w.now += DAY;
    w.main = await w.button("squash", head, { message: "Title (#1)\n" });
    const landed = w.main;
    expect(await found(w)).toEqual({ [landed]: ["MARKS_LOST"] });
    w.now += DAY;
    await remedy(w, landed);
    expect(await found(w)).toEqual({});
  });

  it("what landed before the policy named a ledger", async () => {
    const w = openAuditWorld();
    const silent = w.policyFile.replace("ledger: countersign/ledger\n", "");
    w.main = w.commit(w.start, { [POLICY_FILE]: silent }, "policy\n");
    const landed = bypass(w);
    w.main = w.commit(w.main, { [POLICY_FILE]: w.policyFile });
    const named = w.main;
    await remedy(w, landed);
    await remedy(w, named);
    expect(await found(w)).toEqual({});
  });
});

describe("a remedy is no more than a co-sign", () => {
  it.each<[what: string, signing: (w: World, landed: ObjectId) => Signing, codes: readonly string[]]>([
    ["of somebody below the level", () => ({ by: "bob" }), ["COSIGN_LEVEL"]],
    ["by somebody else's key", () => ({ key: "carl" }), ["COSIGN_MISSING"]],
    ["for another branch", (w) => ({ branches: { "release/1": w.start } }), ["COSIGN_MISSING", "COSIGN_MISMATCH"]],
    [
      "on a commit that is not in the branch's history",
      (_, landed) => ({ branches: { main: landed } }),
      ["COSIGN_MISMATCH"],
    ],
  ])("and does not count %s", async (_, signing, codes) => {
    const w = openAuditWorld();
    const landed = bypass(w);
    workOn(w);
    await remedy(w, landed, signing(w, landed));
    const wrong = foundIn(await auditWorld(w)).get(landed);
    expect([...(wrong ?? [])].sort()).toEqual([...codes].sort());
  });

  it("it clears what it is for, and not the same work that comes around the gate again", async () => {
    const w = openAuditWorld();
    const landed = bypass(w);
    workOn(w);
    await remedy(w, landed);
    w.main = w.commit(w.main, { "b.txt": null }, "take it out\n");
    const again = bypass(w);
    expect(await found(w)).toEqual({ [again]: ["COSIGN_SPENT"] });
  });

  it("and one of a lost mark is not there before somebody of the level has signed", async () => {
    const w = openAuditWorld();
    const head = w.commit(w.main, { "b.txt": "b\n" }, "work\n", { ai: true });
    await w.sign(head, { by: "bob" });
    w.now += DAY;
    w.main = await w.button("squash", head, { message: "Title (#1)\n" });
    const landed = w.main;
    w.now += DAY;
    await remedy(w, landed, { by: "bob" });
    expect(await found(w)).toEqual({ [landed]: ["MARKS_LOST"] });
    await remedy(w, landed);
    expect(await found(w)).toEqual({});
  });
});

describe("a remedy is as old as it is when history is audited", () => {
  it("and has to be given again once it is too old", async () => {
    const w = openAuditWorld({ cosign: "maxAge: 30d" });
    const landed = bypass(w);
    workOn(w);
    w.now += DAY;
    await remedy(w, landed);
    expect(await found(w, { now: w.now + 30 * DAY })).toEqual({});
    expect(await found(w, { now: w.now + 31 * DAY })).toEqual({ [landed]: ["COSIGN_STALE"] });
  });

  it("but co-signs that were pushed along with their commits are as old as they were then", async () => {
    const w = openAuditWorld({ cosign: "maxAge: 30d" });
    const head = w.commit(
      w.commit(w.main, { "b.txt": "b\n" }, "one\n", { ai: true, date: w.now }),
      { "c.txt": "c\n" },
      "two\n",
      {
        ai: true,
        date: w.now,
      },
    );
    w.now += DAY;
    await w.sign(head);
    w.main = head;
    workOn(w);
    expect(await found(w, { now: w.now + 400 * DAY })).toEqual({});
  });

  it("so are those that commits carry in their messages", async () => {
    const w = openAuditWorld({ cosign: "maxAge: 30d" });
    const head = w.commit(w.main, { "b.txt": "b\n" }, "one\n", { ai: true, date: w.now });
    w.now += DAY;
    w.main = await w.trailer(head);
    workOn(w);
    expect(await found(w, { now: w.now + 400 * DAY })).toEqual({});
  });

  it("and so is that of one commit, which nothing followed before it was signed", async () => {
    const w = openAuditWorld({ cosign: "maxAge: 30d" });
    const head = w.commit(w.main, { "b.txt": "b\n" }, "one\n", { ai: true, date: w.now });
    await w.sign(head, { what: "each" });
    w.main = head;
    w.now += DAY;
    workOn(w);
    expect(await found(w, { now: w.now + 400 * DAY })).toEqual({});
  });
});
