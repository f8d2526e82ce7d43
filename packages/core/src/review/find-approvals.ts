import { groupBy } from "../group-by.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Person, Policy } from "../policy/policy.ts";
import { identify } from "../provenance/identify.ts";
import { agentIndexUnder } from "../provenance/under-policy.ts";
import type { Review } from "./review.ts";
import { findReviewer } from "./same-account.ts";

/** The last word of someone on the roster. */
export interface LastVerdict {
  readonly person: Person;
  readonly review: Review;
  /** Why it is not an approval of the head, as a clause; undefined if it is one. */
  readonly flaw?: string | undefined;
}

/** An approval by someone on the roster. */
export type ReviewApproval = Pick<LastVerdict, "person" | "review">;

/** The approvals of exactly this head that stand, one for each person. */
export function findApprovals(policy: Policy, reviews: readonly Review[], head: ObjectId): readonly ReviewApproval[] {
  return findVerdicts(policy, reviews, head).filter(({ flaw }) => flaw === undefined);
}

/**
 * What each person on the roster said last. A verdict that was taken back counts for nothing, and what they said before it
 * does not count again. Bots and agents are not heard.
 */
export function findVerdicts(policy: Policy, reviews: readonly Review[], head: ObjectId): readonly LastVerdict[] {
  const heard = reviews.flatMap((review) => {
    const person = isByPerson(policy, review) ? findReviewer(policy, review.forge, review.reviewer) : undefined;
    return person && review.state !== "commented" ? [{ person, review }] : [];
  });
  return [...groupBy(heard, ({ person }) => person)].flatMap(([person, said]) => {
    const verdicts = said.map(({ review }) => review);
    const review = findLast(verdicts);
    return review ? [{ person, review, flaw: findFlaw(review, head) ?? findStrangers(verdicts) }] : [];
  });
}

function isByPerson(policy: Policy, { reviewer: { login, id, isBot } }: Review): boolean {
  if (isBot || login.endsWith("[bot]")) return false;
  return identify("", `${id ?? 0}+${login}@users.noreply.github.com`, agentIndexUnder(policy)) === undefined;
}

/** Of two in the same second, the one that is not an approval. */
function findLast(reviews: readonly Review[]): Review | undefined {
  const [first, ...others] = reviews;
  return others.reduce<Review | undefined>((last, review) => {
    if (!last || review.submitted !== last.submitted) return last && last.submitted > review.submitted ? last : review;
    return last.state === "approved" ? review : last;
  }, first);
}

/** A year has four digits. */
const LATEST = Date.parse("9999-12-31T00:00:00Z") / 1000;

function findFlaw(review: Review, head: ObjectId): string | undefined {
  const { state, head: seen, submitted, newestVersion, forge, turned } = review;
  if (state === "dismissed") return "it was dismissed";
  if (state !== "approved") return "it asks for changes";
  if (turned) return "the request got another base branch after it";
  if (!(submitted >= 0 && submitted < LATEST)) return "the forge does not say when it was given";
  if (seen !== undefined)
    return seen === head ? undefined : `it approved ${seen.slice(0, 12)}, and not what is there now`;
  if (forge !== "gitlab" || newestVersion === undefined) return "the forge does not say which commit it approved";
  return submitted > newestVersion ? undefined : "something was pushed after it";
}

/** A login that the roster names without its number, and that two accounts had. */
function findStrangers(reviews: readonly Review[]): string | undefined {
  const ids = new Set(reviews.map(({ reviewer }) => reviewer.id));
  return ids.size > 1 ? "two accounts had this login; the roster has to name the one by its number" : undefined;
}
