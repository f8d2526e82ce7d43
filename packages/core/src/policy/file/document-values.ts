import {
  boolCoreTag,
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  type MappingEvent,
  NOT_RESOLVED,
  nullCoreTag,
  SCALAR_STYLE,
  type ScalarEvent,
} from "js-yaml";
import { formatPath, type Path, type Problem } from "./problem.ts";

/** What a word without quotes can be other than text, in the order of YAML's core schema. */
const PLAIN_TAGS = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag];

/** Where a value stands, and where the values in it do. */
export interface Place {
  readonly offset: number;
  readonly inner?: ReadonlyMap<string | number, Place>;
}

/** Makes values of a document's events. What it reports is left out, or taken as it was meant, so that the rest can be checked too. */
export class ValueReader {
  readonly problems: Problem[] = [];
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #lineAt: (offset: number) => number;
  /** Behind the event that opens the document. */
  #next = 1;
  #offset = 0;

  constructor(text: string, events: readonly Event[], lineAt: (offset: number) => number) {
    this.#text = text;
    this.#events = events;
    this.#lineAt = lineAt;
  }

  /** The next value. Recursive: the parser lets nothing pass that is nested too deep. */
  read(path: Path): { readonly value: unknown; readonly place: Place } {
    const event = this.#events[this.#next++];
    // An empty value has no place of its own; it stands behind the last one that has.
    if (event) this.#offset = Math.max(this.#offset, startOf(event));
    const offset = this.#offset;
    if (event?.type === EVENT_ID.MAPPING) return this.#mapping(event, path, offset);
    if (event?.type === EVENT_ID.SEQUENCE) return this.#sequence(path, offset);
    if (event?.type === EVENT_ID.SCALAR) return { value: this.#scalar(event, path), place: { offset } };
    if (event?.type === EVENT_ID.ALIAS) {
      this.problems.push({ path, text: "is an alias (*), which is not allowed; write the value here" });
    }
    return { value: null, place: { offset } };
  }

  #mapping(event: MappingEvent, path: Path, offset: number): { value: unknown; place: Place } {
    const value: Record<string, unknown> = Object.create(null);
    const inner = new Map<string, Place>();
    while (!this.#ends()) {
      const key = this.#key();
      const place = this.#offset;
      const line = this.#lineAt(place);
      const first = key === undefined ? undefined : inner.get(key);
      if (key === undefined) this.problems.push({ line, text: "a key must be text" });
      else if (first) {
        const text = `${formatPath([...path, key])} is set again, after line ${this.#lineAt(first.offset)}`;
        this.problems.push({ line, text });
      } else if (event.style === COLLECTION_STYLE.BLOCK && inner.size > 0 && !this.#beginsLine(place)) {
        this.problems.push({ line, text: `${formatPath([...path, key])} must begin its line` });
      }
      if (key === undefined || first) {
        this.#pass();
        continue;
      }
      const read = this.read([...path, key]);
      value[key] = read.value;
      inner.set(key, { ...read.place, offset: place });
    }
    return { value, place: { offset, inner } };
  }

  #sequence(path: Path, offset: number): { value: unknown; place: Place } {
    const value: unknown[] = [];
    const inner = new Map<number, Place>();
    while (!this.#ends()) {
      const index = value.length;
      const read = this.read([...path, index]);
      value.push(read.value);
      inner.set(index, read.place);
    }
    return { value, place: { offset, inner } };
  }

  /** The text of the next key, or undefined if it is not text. */
  #key(): string | undefined {
    const event = this.#events[this.#next];
    if (event) this.#offset = Math.max(this.#offset, startOf(event));
    this.#pass();
    const key = event?.type === EVENT_ID.SCALAR ? this.#resolve(event) : undefined;
    return typeof key === "string" ? key : undefined;
  }

  /** The parser takes a key that stands behind the last entry of a list, `- "x" key: y`. */
  #beginsLine(offset: number): boolean {
    const before = this.#text.slice(this.#text.lastIndexOf("\n", offset - 1) + 1, offset);
    return /^ *(?:\?[ \t]+)?["']?$/.test(before);
  }

  #scalar(event: ScalarEvent, path: Path): unknown {
    const value = this.#resolve(event);
    if (typeof value === "string") {
      if (/[\0\p{Surrogate}]/u.test(value)) this.problems.push({ path, text: "has half a character or a NUL" });
      return value;
    }
    // `012`, `0o14`, `1e3`, `True`: what they become is not what stands there.
    const source = getScalarValue(this.#text, event);
    if (value !== null && String(value) !== source) {
      const text = `is ${source}, which would be read as ${value}; write ${value}, or "${source}" in quotes for text`;
      this.problems.push({ path, text });
    }
    return value;
  }

  #resolve(event: ScalarEvent): unknown {
    const text = getScalarValue(this.#text, event);
    if (event.style !== SCALAR_STYLE.PLAIN) return text;
    for (const tag of PLAIN_TAGS) {
      const value = tag.resolve(text, false, tag.tagName);
      if (value !== NOT_RESOLVED) return value;
    }
    return text;
  }

  /** Whether the collection ends here. */
  #ends(): boolean {
    const event = this.#events[this.#next];
    if (event && event.type !== EVENT_ID.POP) return false;
    this.#next += 1;
    return true;
  }

  /** Goes past one value. */
  #pass(): void {
    let open = 0;
    do {
      const type = this.#events[this.#next++]?.type;
      if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) open += 1;
      else if (type === undefined || type === EVENT_ID.POP) open -= 1;
    } while (open > 0);
  }
}

/** The place of the value at a path, or of the nearest one above it that exists. */
export function offsetOf(root: Place, path: Path): number {
  let place = root;
  for (const step of path) {
    const inner = place.inner?.get(step);
    if (!inner) break;
    place = inner;
  }
  return place.offset;
}

/** Where the text of an event begins; -1 where it has none. */
export function startOf(event: Event): number {
  if ("valueStart" in event) return event.valueStart;
  if ("start" in event) return event.start;
  return "anchorStart" in event ? event.anchorStart : -1;
}
