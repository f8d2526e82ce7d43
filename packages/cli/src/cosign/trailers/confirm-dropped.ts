import { abbreviate } from "@countersign/core/internal";
import { escapeText, wrapText } from "@countersign/report";
import { printLines } from "../../context.ts";
import { Stopped } from "../../interruption.ts";
import type { Session } from "../session.ts";
import { ask, type Terminal } from "../terminal.ts";
import type { Proposal } from "./proposal.ts";

/**
 * A signature over a commit's bytes does not survive any change of them; the person who made it should not be surprised.
 * @throws `Stopped` unless the answer is yes.
 */
export async function confirmDropped(
  { context, interruption }: Session,
  terminal: Terminal,
  { affected }: Proposal,
): Promise<void> {
  const signed = affected.filter((commit) => commit.signed);
  if (signed.length === 0) return;
  await printLines(context.stdout, [
    "",
    ...wrapText(
      "",
      `${signed.length === 1 ? "One commit has" : `${signed.length} commits have`} a signature of git's own (gpgsig), which does not hold for the new id. It is dropped from:`,
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
