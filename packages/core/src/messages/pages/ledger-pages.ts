import type { ledgerFaults, ledgerViolations } from "../ledger.ts";
import type { CodePages } from "../message.ts";

const LEDGER = "countersign/ledger";
const REF = `refs/heads/${LEDGER}`;

export const ledgerViolationPages: CodePages<typeof ledgerViolations> = {
  LEDGER_REWRITTEN: {
    means: "The push takes a record out of the ledger, changes one, or deletes the branch.",
    example: { ledger: LEDGER, problem: `takes out the record ${"5a"}/${"c3".repeat(31)}/${"7e".repeat(32)}-1` },
  },
};

export const ledgerFaultPages: CodePages<typeof ledgerFaults> = {
  LEDGER_UNFIT: {
    means: "The ref that the policy names as its ledger is a symbolic ref or a tag, or holds a malformed commit.",
    example: { ref: REF, problem: "stands for refs/heads/main" },
  },
  LEDGER_BUSY: {
    means: "The ledger was written by others each time that a record was about to be added.",
    example: { ref: REF, tries: 5 },
  },
  LEDGER_NOT_PUSHED: {
    means: "The remote refused the ledger, for instance because you may not push to it.",
    example: { ledger: LEDGER, remote: "origin", said: "remote rejected: protected branch" },
  },
};
