import type { ledgerFindings } from "../doctor/ledger.ts";
import type { CodePages } from "../message.ts";

const LEDGER = { ledger: "countersign/ledger", remote: "origin" };

export const ledgerPages: CodePages<typeof ledgerFindings> = {
  LEDGER_UNFETCHED: {
    means: "The remote has a ledger of co-signs that this clone has never fetched.",
    example: { ...LEDGER, tracked: false },
  },
  LEDGER_BEHIND: {
    means: "The remote has a newer ledger than the one that was last fetched.",
    example: { ...LEDGER, tracked: true },
  },
  LEDGER_UNTRACKED: {
    means: "The ledger was fetched once, but git's own fetch leaves it out, so it goes out of date.",
    example: { ...LEDGER, tracked: false },
  },
  LEDGER_UNPUSHED: {
    means: "Some co-signs are only in this clone's ledger.",
    example: { ...LEDGER, records: 2, parted: false },
  },
  LEDGER_UNASKED: {
    means: "The remote could not be asked whether its ledger is newer than the one that was fetched.",
    example: { ...LEDGER, reason: "fatal: Could not read from remote repository" },
  },
};
