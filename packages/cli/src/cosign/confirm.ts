import type { CountersignError } from "@countersign/core";
import { abbreviate, asFault } from "@countersign/core/internal";
import type { GitContext } from "@countersign/git/internal";
import { escapeText, wrapText } from "@countersign/report";
import { type CommandContext, print, printLines } from "../context.ts";
import { type Interruption, Stopped } from "../interruption.ts";
import { openPager } from "../output/pager.ts";
import { DiffText, readLines } from "./diff-text.ts";
import type { Proposal } from "./proposal.ts";
import { startDiff } from "./start-diff.ts";
import { ask, type Terminal } from "./terminal.ts";

/** Asks whether to go on. @throws `Stopped` unless the answer is yes. */
export async function confirm(
  context: CommandContext,
  spoken: GitContext,
  terminal: Terminal,
  proposal: Proposal,
  interruption: Interruption,
): Promise<void> {
  const { wanted, signer, key } = proposal;
  await confirmDropped(context, terminal, proposal, interruption);
  const what = wanted.length === 1 ? "this commit" : `these ${wanted.length} commits`;
  const how = key ? "" : " (declared, not proven)";
  const question = `Type yes to co-sign ${what} as ${escapeText(signer.email)}${how}, d to read the diff, anything else to stop:`;
  for (;;) {
    await print(context.stdout, "\n");
    const answer = await ask(terminal, question, interruption.signal);
    if (answer === "yes") return;
    if (answer !== "d") throw new Stopped("no yes");
    await interruption.pause(() => showDiff(context, spoken, proposal));
  }
}

/** A signature over a commit's bytes does not survive any change of them; whoever made it should not be surprised. */
async function confirmDropped(
  context: CommandContext,
  terminal: Terminal,
  { affected }: Proposal,
  interruption: Interruption,
): Promise<void> {
  const signed = affected.filter((commit) => commit.signed);
  if (signed.length === 0) return;
  await printLines(context.stdout, [
    "",
    ...wrapText(
      "",
      `${signed.length === 1 ? "One commit has" : `${signed.length} commits have`} a signature of git's own (gpgsig), which the new id makes void. It is dropped from:`,
    ),
    ...signed.map(({ commit }) => {
      const { name, email } = commit.committer;
      return `  ${abbreviate(commit.oid)} committed by ${escapeText(name)} <${escapeText(email)}>`;
    }),
    "",
  ]);
  const answer = await ask(terminal, "Type yes to drop it, anything else to stop:", interruption.signal);
  if (answer !== "yes") throw new Stopped("no yes");
}

/** Shows the diffs in the person's pager. What is in the files never reaches the terminal as it is. */
async function showDiff(context: CommandContext, spoken: GitContext, { wanted }: Proposal): Promise<void> {
  const pager = await openPager(spoken, context.stdout);
  let broken: CountersignError | undefined;
  let isRead = true;
  for (const item of wanted) {
    const { stdout, ended, kill } = startDiff(spoken, item);
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
