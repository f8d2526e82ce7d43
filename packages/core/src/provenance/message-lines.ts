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
 * A line between two code fences is an example. A revert speaks with the trailers at its end alone: what stands
 * above them is the reverted commit's message.
 */
export function readMessageLines(message: string): MessageLine[] {
  const raw = message.split("\n").map(trimLine);
  const fenced = findFenced(raw);
  const ownWords = /^revert\b/i.test(raw[0] ?? "") ? startOfTrailers(raw) : 0;
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
    lines.push({
      number: i + 1,
      text,
      logHeader,
      speaks: (indent === 0 || toolIndented) && depth < 4 && !fenced.has(i) && i >= ownWords,
    });
  }
  return lines;
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

/** Where the paragraphs begin that hold nothing but trailers and footers, counted from the end. */
function startOfTrailers(raw: readonly string[]): number {
  let start = raw.length;
  for (let i = raw.length - 1; i > 0; i -= 1) {
    const line = raw[i] as string;
    if (line === "") start = i;
    else if (!TRAILER_LIKE.test(line) && !MARK_LIKE.test(line)) break;
  }
  return start;
}
