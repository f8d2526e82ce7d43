interface Entry<Item> {
  readonly item: Item;
  readonly date: number;
  readonly turn: number;
}

/** A priority queue: the newest first, and of one date the first that came, as in git's walk. */
export class DateQueue<Item> {
  readonly #heap: Entry<Item>[] = [];
  #turn = 0;

  push(item: Item, date: number): void {
    const heap = this.#heap;
    const entry = { item, date, turn: this.#turn++ };
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (!parent || !goesBefore(entry, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  pop(): Item | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last || heap.length === 0) return top?.item;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const child = left && right && goesBefore(right, left) ? right : left;
      if (!child || !goesBefore(child, last)) break;
      heap[at] = child;
      at = child === right ? 2 * at + 2 : 2 * at + 1;
    }
    heap[at] = last;
    return top.item;
  }
}

function goesBefore(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.date === b.date ? a.turn < b.turn : a.date > b.date;
}
