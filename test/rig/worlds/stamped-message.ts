/** The line that the hooks write for Claude Code; its key in small letters where `A` begins a comment. */
export const CLAUDE_LINE = /^assisted-by: Claude Code(?:\n|$)/im;

/**
 * Takes the stamp out of a message, and what the hook may have put before it: a blank line, and the line end that the
 * message lacked. Of the texts that it may have been before, the one that is `plain`, if any is.
 */
export function withoutStamp(message: string, plain: string): string {
  const stamp = CLAUDE_LINE.exec(message);
  if (!stamp) return message;
  const [before, after] = [message.slice(0, stamp.index), message.slice(stamp.index + stamp[0].length)];
  const texts = ["", "\n", "\n\n"]
    .filter((gap) => before.endsWith(gap))
    .map((gap) => before.slice(0, before.length - gap.length) + after);
  // Blank lines that stand first are cleaned away; behind a stamp they do not.
  if (/^\n*$/.test(before)) texts.push(after.replace(/^\n+/, ""));
  return texts.find((text) => text === plain) ?? (texts[0] as string);
}
