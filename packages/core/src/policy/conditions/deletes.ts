import type { Condition } from "./condition.ts";

export interface DeletionLimit {
  readonly files: number;
}

export const deletes: Condition<DeletionLimit, DeletionLimit> = {
  description: "Applies to commits that delete more files than this.",
  field: ({ fields, Limit }) => fields({ files: Limit }),
  normalise: ({ files }) => ({ files }),
  holds: ({ files }, { changes }) => changes.filter(({ status }) => status === "D").length > files,
  narrows: ({ files }, wider) => files >= wider.files,
};
