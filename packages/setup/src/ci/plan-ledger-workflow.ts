import { branchRef, findLandingRemote } from "@countersign/core/internal";
import { git, trackingRef } from "@countersign/git/internal";
import type { Plan } from "../files/plan.ts";
import type { Surroundings } from "../surroundings.ts";
import { ledgerWorkflow } from "./ledger-workflow.ts";

const PATH = ".github/workflows/countersign-ledger.yml";

/** Plans the workflow in the ledger, unless it is there: GitHub looks for it in what is pushed, not in the default branch. */
export async function planLedgerWorkflow({ repository }: Surroundings, ledger: string, plan: Plan): Promise<void> {
  const ref = branchRef(ledger);
  const remote = await findLandingRemote(repository);
  const tracking = remote === undefined ? undefined : trackingRef({ remote, ref });
  for (const place of [ref, ...(tracking === undefined ? [] : [tracking])]) {
    const { status } = await git(repository.context, ["cat-file", "-e", `${place}:${PATH}`], [0, 1, 128]);
    if (status === 0) return;
  }
  const reason = "judges a pull request again when a co-sign for it arrives";
  plan.addToLedger({ ledger: { ref, tracking }, file: { path: PATH, text: ledgerWorkflow() }, remote, reason });
  plan.notes.push(
    `protect the branch ${ledger} on GitHub too: no force pushes and no deletion; everyone who co-signs must be able to push to it`,
  );
}
