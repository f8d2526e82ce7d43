import type { ObjectId } from "@countersign/core";
import { describe, expect, it } from "vitest";
import type { World } from "../landings/world.ts";
import { auditWorld, foundIn, openAuditWorld, POLICY_FILE } from "./audit-world.ts";

/** Puts a commit on main, whatever a gate would say. */
function land(w: World, files: Record<string, string | null>, { ai = false, message = "work\n" } = {}): ObjectId {
  w.main = w.commit(w.main, files, message, { ai });
  return w.main;
}

async function found(w: World): Promise<unknown> {
  return Object.fromEntries(foundIn(await auditWorld(w)));
}

describe("history is judged by the policy of its time", () => {
  it("begins behind the commit that brought the first policy", async () => {
    const w = openAuditWorld();
    expect(await auditWorld(w)).toMatchObject({ outcome: "allow", landings: 0, from: undefined });
    const first = w.main;
    land(w, { "b.txt": "b\n" });
    expect(await auditWorld(w)).toMatchObject({ outcome: "allow", landings: 1, from: first });
  });

  it("begins behind the baseline", async () => {
    const w = openAuditWorld();
    land(w, { "b.txt": "b\n" }, { ai: true });
    const later = land(w, { "b.txt": "c\n" }, { ai: true });
    const baseline = w.repository.parentsOf(later)[0];
    const changed = land(w, { [POLICY_FILE]: `${w.policyFile}baseline: ${baseline}\n` });
    expect(await found(w)).toEqual({ [later]: ["COSIGN_MISSING"], [changed]: ["POLICY_CHANGED"] });
  });

  it("asks nothing of a landing that a later policy asks", async () => {
    const w = openAuditWorld();
    const plain = w.main;
    land(w, { "b.txt": "b\n" });
    const tightened = land(w, { [POLICY_FILE]: `${w.policyFile}disclosure: required\n` });
    const silent = land(w, { "c.txt": "c\n" });
    expect(await found(w)).toEqual({ [tightened]: ["POLICY_CHANGED"], [silent]: ["DISCLOSURE_MISSING"] });
    expect(await auditWorld(w)).toMatchObject({ from: plain, landings: 3 });
  });

  it("counts nothing that was signed with a key that is revoked now", async () => {
    const w = openAuditWorld();
    const head = w.commit(w.main, { "b.txt": "b\n" }, "work\n", { ai: true });
    await w.sign(head);
    w.main = await w.button("squash", head);
    const landed = w.main;
    expect(await found(w)).toEqual({});
    const [key] = /ssh-ed25519 [\w+/=]+/.exec(w.policyFile) ?? [];
    const revoking = land(w, { [POLICY_FILE]: `${w.policyFile}revoked: ["${key}"]\n` });
    expect(await found(w)).toEqual({ [landed]: ["COSIGN_KEY_REVOKED"], [revoking]: ["POLICY_CHANGED"] });
  });

  it("lets pass what the policy then only warned of, and says so", async () => {
    const w = openAuditWorld({ rest: "mode: warn\n" });
    const assisted = land(w, { "b.txt": "b\n" }, { ai: true });
    const audited = await auditWorld(w);
    expect(audited.outcome).toBe("allow");
    expect(Object.fromEntries(foundIn(audited))).toEqual({ [assisted]: ["COSIGN_MISSING"] });
  });

  it("names the landing that took the policy away, and counts what came afterwards", async () => {
    const w = openAuditWorld();
    const removed = land(w, { [POLICY_FILE]: null });
    land(w, { "b.txt": "b\n" }, { ai: true });
    expect(await found(w)).toEqual({ [removed]: ["POLICY_REMOVED"] });
    expect(await auditWorld(w)).toMatchObject({ outcome: "deny", landings: 2, unprotected: 1 });
  });

  it("names the landing that damaged the policy, and cannot decide on the next one", async () => {
    const w = openAuditWorld();
    const damaged = land(w, { [POLICY_FILE]: "version: 2\n" });
    const next = land(w, { "b.txt": "b\n" });
    expect(await found(w)).toEqual({ [damaged]: ["POLICY_BROKEN", "POLICY_CHANGED"], [next]: ["POLICY_MALFORMED"] });
  });
});

describe("a branch that was rewritten is judged as it stands", () => {
  it("without what it lost, and with what was pushed in its place", async () => {
    const w = openAuditWorld();
    const before = w.main;
    const lost = land(w, { "b.txt": "b\n" }, { ai: true });
    expect(await found(w)).toEqual({ [lost]: ["COSIGN_MISSING"] });
    w.main = before;
    land(w, { "b.txt": "by hand\n" });
    expect(await found(w)).toEqual({});
    const again = land(w, { "c.txt": "c\n" }, { ai: true });
    expect(await found(w)).toEqual({ [again]: ["COSIGN_MISSING"] });
  });

  it("and a co-sign for the history that it lost is none for this one", async () => {
    const w = openAuditWorld();
    const before = w.main;
    land(w, { "b.txt": "b\n" });
    const head = w.commit(w.main, { "c.txt": "c\n" }, "work\n", { ai: true });
    await w.sign(head);
    w.main = w.pick(before, head);
    expect(await found(w)).toEqual({ [w.main]: ["COSIGN_MISMATCH"] });
  });
});

