import { findIntroduced, findQuoted, isTrailerLike } from "./examples.ts";
import { columnsOf, stripMarks } from "./line-marks.ts";

/**
 * How a line stands in its message. `plain`: it speaks for the commit. `displaced`: marks do not stand there, so that an
 * address that no person holds is the least that it must have. `example`: it is an example or a quotation.
 */
export type LineStanding = "plain" | "displaced" | "example";

/** A line of a message without its indentation, quote marks and bullet. */
export interface MessageLine {
  /** Counted from 1, as git counts them. */
  readonly number: number;
  readonly text: string;
  /** The text with the lines that continue it, which to git are one trailer. */
  readonly whole: string;
  readonly standing: LineStanding;
  /** Whether it stands in the header of a commit in a squash message. */
  readonly logHeader: boolean;
}

/** No trailer that is read is longer. */
const LONGEST_TRAILER = 4096;

const LOG_COMMIT = /^commit [0-9a-f]{7,64}\b/;
const LOG_FIELD = /^(?:Author|AuthorDate|Commit|CommitDate|Date|Merge):/;

/**
 * Splits a message and says how each of its lines stands. Those at column 0 are plain, also in the middle, below `---`, and
 * behind `>` or a bullet. So are those that a tool indented:
 *
 * - all lines of the body alike, as a here-document in a script;
 * - in `git merge --squash`'s default message, where `commit <id>` and `Author:` head each commit's
 *   message, indented by four columns; squashes of squashes nest;
 * - in GitLab's squash template, where the body of each `* subject` follows a blank line, indented by two.
 *
 * What else is indented is displaced, or an example where the text says so. Where `\n` was written for a line's end,
 * what stands behind it is displaced up to the first blank line.
 */
export function* readMessageLines(message: string): Generator<MessageLine, undefined> {
  const rows = dedent(splitRows(message));
  const texts = rows.map(({ text }) => text);
  const columns = texts.map(columnsOf);
  const contents = texts.map((text) => text.trimStart());
  const quoted = findQuoted(texts);
  const introduced = findIntroduced(texts);
  let logIndent = 0;
  let inBullet = false;

  for (const [i, { number, displaced }] of rows.entries()) {
    const content = contents[i] ?? "";
    if (content === "") continue;
    const indent = columns[i] ?? 0;
    const headsLog = indent <= logIndent && LOG_COMMIT.test(content) && LOG_FIELD.test(contents[i + 1] ?? "");
    const logHeader = headsLog || (logIndent > 0 && indent <= logIndent - 4 && LOG_FIELD.test(content));
    if (headsLog) logIndent = indent + 4;
    else if (indent === 0 && !logHeader) logIndent = 0;
    if (indent === 0) inBullet = content.startsWith("* ") && texts[i + 1] === "";

    const toolIndented = (logIndent > 0 && indent <= logIndent && indent % 4 === 0) || (inBullet && indent === 2);
    const { text, depth, unchecked } = stripMarks(content);
    const plain = (indent === 0 || toolIndented) && depth < 4 && !displaced;
    const example = quoted.has(i) || unchecked || (!plain && introduced.has(i));
    const standing = example ? "example" : plain ? "plain" : "displaced";
    const whole = FOLDABLE.test(text) ? unfold(text, contents, columns, i) : text;
    yield { number, text, whole, logHeader, standing };
  }
}

/** A line as it is split from the message, counted from 1. */
interface Row {
  readonly number: number;
  readonly text: string;
  readonly displaced: boolean;
}

function splitRows(message: string): Row[] {
  const rows: Row[] = [];
  for (const [i, line] of message.split("\n").entries()) {
    const number = i + 1;
    // Old editors and some agents end lines so. To git it is one line.
    for (const part of line.trimEnd().split("\r")) {
      if (!part.includes("\\n")) rows.push({ number, text: part.trimEnd(), displaced: false });
      else for (const row of splitAtEscape(part, number)) rows.push(row);
    }
  }
  return rows;
}

/** Models write `\n` where a line should end. With a blank line among them it is a message, else perhaps a quoted text. */
function splitAtEscape(line: string, number: number): readonly Row[] {
  const parts = line.split(/(?:\\r)?\\n/);
  const blank = parts.findIndex((part, at) => at > 0 && part.trim() === "");
  return parts.map((text, at) => ({
    number,
    text: text.trimEnd(),
    displaced: at > 0 && (blank < 0 || at < blank),
  }));
}

/** Takes away what all lines below the subject are indented by; trailers that git appended may stand at column 0. */
function dedent(rows: Row[]): Row[] {
  const subject = rows.findIndex(({ text }) => text !== "");
  let end = rows.length;
  while (end > subject + 1 && isAppended(rows[end - 1])) end -= 1;
  const body = rows.slice(subject + 1, end).filter(({ text, displaced }) => text !== "" && !displaced);
  if (!body.every(({ text }) => /^[ \t]/.test(text))) return rows;
  const [first, ...others] = body.map(({ text }) => /^[ \t]*/.exec(text)?.[0] ?? "");
  const indent = others.reduce(commonStart, first ?? "");
  // Below a subject that ends in a colon it is an example.
  if (indent === "" || rows[subject]?.text.endsWith(":")) return rows;
  return rows.map((row) => (row.text.startsWith(indent) ? { ...row, text: row.text.slice(indent.length) } : row));
}

function isAppended(row: Row | undefined): boolean {
  return row !== undefined && (row.text === "" || isTrailerLike(row.text));
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}

const FOLDABLE = /^[A-Za-z][A-Za-z0-9-]*[ \t]*:/;

/** The line with those that continue it: they are indented deeper, and to git they are one. */
function unfold(text: string, lines: readonly string[], columns: readonly number[], at: number): string {
  const indent = columns[at] ?? 0;
  let whole = text;
  for (let i = at + 1; i < lines.length && whole.length < LONGEST_TRAILER; i += 1) {
    const line = lines[i] ?? "";
    if (line === "" || (columns[i] ?? 0) <= indent) break;
    whole += ` ${line.slice(0, LONGEST_TRAILER)}`;
  }
  return whole;
}
