import { parseTrailers, type Trailer } from "@countersign/core";
import { decodeText, equalBytes, findTrailerBlock } from "@countersign/core/internal";

/** A trailer to be added. */
export interface NewTrailer {
  readonly key: string;
  /** One, or several where the value is folded; it reads back with one blank in place of each line break. */
  readonly lines: readonly Uint8Array[];
}

/** A message with trailers added, or why it cannot take them. */
export type Appended = { readonly message: Uint8Array } | { readonly problem: string };

const LF = 0x0a;

/**
 * Adds trailers at the end of the message's trailer block, or as a new block, and leaves every other byte as it is.
 * What comes out is read again: all former trailers must still be there, then the new ones, by every reading of git's.
 */
export function appendTrailers(message: Uint8Array, added: readonly NewTrailer[]): Appended {
  if (added.length === 0) return { message };
  if (/^# -{24} >8 -{24}$/m.test(decodeText(message))) {
    return { problem: "it goes on below a scissors line, which git cuts off when the commit is amended" };
  }
  const { start, end } = findTrailerBlock(message);
  const before = message.subarray(0, end);
  const lines = added.map(formatTrailer);
  const lead = before.length > 0 && before.at(-1) !== LF ? [Uint8Array.of(LF)] : [];
  const blank = start === end ? [Uint8Array.of(LF)] : [];
  const grown = Buffer.concat([before, ...lead, ...blank, ...lines, message.subarray(end)]);
  const problem = findMisreading(message, grown, added);
  return problem === undefined ? { message: grown } : { problem };
}

function findMisreading(message: Uint8Array, grown: Uint8Array, added: readonly NewTrailer[]): string | undefined {
  const expected = [
    ...parseTrailers(message),
    ...added.map(({ key, lines }) => ({ key, value: joinBy(SPACE, lines) })),
  ];
  if (!sameTrailers(parseTrailers(grown), expected)) {
    return "it has no place for trailers: its last paragraph is the title, or git would read other trailers than before";
  }
  // Some of git's commands stop reading at such a line.
  return sameTrailers(parseTrailers(grown, { divider: true }), expected)
    ? undefined
    : 'it has a line that begins with "---", behind which some of git\'s commands see no trailers';
}

type ReadTrailer = Pick<Trailer, "key" | "value">;

function sameTrailers(found: readonly ReadTrailer[], expected: readonly ReadTrailer[]): boolean {
  return (
    found.length === expected.length &&
    found.every(({ key, value }, index) => {
      const other = expected[index] as ReadTrailer;
      return key === other.key && equalBytes(value, other.value);
    })
  );
}

function formatTrailer({ key, lines }: NewTrailer): Uint8Array {
  return Buffer.concat([Buffer.from(`${key}: `), joinBy("\n ", lines), Uint8Array.of(LF)]);
}

const SPACE = " ";

function joinBy(separator: string, parts: readonly Uint8Array[]): Uint8Array {
  const between = Buffer.from(separator);
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [between, part])));
}
