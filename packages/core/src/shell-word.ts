/** A word of a command that is to be copied or run: names of refs, remotes and files may hold what a shell would act on. */
export function shellWord(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : quoteForShell(word);
}

/** The same in quotes whatever it holds. */
export function quoteForShell(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
