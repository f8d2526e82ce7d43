import { expect } from "vitest";
import { run } from "../process/run.ts";
import type { Repo } from "../repository/repo.ts";

/** The commands that a report says to run: what stands in backquotes behind its `fix:`, in order. */
export function commandsOf(report: string): readonly string[] {
  return report
    .split("\n")
    .filter((line) => /^ {2}fix: /.test(line))
    .flatMap((line) => [...line.matchAll(/`(git [^`]+)`/g)].map(([, command = ""]) => command));
}

/** Does what a report says, word by word. `filled`: what a person puts in place of the words in capitals. */
export function follow(repo: Repo, commands: readonly string[], filled: Readonly<Record<string, string>> = {}): void {
  expect(commands).not.toEqual([]);
  for (const command of commands) {
    const text = command.replace(/\b[A-Z]{4,}\b/g, (word) => filled[word] ?? word);
    const { status, stderr } = run("sh", ["-c", text], { cwd: repo.dir, env: repo.env });
    expect({ text, status, stderr: status === 0 ? "" : stderr }).toEqual({ text, status: 0, stderr: "" });
  }
}
