import { expect, it } from "vitest";
import { inBatches } from "./batches.ts";

async function* count(most: number): AsyncGenerator<number> {
  for (let number = 0; number < most; number += 1) yield number;
}

it.each([
  [0, []],
  [1, [1]],
  [2000, [2000]],
  [2001, [2000, 1]],
  [4800, [2000, 2000, 800]],
])("%i items come in batches of %j, in their order", async (most, sizes) => {
  const batches: (readonly number[])[] = [];
  for await (const batch of inBatches(count(most), () => 100)) batches.push(batch);
  expect(batches.map(({ length }) => length)).toEqual(sizes);
  expect(batches.flat()).toEqual(Array.from({ length: most }, (_, number) => number));
});

it("a batch ends where it has many bytes: a few large commits must not fill the memory", async () => {
  const sizes: number[] = [];
  for await (const batch of inBatches(count(10), () => 400 * 1024)) sizes.push(batch.length);
  expect(sizes).toEqual([3, 3, 3, 1]);
});
