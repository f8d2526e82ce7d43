/** A priority queue: the newest first. */
export class DateQueue<Item> {
  readonly #heap: { readonly date: number; readonly item: Item }[] = [];

  push(item: Item, date: number): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (!parent || parent.date >= date) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = { date, item };
  }

  pop(): Item | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last || heap.length === 0) return top?.item;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if ((heap[below + 1]?.date ?? -1) > (heap[below]?.date ?? -1)) below += 1;
      const child = heap[below];
      if (!child || child.date <= last.date) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
    return top.item;
  }
}
