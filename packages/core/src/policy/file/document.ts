import { EVENT_ID, type Event, parseEvents, SCALAR_STYLE, YAMLException } from "js-yaml";
import { decodeStrictly } from "../../bytes.ts";
import { POLICY_LIMIT } from "../policy-files.ts";
import { offsetOf, startOf, ValueReader } from "./document-values.ts";
import type { Path, Problem } from "./problem.ts";

/** What a policy file holds, before anything is known of policies. */
export interface PolicyDocument {
  /** Objects without a prototype, so that no key is special. Undefined if the text cannot be relied on. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** The line of the value at a path, or of the nearest thing above it that exists. */
  lineOf(path: Path): number;
}

const MAX_DEPTH = 32;

/** Reads YAML 1.2, and JSON as the part of YAML that it is, but nothing of it that could surprise. */
export function readDocument(bytes: Uint8Array): PolicyDocument {
  if (bytes.length > POLICY_LIMIT)
    return unreadable([{ line: 1, text: `the file has ${bytes.length} bytes; at most ${POLICY_LIMIT} are read` }]);
  // Byte order marks say nothing in UTF-8, however many programs put one there.
  const text = decodeStrictly(bytes)?.replace(/^\ufeff+/, "");
  if (text === undefined) return unreadable([{ line: 1, text: "the file is not valid UTF-8" }]);

  const lineAt = lineCounter(text);
  const place = ({ offset, text }: Refusal): Problem => ({ line: lineAt(offset), text });
  const disguises = [...findDisguise(text)].map(place);
  let events: readonly Event[];
  try {
    events = parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { reason, mark } = error;
    const problem = reason.includes("maxDepth") ? `nested deeper than ${MAX_DEPTH} levels` : reason;
    return unreadable([...disguises, place({ offset: mark?.position ?? 0, text: problem })]);
  }
  const refusals = [...disguises, ...[...inspect(text, events)].map(place)];
  if (events.filter(({ type }) => type === EVENT_ID.DOCUMENT).length > 1) return unreadable(refusals);
  const reader = new ValueReader(text, events, lineAt);
  const root = reader.read([]);
  const problems = [...refusals, ...reader.problems];
  if (root.value === null) return unreadable([...problems, { line: 1, text: "the file is empty" }]);
  return { value: root.value, problems, lineOf: (path) => lineAt(offsetOf(root.place, path)) };
}

function unreadable(problems: readonly Problem[]): PolicyDocument {
  return { value: undefined, problems, lineOf: () => 1 };
}

interface Refusal {
  readonly offset: number;
  readonly text: string;
}

/**
 * Control characters, line breaks that many programs do not show as such, and marks that turn the order of letters: with
 * them, a line can look like a comment or a name and be read as a field.
 */
const DISGUISE = /\r(?!\n)|(?![\t\r\n])\p{Cc}|[\u2028-\u202e\u2066-\u2069\ufeff]/u;

/** The first such character. A person has to see the same text that is read here. */
function* findDisguise(text: string): Generator<Refusal> {
  const found = DISGUISE.exec(text);
  if (!found) return;
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  yield { offset: found.index, text: `the character U+${code} is not allowed; it can make the file look like another` };
}

/** Finds the features of YAML that let one text be read in two ways, or be larger than it looks. */
function* inspect(text: string, events: readonly Event[]): Generator<Refusal> {
  const first = events.map(startOf).find((offset) => offset >= 0) ?? text.length;
  const before = text.slice(0, first);
  // Of the lines before the content only a directive begins so; the parser keeps quiet about those it does not know.
  const directive = before.search(/^%/m);
  if (directive >= 0) yield { offset: directive, text: "a directive (%) is not allowed" };
  // Other parsers take it for text.
  const indented = before.search(/^[ \t]+---/m);
  if (indented >= 0) yield { offset: indented, text: "--- must stand at the beginning of its line" };
  let documents = 0;
  let end = 0;
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT && ++documents === 2) {
      const mark = text.slice(end).search(/^(?:---|\.\.\.)/m);
      yield { offset: end + Math.max(0, mark), text: "a second document begins here; the file must be one" };
    }
    end = Math.max(end, startOf(event));
    if (!("tagStart" in event)) continue;
    if (event.anchorStart >= 0) {
      yield { offset: event.anchorStart, text: "an anchor (&) is not allowed; write the value where it is needed" };
    }
    if (event.tagStart >= 0) {
      yield { offset: event.tagStart, text: "a tag (!) is not allowed; put text that begins with ! in quotes" };
    }
    if (event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.DOUBLE_QUOTED) {
      yield* findEscapes(text.slice(event.valueStart, event.valueEnd), event.valueStart);
    }
  }
}

/** Escapes of no character, of which the parser takes the last digits. */
function* findEscapes(quoted: string, start: number): Generator<Refusal> {
  for (const { 0: written, index } of quoted.matchAll(/\\(?:U[\dA-Fa-f]{8}|.)/gs)) {
    if (Number.parseInt(written.slice(2), 16) > 0x10ffff) {
      yield { offset: start + index, text: `${written} is not a character` };
    }
  }
}

/** A function from offsets to lines, which counts the lines when it is first asked. */
function lineCounter(text: string): (offset: number) => number {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= [...text.matchAll(/\r\n?|\n/g)].map(({ index, 0: end }) => index + end.length);
    let [from, to] = [0, starts.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((starts[middle] as number) <= offset) from = middle + 1;
      else to = middle;
    }
    return from + 1;
  };
}
