/** How far answers may be waited for together. */
export interface Ahead<Item> {
  /** How many items. */
  readonly most: number;
  /** What keeping an item costs, and what all may cost together. */
  readonly costOf?: (item: Item) => number;
  readonly cost?: number;
}

/**
 * Asks something about each item and gives the answers in the order of the items: a few are under way at a time, so that
 * anyone who is asked gets the questions in one go.
 */
export async function* mapAhead<Item, Answer>(
  items: Iterable<Item> | AsyncIterable<Item>,
  ask: (item: Item) => Promise<Answer>,
  { most, costOf = () => 0, cost = Number.POSITIVE_INFINITY }: Ahead<Item>,
): AsyncGenerator<Answer, undefined> {
  let waiting: Promise<Answer>[] = [];
  let spent = 0;
  for await (const item of items) {
    const answer = ask(item);
    // Where an earlier one fails, nobody waits for this one any more.
    answer.catch(() => {});
    waiting.push(answer);
    spent += costOf(item);
    if (waiting.length < most && spent < cost) continue;
    for (const each of waiting) yield await each;
    waiting = [];
    spent = 0;
  }
  for (const each of waiting) yield await each;
}
