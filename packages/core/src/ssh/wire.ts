import { encodeText, joinBytes } from "../bytes.ts";

/**
 * Reads SSH's wire format (RFC 4251, section 5) from front to back. A value that the data ends before is undefined;
 * so is every value after it, and the reader never gets to `ended`.
 */
export class WireReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether everything was read, with no byte over. */
  get ended(): boolean {
    return this.#at === this.#bytes.length;
  }

  bytes(length: number): Uint8Array | undefined {
    const start = this.#at;
    this.#at = start + length;
    if (this.#at <= this.#bytes.length) return this.#bytes.subarray(start, this.#at);
    this.#at = Number.POSITIVE_INFINITY;
    return undefined;
  }

  uint32(): number | undefined {
    const [a, b = 0, c = 0, d = 0] = this.bytes(4) ?? [];
    return a === undefined ? undefined : ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }

  string(): Uint8Array | undefined {
    const length = this.uint32();
    return length === undefined ? undefined : this.bytes(length);
  }
}

/** The length-prefixed strings that make up the whole of `blob`, or undefined if they do not end with it. */
export function readStrings(blob: Uint8Array): readonly Uint8Array[] | undefined {
  const reader = new WireReader(blob);
  const strings: Uint8Array[] = [];
  while (!reader.ended) {
    const string = reader.string();
    if (string === undefined) return undefined;
    strings.push(string);
  }
  return strings;
}

/** One length-prefixed string. */
export function wireString(value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === "string" ? encodeText(value) : value;
  const { length } = bytes;
  return joinBytes([Uint8Array.of(length >>> 24, length >>> 16, length >>> 8, length), bytes]);
}

/**
 * The magnitude of an `mpint` that is positive and written in the one way that RFC 4251 allows, without a leading zero
 * byte; undefined for any other. OpenSSH reads longer spellings too, by which one number would have many.
 */
export function readPositive(mpint: Uint8Array): Uint8Array | undefined {
  const [first, second = 0] = mpint;
  if (first === undefined || first >= 0x80) return undefined;
  if (first > 0) return mpint;
  return second >= 0x80 ? mpint.subarray(1) : undefined;
}
