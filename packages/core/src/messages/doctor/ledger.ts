import { shellWord } from "../../shell-word.ts";
import type { DoctorMessages } from "../message.ts";

/** A ledger, by its short name, and the remote that has it. */
export interface FoundLedger {
  readonly ledger: string;
  readonly remote: string;
  /** Whether git is set up to fetch it. */
  readonly tracked: boolean;
}

/** What is not as it should be with the branch that holds co-signs. */
export const ledgerFindings = {
  LEDGER_UNFETCHED: (found: FoundLedger) => ({
    state: "wrong",
    what: `the ledger ${found.ledger} of ${found.remote} was not fetched`,
    why: "co-signs that are not here do not count here, so pushes are refused that could land",
    fix: howToFetch(found),
  }),
  LEDGER_BEHIND: (found: FoundLedger) => ({
    state: "advice",
    what: `${found.remote} has a newer ledger ${found.ledger} than was fetched`,
    why: "co-signs that are not here do not count here",
    fix: howToFetch(found),
  }),
  LEDGER_UNTRACKED: (found: FoundLedger) => ({
    state: "advice",
    what: `git does not fetch the ledger ${found.ledger} of ${found.remote}: this clone fetches only some of its branches`,
    why: "co-signs that are not here do not count here",
    fix: howToFetch(found),
  }),
  LEDGER_UNPUSHED: ({
    ledger,
    remote,
    records,
    parted,
  }: {
    ledger: string;
    remote: string;
    records: number;
    /** Whether the remote has records too that are not here. */
    parted: boolean;
  }) => ({
    state: "advice",
    what: `${records} ${records === 1 ? "record" : "records"} in the ledger ${ledger} here ${records === 1 ? "is" : "are"} not on ${remote}`,
    why: "a co-sign counts once the remote has it",
    fix: parted
      ? `${howToUnite(ledger, remote)}; the next \`countersign cosign\` does the same`
      : `run ${pushOf(ledger, remote)}`,
  }),
  LEDGER_UNASKED: ({ ledger, remote, reason }: { ledger: string; remote: string; reason: string }) => ({
    state: "advice",
    what: `${remote} does not say where its ledger ${ledger} stands: ${reason}`,
    why: "the ledger here may be an old one, or none",
    fix: `run \`git ls-remote ${shellWord(remote)}\` to see why it does not answer`,
  }),
} as const satisfies DoctorMessages;

function howToFetch({ ledger, remote, tracked }: FoundLedger): string {
  const fetch = `\`git fetch ${shellWord(remote)}\``;
  if (tracked) return `run ${fetch}`;
  return `run \`git remote set-branches --add ${shellWord(remote)} ${shellWord(ledger)}\`, then ${fetch}`;
}

function pushOf(ledger: string, remote: string): string {
  return `\`git push ${shellWord(remote)} ${shellWord(ledger)}\``;
}

/** Records are only added, so that any two ledgers merge. The work tree and its branch stay as they are. */
function howToUnite(ledger: string, remote: string): string {
  const folder = "../united-ledger";
  const [name, from] = [shellWord(ledger), shellWord(remote)];
  const pull = `pull -q --no-rebase --no-edit --allow-unrelated-histories ${from} ${name}`;
  return [
    `unite both and push: run \`git worktree add -q ${folder} ${name}\``,
    `\`git -C ${folder} ${pull}\``,
    pushOf(ledger, remote),
    `\`git worktree remove ${folder}\``,
  ].join(", ");
}
