import type { ObjectId } from "@countersign/core";
import type { Review } from "@countersign/core/internal";
import type { InferOutput } from "valibot";
import type { approvalsAnswer, versionItem } from "./answers.ts";

/**
 * The approvals of a merge request as reviews. GitLab names no commit in one, so it has to be later than the newest
 * version; where the versions do not end in the head that is judged, none is known to be. `bots`: the accounts that are, or
 * may be, no people.
 */
export function toReviews(
  { approved_by }: InferOutput<typeof approvalsAnswer>,
  versions: readonly InferOutput<typeof versionItem>[],
  { head, bots }: { readonly head: ObjectId; readonly bots: ReadonlySet<number> },
): readonly Review[] {
  const times = versions.map(({ created_at }) => seconds(created_at));
  const newest = versions[times.indexOf(Math.max(...times))];
  const newestVersion = newest?.head_commit_sha === head ? seconds(newest.created_at) : undefined;
  return approved_by.flatMap(({ user, approved_at }) =>
    user == null
      ? []
      : [
          {
            forge: "gitlab" as const,
            id: `${user.id}-${approved_at ?? ""}`,
            reviewer: { login: user.username, id: user.id, isBot: bots.has(user.id) },
            state: "approved" as const,
            head: undefined,
            submitted: seconds(approved_at ?? ""),
            newestVersion,
          },
        ],
  );
}

/** Not a number where there is no time. Halves of a second are cut off on both sides, and the same second is not later. */
function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}
