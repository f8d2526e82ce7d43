import { columnsOf, stripMarks } from "./line-marks.ts";

const REVERTS = /^This reverts /;
const REVERT_SUBJECT = /^revert:? "(.+)"(?: \(#[0-9]+\))?$/i;
const TRAILER_LIKE = /^(?:[A-Za-z][A-Za-z0-9-]* ?:|\(cherry picked from commit |-{3,}$)/;
const MARK_LIKE = /^[^A-Za-z]*(?:generated (?:with|by)|made with|https:\/\/|via )/i;

/**
 * The lines, counted from 0, that are shown and not said, wherever they stand: between two code fences, and where a revert
 * repeats the reverted message, behind `>` or as it was. A revert speaks with what stands above that and with the trailers
 * at its end.
 */
export function findQuoted(lines: readonly string[]): ReadonlySet<number> {
  const quoted = findFenced(lines);
  if (!lines.some((line) => REVERTS.test(line))) return quoted;
  for (const [i, line] of lines.entries()) if (line.trimStart().startsWith(">")) quoted.add(i);
  const subject = REVERT_SUBJECT.exec(lines[0] ?? "")?.[1];
  const from =
    subject === undefined ? -1 : lines.findIndex((line, i) => i > 0 && stripMarks(line.trimStart()).text === subject);
  const end = from < 0 ? from : startOfTrailers(lines);
  for (let i = from; i < end; i += 1) quoted.add(i);
  return quoted;
}

/**
 * The lines between pairs of fences. A fence that nothing closes hides nothing, nor does one that the message itself was
 * written in: its first line is a fence, which goes with the last one.
 */
function findFenced(lines: readonly string[]): Set<number> {
  const fences = lines.flatMap((line, at) => {
    const [, marks = "", info = ""] = /^[ \t]*(```|~~~)(.*)/.exec(line) ?? [];
    // One line may hold both fences.
    return marks === "" || info.includes(marks) ? [] : [{ at, marks, info }];
  });
  const first = lines.findIndex((line) => line !== "");
  const within = fences[0]?.at === first ? fences.slice(1, -1) : fences;
  const fenced = new Set<number>();
  let opened: { readonly at: number; readonly marks: string } | undefined;
  for (const { at, marks, info } of within) {
    // Only an opening fence names a language.
    if (opened === undefined || info !== "") opened = { at, marks };
    else if (opened.marks === marks) {
      for (let inside = opened.at; inside <= at; inside += 1) fenced.add(inside);
      opened = undefined;
    }
  }
  return fenced;
}

/** Where the paragraphs begin that hold nothing but trailers, with the lines that continue them, and footers. */
function startOfTrailers(lines: readonly string[]): number {
  let start = lines.length;
  for (let i = lines.length - 1; i > 0; i -= 1) {
    const line = lines[i] ?? "";
    if (line === "") start = i;
    else if (!/^[ \t]/.test(line) && !isTrailerLike(line)) break;
  }
  return start;
}

/** Whether a line at column 0 may belong to the trailers and footers of a message. */
export function isTrailerLike(line: string): boolean {
  return TRAILER_LIKE.test(line) || MARK_LIKE.test(line);
}

/**
 * The indented lines that the text itself shows as examples: below a line that ends in a colon and is less indented, down
 * to the next such line (of a list, down to its end), and in an item of a list.
 */
export function findIntroduced(lines: readonly string[]): ReadonlySet<number> {
  const introduced = new Set<number>();
  let last: { readonly columns: number; readonly colon: boolean } | undefined;
  let example: { readonly columns: number; readonly list: boolean } | undefined;
  /** Where the bullet stands whose item the lines belong to. */
  let item: number | undefined;
  for (const [i, line] of lines.entries()) {
    if (line === "") {
      item = undefined;
      if (example?.list) example = undefined;
      continue;
    }
    const { text, depth, bullet } = stripMarks(line.trimStart());
    const columns = columnsOf(line) + depth;
    const ended = example !== undefined && columns - (example.list && !bullet ? 1 : 0) < example.columns;
    if (ended) example = undefined;
    if (example === undefined && last?.colon && columns > last.columns) example = { columns, list: bullet };
    const continues = item !== undefined && columns > item;
    if (example !== undefined || (continues && !bullet)) introduced.add(i);
    if (bullet && !continues) item = columns;
    else if (!continues) item = undefined;
    last = { columns, colon: /[:：]$/.test(text) };
  }
  return introduced;
}
