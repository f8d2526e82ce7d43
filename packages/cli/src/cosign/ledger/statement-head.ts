import type { SignedHead } from "@countersign/core";
import { branchRef, formatTime, type PolicyChoice } from "@countersign/core/internal";

/** What all begins with that a person signs for the ledger. The time is in seconds since 1970. */
export function formHead(
  { policy: { policy } }: PolicyChoice,
  targets: readonly Pick<PolicyChoice, "branch" | "destination">[],
  { cosigner, time }: { readonly cosigner: string; readonly time: number },
): SignedHead {
  const branches = targets.map(({ branch, destination }) => {
    return { ref: branchRef(branch), base: destination.branches.get(branch) };
  });
  return { project: policy.project, branches, cosigner, time: formatTime(time) };
}
