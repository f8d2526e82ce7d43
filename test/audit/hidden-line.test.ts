import type { ObjectId } from "@countersign/core";
import { explainViolation } from "@countersign/core";
import { expect, it } from "vitest";
import type { Signing, World } from "../landings/world.ts";
import { auditWorld, foundIn, openAuditWorld, POLICY_FILE } from "./audit-world.ts";

const PULL = "Merge branch 'main' into topic\n";
const DAY = 86_400;

/** Merges main into Tess's topic, as Kim does, and moves main to that by mistake. */
async function pull(w: World, topic = w.commit(w.main, { "t.txt": "t\n" }, "work\n", { by: "tess" })) {
  const stood = w.commit(w.main, { "b.txt": "b\n" }, "by hand\n");
  w.main = await w.merge(topic, stood, {}, { message: PULL, by: "kim" });
  return { merge: w.main, stood };
}

/** Signs a merge as `cosign --landed` does: for where its message says that main stood, as what it brought there. */
async function remedy(w: World, merge: ObjectId, signing: Signing = {}): Promise<void> {
  const [, stood] = w.repository.parentsOf(merge);
  await w.sign(merge, { branches: { main: stood }, what: "turned", ...signing });
}

async function codesOn(w: World, merge: ObjectId, now = w.now): Promise<readonly string[]> {
  return foundIn(await auditWorld(w, { now })).get(merge) ?? [];
}

function replaceIn(w: World, from: string, to: string): string {
  const text = w.policyFile.replace(from, to);
  if (text === w.policyFile) throw new Error(`the policy has no ${from}`);
  return text;
}

it("a merge that hides the line is cleared by somebody who had no part in it, and stays so", async () => {
  const w = openAuditWorld();
  const { merge } = await pull(w);
  expect(await codesOn(w, merge)).toEqual(["LINE_HIDDEN"]);
  await remedy(w, merge);
  expect(await auditWorld(w)).toMatchObject({ outcome: "allow", found: [] });
  w.main = w.commit(w.main, { "c.txt": "c\n" }, "later\n");
  expect(await auditWorld(w, { now: w.now + DAY })).toMatchObject({ outcome: "allow", found: [] });
  expect(await codesOn(w, merge, w.now + 31 * DAY)).toEqual(["LINE_HIDDEN"]);
});

it.each<[what: string, signing: Signing]>([
  ["one who wrote a part of what it brought", { by: "tess" }],
  ["the one who merged", { by: "kim" }],
  ["one below the level", { by: "bob" }],
  ["somebody else's key", { key: "carl" }],
  ["a co-sign of each of its commits, which says nothing of the merge", { what: "each" }],
  ["a co-sign of the whole topic", { what: "branch" }],
])("it is not cleared by %s", async (_, signing) => {
  const w = openAuditWorld();
  const { merge, stood } = await pull(w);
  await remedy(w, merge, { target: stood, ...signing });
  expect(await codesOn(w, merge)).toContain("LINE_HIDDEN");
});

it("it is not cleared by what was signed before it landed, or for another place of the branch", async () => {
  const w = openAuditWorld();
  const before = w.main;
  const { merge } = await pull(w);
  await remedy(w, merge, { branches: { main: before } });
  w.now = 1_600_000_000;
  await remedy(w, merge);
  w.now = 1_800_000_000;
  expect(await codesOn(w, merge, w.now)).toEqual(["LINE_HIDDEN"]);
});

it("takes as many people as the branch asks for, and one where it asks for none", async () => {
  const two = openAuditWorld({ cosign: "count: 2" });
  const { merge } = await pull(two);
  await remedy(two, merge);
  expect(await codesOn(two, merge)).toEqual(["LINE_HIDDEN"]);
  await remedy(two, merge, { by: "carl" });
  expect(await codesOn(two, merge)).toEqual([]);
  const none = openAuditWorld({ cosign: "count: 0" });
  const free = await pull(none);
  expect(await codesOn(none, free.merge)).toEqual(["LINE_HIDDEN"]);
  await remedy(none, free.merge);
  expect(await codesOn(none, free.merge)).toEqual([]);
});

it("does not clear what else it brought, which is asked for by itself", async () => {
  const w = openAuditWorld();
  const { merge, stood } = await pull(w, w.commit(w.main, { "t.txt": "t\n" }, "work\n", { ai: true, by: "bob" }));
  await remedy(w, merge);
  expect(await codesOn(w, merge)).toEqual(expect.arrayContaining(["COSIGN_MISSING", "LINE_HIDDEN"]));
  await w.sign(merge, { branches: { main: stood }, target: stood, what: "each" });
  expect(await codesOn(w, merge)).toEqual([]);
});

