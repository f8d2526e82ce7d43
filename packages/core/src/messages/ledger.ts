import type { Messages } from "./message.ts";

/** What a push must not do to the branch that holds co-signs. */
export const ledgerViolations = {
  LEDGER_REWRITTEN: ({ ledger, problem }: { ledger: string; problem: string }) => ({
    what: `the push ${problem} of the ledger ${ledger}`,
    why: "records of co-signs are only added: without one, or with another in its place, nobody can check what was approved",
    fix: "push a ledger that keeps every record unchanged; a co-sign is taken back by a withdrawal, which is added to its record",
  }),
} as const satisfies Messages;

/** Why a ledger can be neither read nor written. */
export const ledgerFaults = {
  LEDGER_UNFIT: ({ ref, problem }: { ref: string; problem: string }) => ({
    what: `the ledger ${ref} ${problem}`,
    why: "a ledger is a branch of its own with nothing but commits, so that it changes in no other way",
    fix: "make it such a branch again, or name another one as `ledger` in the policy",
  }),
  LEDGER_BUSY: ({ ref, tries }: { ref: string; tries: number }) => ({
    what: `${ref} moved ${tries} times while a record was added to it`,
    why: "others write to it at the same time, and what they add must not be lost",
    fix: "run the command again; what you signed is not lost",
  }),
  LEDGER_NOT_PUSHED: ({ ledger, remote, said }: { ledger: string; remote: string; said: string }) => ({
    what: `${remote} did not take the ledger ${ledger}: ${said.split("\n")[0]}`,
    why: "a co-sign counts once it is there; until then it is kept in your own branch of that name",
    fix: `when you may push to it: git push ${remote} ${ledger}`,
    details: said.split("\n").slice(1, 6),
  }),
} as const satisfies Messages;
