/**
 * Says lines to whoever runs a hook. A reader that went away must turn neither a refusal into a crash nor a crash into a
 * pass. To open the stream takes longer than most hooks work, so that it stays closed where there is nothing to say.
 */
export function sayLines(process: Pick<NodeJS.Process, "stderr">, lines: readonly string[]): void {
  if (lines.length === 0) return;
  const { stderr } = process;
  if (stderr.listenerCount("error") === 0) stderr.on("error", () => {});
  stderr.write(`${lines.join("\n")}\n`);
}
