/** How many commits are in memory, and are asked about, at a time: each question to git can cost a process. */
const AT_A_TIME = 2_000;
/** But only the last of them goes beyond so many bytes: one commit may have megabytes. */
const BYTES_AT_A_TIME = 1024 * 1024;

/** The same items, some at a time, however many there are. */
export async function* inBatches<Item>(
  items: AsyncIterable<Item>,
  bytesOf: (item: Item) => number,
  most: number = AT_A_TIME,
): AsyncGenerator<readonly Item[], undefined> {
  let batch: Item[] = [];
  let bytes = 0;
  for await (const item of items) {
    batch.push(item);
    bytes += bytesOf(item);
    if (batch.length < most && bytes < BYTES_AT_A_TIME) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
