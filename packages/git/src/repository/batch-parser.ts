import { CountersignError, type ObjectId, parseObjectId } from "@countersign/core";

/** An object as `git cat-file --batch` gives it; `bytes` is cut at the limit that was set. */
export interface StoredObject {
  readonly oid: ObjectId;
  readonly type: string;
  readonly size: number;
  readonly bytes: Uint8Array;
}

const LF = 0x0a;

/**
 * Splits the output of `git cat-file --batch` into objects: a line `<oid> <type> <size>`, that many bytes, a line feed;
 * or `<request> missing`. Chunks may break anywhere. Objects that lie within one chunk are not copied.
 */
export class BatchParser {
  readonly #limit: () => number;
  #rest: Buffer = Buffer.alloc(0);
  /** The object whose bytes did not all arrive yet. */
  #open:
    | { readonly oid: ObjectId; readonly type: string; readonly size: number; kept: Buffer[]; seen: number }
    | undefined;

  /** `limit` says how many bytes to keep of the object that is about to be read. */
  constructor(limit: () => number) {
    this.#limit = limit;
  }

  /** The objects that end in this chunk; undefined for each that is missing. */
  *parse(chunk: Buffer): Generator<StoredObject | undefined> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    if (this.#open) {
      const object = this.#readBody();
      if (!object) return;
      yield object;
    }
    const rest = this.#rest;
    let at = 0;
    for (let lf = rest.indexOf(LF); lf >= 0; lf = rest.indexOf(LF, at)) {
      const header = readHeader(rest.toString("latin1", at, lf));
      const start = lf + 1;
      at = start;
      if (!header) {
        yield undefined;
        continue;
      }
      const { oid, type, size } = header;
      if (start + size >= rest.length) {
        this.#open = { oid, type, size, kept: [], seen: 0 };
        break;
      }
      // It is here as a whole, like nearly all are.
      at = start + size + 1;
      yield { oid, type, size, bytes: rest.subarray(start, start + Math.min(size, this.#limit())) };
    }
    this.#rest = rest.subarray(at);
    if (this.#open) this.#readBody();
  }

  #readBody(): StoredObject | undefined {
    const open = this.#open;
    // The line feed behind the bytes is waited for too.
    if (!open || this.#rest.length === 0) return undefined;
    const part = this.#rest.subarray(0, open.size - open.seen);
    const room = this.#limit() - open.seen;
    if (room > 0 && part.length > 0) open.kept.push(part.length > room ? part.subarray(0, room) : part);
    open.seen += part.length;
    this.#rest = this.#rest.subarray(part.length);
    if (open.seen < open.size || this.#rest.length === 0) return undefined;
    this.#rest = this.#rest.subarray(1);
    this.#open = undefined;
    const { oid, type, size, kept } = open;
    return { oid, type, size, bytes: kept.length === 1 ? (kept[0] as Buffer) : Buffer.concat(kept) };
  }
}

/** `<oid> <type> <size>`; undefined for `<request> missing`. */
function readHeader(line: string): Omit<StoredObject, "bytes"> | undefined {
  const first = line.indexOf(" ");
  const second = line.indexOf(" ", first + 1);
  const size = line.slice(second + 1);
  if (second > 0 && /^\d+$/.test(size)) {
    return { oid: parseObjectId(line.slice(0, first)), type: line.slice(first + 1, second), size: Number(size) };
  }
  if (line.endsWith(" missing") || line.endsWith(" ambiguous")) return undefined;
  throw new CountersignError("GIT_FAILED", {
    command: "git cat-file --batch",
    end: `an unreadable line: ${line.slice(0, 80)}`,
    said: "",
  });
}
