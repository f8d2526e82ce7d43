/** A line without what stands before its text. */
export interface StrippedLine {
  readonly text: string;
  /** How far the text is indented within a quotation. */
  readonly depth: number;
  readonly bullet: boolean;
  /** A box that nobody checked: what stands behind it is not said. */
  readonly unchecked: boolean;
}

const BULLETS = /^(?:(?:[*+•-]|[0-9]{1,3}[.)])\s+)+/;
const BOX = /^\[([ xX])\]\s+/;

/** Takes `>`, bullets, numbers and a check box off a line that has no indentation. */
export function stripMarks(content: string): StrippedLine {
  let text = content;
  let depth = 0;
  while (text.startsWith(">")) {
    const inner = text.slice(1).trimStart();
    depth = text.length - 1 - inner.length;
    text = inner;
  }
  const bullet = BULLETS.exec(text);
  if (bullet === null) return { text, depth, bullet: false, unchecked: false };
  text = text.slice(bullet[0].length);
  const box = BOX.exec(text);
  return { text: text.slice(box?.[0].length ?? 0), depth, bullet: true, unchecked: box?.[1] === " " };
}

/** How far a line is indented; a tab is more than any number of blanks that a tool writes. */
export function columnsOf(line: string): number {
  if (!/^[ \t]/.test(line)) return 0;
  const blanks = /^[ \t]*/.exec(line)?.[0] ?? "";
  return blanks.includes("\t") ? blanks.length + 8 : blanks.length;
}
