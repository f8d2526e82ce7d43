import type { CountersignError } from "@countersign/core";
import { asFault } from "@countersign/core/internal";
import type { GitContext, RunningGit } from "@countersign/git/internal";
import { escapeText, wrapText } from "@countersign/report";
import { type CommandContext, print, printLines } from "../context.ts";
import { type Interruption, Stopped } from "../interruption.ts";
import { openPager } from "../output/pager.ts";
import { DiffText, readLines } from "./review/diff-text.ts";
import { ask, type Terminal } from "./terminal.ts";

/** What a person is asked at the end. */
export interface Question {
  readonly text: string;
  /** The diffs that an answer asks for; undefined if it is not of that kind. */
  readonly diffsFor: (answer: string) => readonly Diff[] | undefined;
}

/** Starts a git that prints a diff. */
export type Diff = () => RunningGit;

/** Asks whether to go on. @throws `Stopped` unless the answer is yes. */
export async function confirm(
  context: CommandContext,
  spoken: GitContext,
  terminal: Terminal,
  { text, diffsFor }: Question,
  interruption: Interruption,
): Promise<void> {
  for (;;) {
    await print(context.stdout, "\n");
    const answer = await ask(terminal, text, interruption.signal);
    if (answer === "yes") return;
    const diffs = diffsFor(answer);
    if (!diffs) throw new Stopped("no yes");
    await interruption.pause(() => showDiffs(context, spoken, diffs));
  }
}

/** Shows diffs in the person's pager. What is in the files never reaches the terminal as it is. */
async function showDiffs(context: CommandContext, spoken: GitContext, diffs: readonly Diff[]): Promise<void> {
  const pager = await openPager(spoken, context.stdout);
  let broken: CountersignError | undefined;
  let isRead = true;
  for (const start of diffs) {
    const { stdout, ended, kill } = start();
    const text = new DiffText(context.paint);
    for await (const line of readLines(stdout)) {
      isRead = await pager.write(`${text.line(line)}\n`);
      if (!isRead) break;
    }
    // Left early, the rest is not wanted.
    if (!isRead) {
      kill();
      break;
    }
    broken = await ended.then(() => undefined, asFault);
    if (broken) break;
  }
  await pager.close();
  if (broken)
    await printLines(context.stdout, ["", ...wrapText("", `This diff is not whole: ${escapeText(broken.what)}`)]);
}
