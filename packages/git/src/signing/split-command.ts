/**
 * Splits a command line as git's `split_cmdline` does, which reads `gpg.ssh.defaultKeyCommand` with it: blanks separate,
 * quotes of both kinds group, a backslash takes the next character as it is, except within single quotes.
 * Undefined if a quote is left open or a backslash stands last.
 */
export function splitCommand(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] as string;
    if (quote === "" && /[ \t\n\r]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === "" && (character === "'" || character === '"')) {
      quote = character;
      word ??= "";
    } else if (character === quote) {
      quote = "";
    } else if (character === "\\" && quote !== "'") {
      at += 1;
      if (at >= line.length) return undefined;
      word = (word ?? "") + line[at];
    } else {
      word = (word ?? "") + character;
    }
  }
  if (quote !== "") return undefined;
  if (word !== undefined) words.push(word);
  return words;
}
