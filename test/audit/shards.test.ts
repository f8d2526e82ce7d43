import { formatAuditReport, mergeAudits, PLAIN } from "@countersign/report";
import { describe, expect, it } from "vitest";
import type { World } from "../landings/world.ts";
import { auditWorld, openAuditWorld, POLICY_FILE, policyNow } from "./audit-world.ts";

async function json(
  w: World,
  shard?: { readonly number: number; readonly of: number },
  asked: Parameters<typeof auditWorld>[1] = {},
): Promise<string> {
  const options = { version: "1", paint: PLAIN, remedy: undefined };
  return formatAuditReport("json", await auditWorld(w, { ...asked, shard }), await policyNow(w), options);
}

async function merge(w: World, of: number): Promise<string> {
  const parts = [];
  for (let number = 1; number <= of; number += 1) {
    parts.unshift({ file: `${number}.json`, text: await json(w, { number, of }) });
  }
  return mergeAudits(parts).text;
}

/** Landings of every kind, some of which came around the gate. */
async function grow(w: World): Promise<World> {
  for (let number = 0; number < 40; number += 1) {
    const ai = number % 7 === 3;
    const files = { [`${number % 5}.txt`]: `${number}\n` };
    if (number % 4 === 1) {
      const topic = w.commit(w.main, files, `Work ${number}\n`, { ai });
      w.main = w.commit(w.main, { "other.txt": `${number}\n` });
      w.main = await w.merge(w.main, topic, {}, { message: `Merge branch 'topic-${number}'\n` });
    } else w.main = w.commit(w.main, files, `Work ${number}\n`, { ai, date: 1_700_000_000 + number });
    if (number === 20) w.main = w.commit(w.main, { [POLICY_FILE]: `${w.policyFile}disclosure: optional\n` });
  }
  return w;
}

describe("the parts of an audit together are what one run finds", () => {
  it.each([1, 2, 3, 7, 100])("%i of them", async (of) => {
    const w = await grow(openAuditWorld());
    expect(await merge(w, of)).toBe(await json(w));
  });

  it("also where there was no policy for a long time, and none stands now", async () => {
    const w = openAuditWorld();
    w.main = w.start;
    for (let number = 0; number < 10; number += 1) w.main = w.commit(w.main, { "a.txt": `${number}\n` });
    w.main = w.commit(w.main, { [POLICY_FILE]: w.policyFile });
    w.main = w.commit(w.main, { "b.txt": "b\n" }, "work\n", { ai: true });
    w.main = w.commit(w.main, { [POLICY_FILE]: null });
    for (let number = 0; number < 10; number += 1) w.main = w.commit(w.main, { "a.txt": `again ${number}\n` });
    expect(await merge(w, 4)).toBe(await json(w));
  });
});

describe("what is not all of one audit is not put together", () => {
  it.each<[what: string, files: (parts: readonly string[], whole: string) => readonly string[], problem: string]>([
    ["a missing part", ([, two = ""]) => [two], "part 1 of 2 is missing"],
    ["a part twice", ([one = ""]) => [one, one], "it is part 1 of 2, as 0.json is"],
    ["a whole audit", (_, whole) => [whole], "it is not a part of an audit"],
    ["other JSON", () => ["{}"], "it is not what `countersign audit --format json` prints"],
    ["no JSON", () => [""], "it is not JSON"],
    ["nothing", () => [], "there is no part"],
  ])("%s", async (_, files, problem) => {
    const w = await grow(openAuditWorld());
    const parts = [await json(w, { number: 1, of: 2 }), await json(w, { number: 2, of: 2 })];
    const named = files(parts, await json(w)).map((text, index) => ({ file: `${index}.json`, text }));
    expect(() => mergeAudits(named)).toThrow(problem);
  });

  it("parts of a branch that moved on between them", async () => {
    const w = await grow(openAuditWorld());
    const one = await json(w, { number: 1, of: 2 });
    w.main = w.commit(w.main, { "a.txt": "more\n" });
    const parts = [one, await json(w, { number: 2, of: 2 })].map((text, index) => ({ file: `${index}.json`, text }));
    expect(() => mergeAudits(parts)).toThrow("its tip is not that of 0.json");
  });

  it.each<[what: string, asked: Parameters<typeof auditWorld>[1], problem: string]>([
    ["since another day", { since: 1_700_000_010 }, "its since is not that of 0.json"],
    ["by one policy alone", { trial: true }, "its trial is not that of 0.json"],
  ])("parts of which one was asked %s", async (_, asked, problem) => {
    const w = await grow(openAuditWorld());
    const parts = [await json(w, { number: 1, of: 2 }), await json(w, { number: 2, of: 2 }, asked)];
    const named = parts.map((text, index) => ({ file: `${index}.json`, text }));
    expect(() => mergeAudits(named)).toThrow(problem);
    const same = [await json(w, { number: 1, of: 2 }, asked), parts[1] ?? ""];
    const merged = mergeAudits(same.map((text, index) => ({ file: `${index}.json`, text })));
    expect(merged.text).toBe(await json(w, undefined, asked));
  });

  it("parts between which the ledger moved on", async () => {
    const w = await grow(openAuditWorld());
    const one = await json(w, { number: 1, of: 2 });
    await w.sign(w.main, { target: w.start });
    const parts = [one, await json(w, { number: 2, of: 2 })].map((text, index) => ({ file: `${index}.json`, text }));
    expect(() => mergeAudits(parts)).toThrow("its ledger is not that of 0.json");
  });

  it.each([
    { number: 0, of: 0 },
    { number: 1, of: 0 },
    { number: 3, of: 2 },
    { number: 1, of: 2 ** 40 },
  ])("a part that there is not: %j", async (shard) => {
    const part = JSON.parse(await json(openAuditWorld(), { number: 1, of: 2 }));
    const text = JSON.stringify({ ...part, shard });
    expect(() => mergeAudits([{ file: "0.json", text }])).toThrow(
      /it is not what|it is part 3 of 2|part 2 of \d+ is missing/,
    );
  });
});
