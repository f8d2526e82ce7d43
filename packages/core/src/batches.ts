/** So many commits are in memory, and are asked about, at a time: each question to git can cost a process. */
const AT_A_TIME = 500;

/** The same items, some at a time, however many there are. */
export async function* inBatches<Item>(items: AsyncIterable<Item>): AsyncGenerator<readonly Item[], undefined> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < AT_A_TIME) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