describe("a merge whose first parent is not the branch", () => {
  /** Merges main into a topic, and moves main to that. */
  async function pull(w: World, message: string): Promise<ObjectId> {
    const topic = w.commit(w.main, { "t.txt": "t\n" });
    land(w, { "b.txt": "b\n" }, { ai: true });
    w.main = await w.merge(topic, w.main, {}, { message });
    return w.main;
  }

  it.each([
    "Merge branch 'main' into topic",
    "Merge branch 'main' of host.example:bob/x into topic",
    "Merge remote-tracking branch 'origin/main'",
    "Merge remote-tracking branch 'fork/main' into topic",
    "Merge branch 'main' of https://host.example/acme/x.git",
    "Merge branch 'main' of host.example:acme/x into main",
  ])("is found by what git writes into it, with what landed behind it: %s", async (message) => {
    const w = openAuditWorld();
    const merge = await pull(w, `${message}\n`);
    const [, landed = ""] = w.repository.parentsOf(merge);
    expect(await found(w)).toEqual({ [landed]: ["COSIGN_MISSING"], [merge]: ["LINE_HIDDEN"] });
  });

  it("is not believed where it leads from the policy to a line without one", async () => {
    const w = openAuditWorld();
    const bypass = land(w, { "b.txt": "b\n" }, { ai: true });
    const old = w.commit(w.start, { "t.txt": "t\n" });
    w.main = await w.merge(w.main, old, {}, { message: "Merge branch 'main' into topic\n" });
    expect(await found(w)).toEqual({ [bypass]: ["COSIGN_MISSING"] });
  });

  it("fails the audit where it leads to a line whose policy only warned", async () => {
    const w = openAuditWorld({ rest: "mode: warn\n" });
    const old = w.commit(w.main, { "t.txt": "t\n" });
    land(w, { [POLICY_FILE]: w.policyFile.replace("mode: warn\n", "") });
    land(w, { "b.txt": "b\n" }, { ai: true });
    w.main = await w.merge(w.main, old, {}, { message: "Merge branch 'main' into topic\n" });
    const audited = await auditWorld(w);
    expect(foundIn(audited).get(w.main)).toContain("LINE_HIDDEN");
    expect(audited.outcome).toBe("deny");
  });

  it("is found on a line whose own policy protects nothing", async () => {
    const w = openAuditWorld();
    land(w, { "b.txt": "b\n" }, { ai: true });
    const lax = w.policyFile.replace(/branches: \[main, [^\]]*\]/, "branches: [other]");
    const old = w.commit(w.start, { [POLICY_FILE]: lax });
    const files = { [POLICY_FILE]: w.policyFile };
    w.main = await w.merge(w.main, old, files, { message: "Merge branch 'main' into topic\n" });
    expect(await found(w)).toEqual({ [w.main]: ["LINE_HIDDEN"] });
  });

  it.each([
    "Merge branch 'topic'",
    "Merge branch 'topic' into main",
    "Merge branch 'main' of host.example:bob/x",
    "Merge remote-tracking branch 'bob/main'",
    "Merge pull request #1 from bob/main",
  ])("is not what brings a contributor's branch: %s", async (message) => {
    const w = openAuditWorld();
    const topic = w.commit(w.main, { "t.txt": "t\n" });
    land(w, { "b.txt": "b\n" });
    w.main = await w.merge(w.main, topic, {}, { message: `${message}\n` });
    expect(await found(w)).toEqual({});
  });
});

describe("an audit of what landed since a day", () => {
  const DAY = 86_400;

  it("judges what landed upon a recent landing, whatever its date says", async () => {
    const w = openAuditWorld();
    const old = w.commit(w.main, { "b.txt": "b\n" }, "work\n", { ai: true, date: w.now });
    const recent = w.commit(old, { "c.txt": "c\n" }, "by hand\n", { date: w.now + 30 * DAY });
    const upon = w.commit(recent, { "d.txt": "d\n" }, "by hand\n", { date: w.now });
    w.main = w.commit(upon, { "e.txt": "e\n" }, "work\n", { ai: true, date: w.now });
    const asked = { now: w.now + 40 * DAY, since: w.now + 20 * DAY };
    const audited = await auditWorld(w, asked);
    expect(audited).toMatchObject({ landings: 3, from: old });
    expect(Object.fromEntries(foundIn(audited))).toEqual({ [w.main]: ["COSIGN_MISSING"] });
    const second = await auditWorld(w, { ...asked, shard: { number: 4, of: 4 } });
    expect(Object.fromEntries(foundIn(second))).toEqual({ [w.main]: ["COSIGN_MISSING"] });
  });
});

describe("a landing whose history is not all here", () => {
  it("is not decided on, and keeps none of the others from being judged", async () => {
    const w = openAuditWorld();
    const policy = w.main;
    const first = land(w, { "b.txt": "b\n" }, { ai: true });
    const plain = land(w, { "c.txt": "c\n" });
    const topic = w.commit(w.main, { "t.txt": "t\n" });
    w.main = await w.merge(w.main, topic, {}, { message: "Merge branch 'topic'\n" });
    const line = [w.main, plain, first, policy, w.start];
    w.repository.lost.add(topic);
    /** As git lists it, which reads no other parents. */
    async function* list(from: ObjectId) {
      for (const oid of line.slice(line.indexOf(from))) yield { oid, parents: w.repository.parentsOf(oid), time: 1 };
    }
    const audited = await auditWorld(w, { list });
    expect(audited).toMatchObject({ outcome: "deny", landings: 3 });
    expect(Object.fromEntries(foundIn(audited))).toEqual({
      [first]: ["COSIGN_MISSING"],
      [w.main]: ["OBJECT_MISSING"],
    });
  });
});
