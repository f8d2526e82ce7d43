import type { ObjectId } from "../../object/oid.ts";

/** By which parents of a merge a commit is reached: bits. */
const BY_OTHERS = 1;
const BY_FIRST = 2;

/** How the commits of a range are connected, by the parents that they name, without asking git again. */
export class RangeGraph {
  /** Every commit before its parents. */
  readonly #order: readonly ObjectId[];
  readonly #places: ReadonlyMap<ObjectId, number>;
  readonly #links: ReadonlyMap<ObjectId, readonly ObjectId[]>;

  constructor(links: ReadonlyMap<ObjectId, readonly ObjectId[]>) {
    this.#links = links;
    this.#order = orderByDescent(links);
    this.#places = new Map(this.#order.map((oid, place) => [oid, place]));
  }

  /** The commits that come by another parent of a merge than the first, which it was merged into. */
  *broughtInBy(merge: ObjectId): Generator<ObjectId> {
    const marks = new Map<number, number>();
    /** How many commits are still to come that the first parent is not known to reach. */
    let open = 0;
    const mark = (oid: ObjectId, bits: number): void => {
      const place = this.#places.get(oid);
      if (place === undefined) return;
      const before = marks.get(place) ?? 0;
      marks.set(place, before | bits);
      open += Number((before | bits) === BY_OTHERS) - Number(before === BY_OTHERS);
    };
    const [first, ...others] = this.#links.get(merge) ?? [];
    if (first) mark(first, BY_FIRST);
    for (const other of others) mark(other, BY_OTHERS);
    for (let place = (this.#places.get(merge) ?? 0) + 1; open > 0; place += 1) {
      const bits = marks.get(place);
      const oid = this.#order[place];
      if (bits === undefined || oid === undefined) continue;
      if (bits === BY_OTHERS) {
        open -= 1;
        yield oid;
      }
      for (const parent of this.#links.get(oid) ?? []) mark(parent, bits);
    }
  }
}

/**
 * Every commit before its parents. Lines of commits are kept together, so that few others stand between a merge and what it
 * brings in.
 */
export function orderByDescent(links: ReadonlyMap<ObjectId, readonly ObjectId[]>): readonly ObjectId[] {
  const children = new Map([...links.keys()].map((oid) => [oid, 0]));
  const count = (oid: ObjectId, more: number): number => {
    const left = (children.get(oid) ?? 0) + more;
    if (children.has(oid)) children.set(oid, left);
    return left;
  };
  for (const parents of links.values()) for (const parent of parents) count(parent, 1);
  const ready = [...links.keys()].filter((oid) => children.get(oid) === 0);
  const order: ObjectId[] = [];
  for (let oid = ready.pop(); oid !== undefined; oid = ready.pop()) {
    order.push(oid);
    for (const parent of links.get(oid) ?? []) if (count(parent, -1) === 0 && links.has(parent)) ready.push(parent);
  }
  return order;
}
