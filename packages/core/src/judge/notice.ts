import type { CodedMessage } from "../messages/codes.ts";
import { type NoticeCode, noticeMessages } from "../messages/cosign.ts";
import type { DataOf, Message } from "../messages/message.ts";
import type { ObjectId } from "../object/oid.ts";
import type { CommitVerdict } from "./decide/verdict.ts";
import { type UpdateVerdict, violationsOf } from "./decision.ts";

/** Something to be known of work that lands, as data: it refuses nothing. */
export type Notice = {
  readonly [Code in NoticeCode]: {
    readonly code: Code;
    readonly data: DataOf<typeof noticeMessages, Code>;
    readonly commit: ObjectId;
  };
}[NoticeCode];

/** What is to be known of an update that lands; nothing of one that does not. */
export function noticesOf(verdict: UpdateVerdict): readonly Notice[] {
  const { mode, faults, judged } = verdict;
  const isRefused = mode === "enforce" && (faults.length > 0 || violationsOf(verdict).length > 0);
  return isRefused ? [] : judged.flatMap(noticesOn);
}

/** What is to be known of a commit, if it lands. */
export function noticesOn({ commit, emergency }: CommitVerdict): readonly Notice[] {
  if (!emergency?.review) return [];
  const { reason, requirement, review } = emergency;
  const by = requirement.by.map(({ email }) => email).join(" and ");
  return [{ code: "EMERGENCY_LANDING", data: { reason, by, until: review.until, able: review.able }, commit }];
}

/** What, why and fix of a notice: unescaped. */
export function explainNotice({ code, data }: Pick<Notice, "code" | "data">): CodedMessage {
  const describe: (data: Notice["data"]) => Message = noticeMessages[code];
  return { code, ...describe(data) };
}
