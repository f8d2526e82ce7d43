import { describe, expect, it } from "vitest";
import { mapAhead } from "./map-ahead.ts";

async function* count(most: number): AsyncGenerator<number> {
  for (let item = 0; item < most; item += 1) yield item;
}

async function collect(most: number, ask: (item: number) => Promise<number>, each = 1): Promise<readonly number[]> {
  const answers: number[] = [];
  for await (const answer of mapAhead(count(most), ask, { most: 3, costOf: () => each, cost: 10 }))
    answers.push(answer);
  return answers;
}

describe("questions that are asked ahead", () => {
  it("are answered in order, the last ones too", async () => {
    const later = async (item: number): Promise<number> => {
      for (let turn = 0; turn < 10 - item; turn += 1) await Promise.resolve();
      return item;
    };
    expect(await collect(8, later)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it.each([
    ["so many at a time", 1, 3],
    ["fewer where they cost more", 5, 2],
  ])("are under way %s", async (_, each, expected) => {
    let open = 0;
    let most = 0;
    const ask = async (item: number): Promise<number> => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((done) => setImmediate(done));
      open -= 1;
      return item;
    };
    await collect(4, ask, each);
    expect(most).toBe(expected);
  });

  it("end at the first that fails, whatever becomes of the others", async () => {
    const ask = (item: number): Promise<number> =>
      item > 0 ? Promise.reject(new Error(`${item}`)) : Promise.resolve(0);
    await expect(collect(3, ask)).rejects.toThrow("1");
  });
});
