import type { ObjectId } from "../../object/oid.ts";
import { orderByDescent } from "./range-graph.ts";

/** Commits in a row: each but the first is the only child of the one before, and has no other parent. */
interface Row {
  /** The rows whose first commit has the last one of this row for a parent. */
  readonly next: Set<Row>;
  /** All rows behind it, once they were asked for. */
  behind?: ReadonlySet<Row>;
}

interface Place {
  readonly row: Row;
  readonly at: number;
}

/** Who descends from whom, among the commits of a range. Long rows without a branch cost nothing. */
export class Lineage {
  readonly #places = new Map<ObjectId, Place>();
  /** The commits, parents before children. */
  readonly order: readonly ObjectId[];

  constructor(links: ReadonlyMap<ObjectId, readonly ObjectId[]>) {
    this.order = [...orderByDescent(links)].reverse();
    const children = new Map<ObjectId, number>();
    for (const parents of links.values())
      for (const parent of new Set(parents)) children.set(parent, (children.get(parent) ?? 0) + 1);
    for (const oid of this.order) {
      const parents = new Set(links.get(oid));
      const [only] = parents;
      const before = parents.size === 1 && only && children.get(only) === 1 ? this.#places.get(only) : undefined;
      const place = before ? { row: before.row, at: before.at + 1 } : { row: { next: new Set<Row>() }, at: 0 };
      this.#places.set(oid, place);
      if (!before) for (const parent of parents) this.#places.get(parent)?.row.next.add(place.row);
    }
  }

  /** Whether a commit is the other one or descends from it. One that is not in the range does neither. */
  descends(oid: ObjectId, from: ObjectId): boolean {
    const [place, origin] = [this.#places.get(oid), this.#places.get(from)];
    if (!place || !origin) return false;
    return place.row === origin.row ? place.at >= origin.at : rowsBehind(origin.row).has(place.row);
  }
}

function rowsBehind(row: Row): ReadonlySet<Row> {
  if (row.behind) return row.behind;
  const behind = new Set<Row>();
  const waiting = [...row.next];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (behind.has(next)) continue;
    behind.add(next);
    waiting.push(...next.next);
  }
  row.behind = behind;
  return behind;
}