it("somebody who joined after the topic was begun may clear it", async () => {
  const w = openAuditWorld();
  const topic = w.commit(w.main, { "t.txt": "t\n" }, "work\n", { by: "tess" });
  const promoted = replaceIn(w, "bob@home.example], level: junior", "bob@home.example], level: senior");
  w.main = w.commit(w.main, { [POLICY_FILE]: promoted }, "promote Bob\n", { by: "ada" });
  const { merge } = await pull(w, topic);
  await remedy(w, merge, { by: "bob" });
  // It was Bob who wrote what main had already, and nothing of what came.
  expect(await codesOn(w, merge)).toEqual([]);
});

it.each<[what: string, fork: (w: World) => ObjectId]>([
  ["a policy of its own, which was never asked for", (w) => w.start],
  ["a policy that main has left behind", (w) => w.repository.parentsOf(w.main)[0] ?? w.start],
])("a message that calls a fork the branch lets nobody sign by %s", async (_, forkFrom) => {
  const w = openAuditWorld();
  const lax = replaceIn(w, "bob@home.example], level: junior", "bob@home.example], level: principal");
  w.main = w.commit(w.start, { [POLICY_FILE]: lax }, "policy\n");
  w.main = w.commit(w.main, { [POLICY_FILE]: w.policyFile }, "tighten\n");
  const fork = w.commit(forkFrom(w), { [POLICY_FILE]: lax, "f.txt": "f\n" }, "fork\n", { by: "tess" });
  const bypass = w.commit(w.main, { "b.txt": "b\n" }, "work\n", { ai: true, by: "tess" });
  w.main = await w.merge(bypass, fork, { [POLICY_FILE]: w.policyFile }, { message: PULL, by: "tess" });
  const codes = await codesOn(w, w.main);
  expect(codes).toContain("LINE_HIDDEN");
  await remedy(w, w.main, { by: "bob" });
  await w.sign(w.main, { by: "bob", branches: { main: fork }, target: fork, what: "each" });
  expect(await codesOn(w, w.main)).toContain("LINE_HIDDEN");
});

it("where the branch stood without a policy for it, the policy of now says who may", async () => {
  const w = openAuditWorld();
  const bare = w.commit(w.main, { [POLICY_FILE]: replaceIn(w, "[main, ", "[other, ") }, "unprotect\n");
  w.main = bare;
  const { merge } = await pull(w);
  w.main = w.commit(w.main, { [POLICY_FILE]: w.policyFile }, "protect again\n");
  expect(await codesOn(w, merge)).toEqual(["LINE_HIDDEN"]);
  await remedy(w, merge, { by: "bob" });
  expect(await codesOn(w, merge)).toEqual(["LINE_HIDDEN"]);
  await remedy(w, merge);
  expect(await codesOn(w, merge)).toEqual([]);
});

it("without a ledger it is cleared once the policy names one, as the advice says", async () => {
  const w = openAuditWorld();
  w.main = w.commit(w.start, { [POLICY_FILE]: replaceIn(w, "ledger: countersign/ledger\n", "") }, "policy\n");
  const { merge } = await pull(w);
  const [found] = (await auditWorld(w)).found.flatMap(({ findings }) => findings);
  expect(found && explainViolation(found).fix).toMatch(/^have the policy name a ledger .* then ask ada, carl or /);
  w.main = w.commit(w.main, { [POLICY_FILE]: w.policyFile }, "name a ledger\n");
  await remedy(w, merge);
  expect(await codesOn(w, merge)).toEqual([]);
});

it("where everybody who could has a part in it, a baseline behind it ends the search, as the advice says", async () => {
  const w = openAuditWorld({ cosign: "level: principal" });
  const { merge } = await pull(w);
  const [found] = (await auditWorld(w)).found.flatMap(({ findings }) => findings);
  expect(found && explainViolation(found).fix).toContain("set `baseline` to that commit");
  const change = w.commit(w.main, { [POLICY_FILE]: `${w.policyFile}baseline: ${merge}\n` }, "look no further\n");
  await w.sign(change, { by: "kim", what: "each", block: ({ agents: _, ...block }) => block });
  w.main = change;
  expect(await auditWorld(w)).toMatchObject({ outcome: "allow", found: [], landings: 1 });
});
