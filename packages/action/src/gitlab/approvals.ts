import type { ObjectId } from "@countersign/core";
import type { Review } from "@countersign/core/internal";
import type { InferOutput } from "valibot";
import { latest, seconds } from "../api/times.ts";
import type { approvalsAnswer, noteItem, versionItem } from "./answers.ts";

/** What is known of a merge request beside who approves of it. */
export interface ApprovedRequest {
  readonly head: ObjectId;
  readonly versions: readonly InferOutput<typeof versionItem>[];
  readonly notes: readonly InferOutput<typeof noteItem>[];
  /** The accounts that are, or may be, no people. */
  readonly bots: ReadonlySet<number>;
}

/**
 * The approvals of a merge request as reviews. GitLab names no commit in one, so it has to be later than the newest
 * version; where the versions do not end in the head that is judged, none is known to be. It has to be later than the last
 * turn to another branch, too: there it is another change.
 */
export function toReviews(
  { approved_by }: InferOutput<typeof approvalsAnswer>,
  { head, versions, notes, bots }: ApprovedRequest,
): readonly Review[] {
  const turned = lastTurned(notes);
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
            submitted: seconds(approved_at),
            newestVersion,
            turned: seconds(approved_at) <= turned,
          },
        ],
  );
}

/** When GitLab last noted that the target changed, by a person or because the branch was merged; 0 for never. */
function lastTurned(notes: readonly InferOutput<typeof noteItem>[]): number {
  const turns = notes.filter(({ system, body }) => system && TURNED.test(body));
  return latest(turns.map(({ created_at }) => created_at));
}

/** "changed target branch from …", and "deleted the `a` branch. This merge request now targets the `b` branch". */
const TURNED = /target branch|merge request now targets/i;
