/** A word of a command that is to be copied: names of refs and remotes may hold what a shell would run. */
export function quoteForShell(word: string): string {
  return /^[\w./@+:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
