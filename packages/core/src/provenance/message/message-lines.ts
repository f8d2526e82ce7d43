/** A line of a message without its indentation, quote marks and bullet. */
export interface MessageLine {
  /** Counted from 1, as an editor shows it. */
  readonly number: number;
  readonly text: string;
  /** Whether it speaks for this commit. A line that does not is an example or a quotation. */
  readonly speaks: boolean;
  /** Whether it stands in the header of a commit in a squash message. */
  readonly logHeader: boolean;
}

/** No mark is longer; what a line holds beyond this is not looked at. */
const LONGEST_LINE = 4096;

const LOG_COMMIT = /^commit [0-9a-f]{7,64}\b/;
const LOG_FIELD = /^(?:Author|AuthorDate|Commit|CommitDate|Date|Merge):/;
const TRAILER_LIKE = /^(?:[A-Za-z][A-Za-z0-9-]* ?:|\(cherry picked from commit |-{3,}$)/;
const MARK_LIKE = /^[^A-Za-z]*(?:generated (?:with|by)|made with|https:\/\/|via )/i;

/**
 * Splits a message and tells which of its lines speak for the commit. Those at column 0 do, also in the middle,
 * below `---`, and behind `>` or a bullet. An indented line is an example, except where a tool indented it:
 *
 * - in `git merge --squash`'s default message, where `commit <id>` and `Author:` head each commit's
 *   message, indented by four columns; squashes of squashes nest;
 * - in GitLab's squash template, where the body of each `* subject` follows a blank line, indented by two.
 *
 * A line between two code fences is an example. A revert that repeats the reverted commit's message speaks with what
 * stands above that and with the trailers at its end. A trailer that is folded is one line.
 */
export function readMessageLines(message: string): MessageLine[] {
  const raw = message.split("\n").map(trimLine);
  const fenced = findFenced(raw);
  const quotation = findQuotation(raw);
  const lines: MessageLine[] = [];
  let logIndent = 0;
  let inBullet = false;

  for (const [i, line] of raw.entries()) {
    const content = line.trimStart();
    if (content === "") continue;
    const indent = columnsOf(line, content);
    const headsLog = indent <= logIndent && LOG_COMMIT.test(content) && LOG_FIELD.test((raw[i + 1] ?? "").trimStart());
    const logHeader = headsLog || (logIndent > 0 && indent <= logIndent - 4 && LOG_FIELD.test(content));
    if (headsLog) logIndent = indent + 4;
    else if (indent === 0 && !logHeader) logIndent = 0;
    if (indent === 0) inBullet = content.startsWith("* ") && raw[i + 1] === "";

    const toolIndented = (logIndent > 0 && indent <= logIndent && indent % 4 === 0) || (inBullet && indent === 2);
    const { text, depth } = stripMarks(content);
    const quoted = quotation !== undefined && ((i >= quotation.from && i < quotation.to) || content.startsWith(">"));
    lines.push({
      number: i + 1,
      text: indent === 0 && FOLDABLE.test(text) ? unfold(text, raw, i) : text,
      logHeader,
      speaks: (indent === 0 || toolIndented) && depth < 4 && !fenced.has(i) && !quoted,
    });
  }
  return lines;
}

const FOLDABLE = /^[A-Za-z][A-Za-z0-9-]*[ \t]*:/;

/** The line with those that continue it: they begin with a blank, and to git they are one. */
function unfold(text: string, raw: readonly string[], at: number): string {
  let whole = text;
  for (let i = at + 1; i < raw.length && whole.length < LONGEST_LINE; i += 1) {
    const line = raw[i] as string;
    if (!/^[ \t]/.test(line)) break;
    whole += ` ${line.trimStart()}`;
  }
  return whole;
}

function trimLine(line: string): string {
  return line.slice(0, LONGEST_LINE).trimEnd();
}

function columnsOf(line: string, content: string): number {
  const blanks = line.slice(0, line.length - content.length);
  return blanks.includes("\t") ? blanks.length + 8 : blanks.length;
}

/** Takes off `>` and one bullet; `depth` is how far the text is indented within a quotation. */
function stripMarks(content: string): { text: string; depth: number } {
  let text = content;
  let depth = 0;
  while (text.startsWith(">")) {
    const inner = text.slice(1).trimStart();
    depth = text.length - 1 - inner.length;
    text = inner;
  }
  const bullet = /^(?:[*+•-] +)+/.exec(text);
  return { text: bullet === null ? text : text.slice(bullet[0].length), depth };
}

/** The lines between pairs of fences. A fence that nothing closes hides nothing. */
function findFenced(raw: readonly string[]): ReadonlySet<number> {
  const fenced = new Set<number>();
  let opened: { at: number; fence: string } | undefined;
  for (const [i, line] of raw.entries()) {
    const fence = /^[ \t]*(```|~~~)(.*)/.exec(line);
    if (fence === null) continue;
    const [, marks = "", info = ""] = fence;
    // Only an opening fence names a language, and one line may hold both fences.
    if (info.includes(marks)) continue;
    if (opened === undefined || info !== "") opened = { at: i, fence: marks };
    else if (opened.fence === marks) {
      for (let inside = opened.at; inside <= i; inside += 1) fenced.add(inside);
      opened = undefined;
    }
  }
  return fenced;
}

/**
 * The lines of a revert that repeat the reverted message: from its subject, written out once more, down to the trailers
 * of the revert itself. Without that subject nothing is taken for a quotation but what stands behind `>`.
 */
function findQuotation(raw: readonly string[]): { readonly from: number; readonly to: number } | undefined {
  const subject = /^revert:? "(.+)"$/i.exec(raw[0] ?? "")?.[1];
  if (subject === undefined) return undefined;
  const from = raw.findIndex((line, i) => i > 0 && stripMarks(line.trimStart()).text === subject);
  return from < 0 ? { from: 0, to: 0 } : { from, to: startOfTrailers(raw) };
}

/** Where the paragraphs begin that hold nothing but trailers, with the lines that continue them, and footers. */
function startOfTrailers(raw: readonly string[]): number {
  let start = raw.length;
  for (let i = raw.length - 1; i > 0; i -= 1) {
    const line = raw[i] as string;
    if (line === "") start = i;
    else if (!/^[ \t]/.test(line) && !TRAILER_LIKE.test(line) && !MARK_LIKE.test(line)) break;
  }
  return start;
}
