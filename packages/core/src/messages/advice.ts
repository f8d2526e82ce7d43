import { formatDay } from "../time.ts";
import type { DataOf, Messages, NoData } from "./message.ts";
import { describeRequirement, NAME_LEDGER, type Needs } from "./phrases.ts";

type KeyData = { name: string; fingerprint: string; until: number };

const meantWords = (meant: string | undefined): string => (meant === undefined ? "" : `; did you mean ${meant}?`);

/** What in a sound policy probably does not do what was meant. */
export const adviceMessages = {
  DEFAULT_BRANCH_UNPROTECTED: ({ branch, patterns }: { branch: string; patterns: readonly string[] }) => ({
    what: `the default branch ${branch} is not protected`,
    why: `the patterns are ${patterns.join(", ")}; anything may land on ${branch}, even a change of the policy`,
    fix: `add ${branch} to the branches of an entry of protect`,
  }),
  POLICY_NOT_IN_FORCE: ({ branch }: { branch: string }) => ({
    what: `the default branch ${branch} has no policy yet, so none is in force`,
    why: "a push is judged by the policy on the default branch as it stands before the push, and by no other",
    fix: `land the policy file of the work tree on ${branch}`,
  }),
  BASELINE_UNKNOWN: ({ baseline }: { baseline: string }) => ({
    what: `the baseline ${baseline} is not a commit of this repository`,
    why: "where it is missing, history before it is judged like new commits",
    fix: "name the id of a commit of the default branch, or run `git fetch` if it is only not here yet",
  }),
  BRANCH_PATTERN_UNMATCHED: ({ pattern, meant }: { pattern: string; meant: string | undefined }) => ({
    what: `no branch matches ${pattern}${meantWords(meant)}`,
    why: "a misspelled pattern silently protects nothing",
    fix: "correct it, or leave it if the branch is yet to come",
  }),
  BRANCH_PATTERN_SHALLOW: (data: { pattern: string; branch: string; wider: string }) => ({
    what: `${data.pattern} does not match the branch ${data.branch}, and no other pattern does`,
    why: "a single * stays between two slashes",
    fix: `write ${data.wider} to protect such branches too`,
  }),
  BRANCH_PATTERN_SHADOWED: ({ pattern, by }: { pattern: string; by: string }) => ({
    what: `${pattern} has no effect here: ${by} stands in an earlier entry and matches the same branches`,
    why: "the first entry that matches governs a branch",
    fix: `move this entry in front of the one with ${by}, or remove the pattern`,
  }),
  BRANCH_CASE: ({ branch, pattern }: { branch: string; pattern: string }) => ({
    what: `the branch ${branch} is not protected, and differs only in case from what ${pattern} matches`,
    why: "on a server whose file system ignores case both are one branch, and nothing judges a push to this one",
    fix: `delete ${branch}, or add it to the branches of that entry`,
  }),
  ACCEPTS_UNPROTECTED: ({ pattern }: { pattern: string }) => ({
    what: `accepts counts what landed on ${pattern} as judged, but no entry of protect covers all of that`,
    why: "anyone who may push there decides what counts as judged here",
    fix: `add ${pattern} to the branches of an entry of protect, or remove it from accepts`,
  }),
  POLICY_CHANGE_EASIER: ({ rule, file, needs }: { rule: string; file: string; needs: Needs }) => ({
    what: `the rule "${rule}" matches ${file}, but a person's change of the policy needs less: ${describeRequirement(needs)}`,
    why: "rules apply to AI-assisted work; policyChange alone says what a person's change of the policy file needs",
    fix: "set under policyChange what the rule asks for",
  }),
  AGENT_ON_ROSTER: ({ name, email, agent }: { name: string; email: string; agent: string }) => ({
    what: `${name} has the address ${email}, which is that of the agent ${agent}`,
    why: "people are on the roster so that their co-signs count, and an agent's would count as a person's",
    fix: "remove it; what an agent wrote is known by the agent's address without an entry, or name the address under exempt if a person holds it",
  }),
  PERSON_WITHOUT_KEY: ({ name, level }: { name: string; level: string }) => ({
    what: `${name} has the level ${level} but no key`,
    why: "co-signs have to be signed, and without a key on the roster none of theirs can be proven",
    fix: "add the line of their .pub file under keys",
  }),
  REVIEWERS_UNKNOWN: ({ level }: { level: string }) => ({
    what: `approvals on a forge count, but nobody of level ${level} or higher has a login on one`,
    why: "an approval is matched to a person by login, so here only signatures can count",
    fix: "add github, gitlab or gitea with their login to the people who may approve, or ask for proof: signed",
  }),
  REVIEWS_NOT_KEPT: ({ lacks }: { lacks: "ledger" | "witness" }) => ({
    what: `approvals on a forge count, but the policy names no ${lacks} to keep them`,
    why: "after the merge nothing asks the forge again, so a server's hook and an audit find no co-sign",
    fix: `name a ${lacks}: the gate writes approvals down in the ledger, signed by a key that stands under witnesses`,
  }),
  EMERGENCIES_NOT_REVIEWED: (_: NoData) => ({
    what: "work may land in an emergency, but the policy names no ledger in which to co-sign it afterwards",
    why: "messages that have landed cannot change, so `countersign audit` would fail and nobody could mend that",
    fix: NAME_LEDGER,
  }),
  KEY_EXPIRED: ({ name, fingerprint, until }: KeyData) => ({
    what: `the key ${fingerprint} of ${name} was valid until ${formatDay(until)}`,
    why: "it proves nothing any more, not even for what was signed before and has not landed",
    fix: "remove it, or set a later validUntil",
  }),
  KEY_EXPIRES_SOON: ({ name, fingerprint, until, days }: KeyData & { days: number }) => ({
    what: `the key ${fingerprint} of ${name} is valid for ${days === 1 ? "1 more day" : `${days} more days`}, until ${formatDay(until)}`,
    why: "a key must be valid when the change lands",
    fix: "set a later validUntil, or add the person's next key",
  }),
  TOO_FEW_PEOPLE: ({ needs, able }: { needs: Needs; able: readonly string[] }) => ({
    what: `the policy asks for ${describeRequirement(needs)}, and ${able.length === 0 ? "nobody on the roster" : `only ${able.join(", ")}`} can give that`,
    why: "nothing that needs it can land",
    fix: "add people of that level with their keys, or ask for less",
  }),
  NOBODY_TO_SPARE: ({ needs, able }: { needs: Needs; able: readonly string[] }) => ({
    what: `only ${able.join(", ")} can co-sign as the policy asks (${describeRequirement(needs)})`,
    why: "nobody can co-sign their own work, so their own AI-assisted commits cannot land",
    fix: "add one more person of that level with a key, or a rule with authors and self: true",
  }),
  PATH_PATTERN_UNMATCHED: ({ rule, pattern, only }: { rule: string; pattern: string; only: boolean }) => ({
    what: `the rule "${rule}": ${pattern} matches no file of HEAD`,
    why: only ? "a rule whose paths match nothing never applies" : "a misspelled path is silently left out of the rule",
    fix: "correct it (* stays within a folder, ** does not), or leave it if the files are yet to come",
  }),
  RULE_AGENT_UNKNOWN: ({ rule, agent, meant }: { rule: string; agent: string; meant: string | undefined }) => ({
    what: `the rule "${rule}" names the agent ${agent}, which is not known${meantWords(meant)}`,
    why: "an agent that is neither in the catalogue nor under agents is never detected",
    fix: "correct the id, or describe the agent under agents",
  }),
  RULE_WITHOUT_AUTHOR: ({ rule, level }: { rule: string; level: string }) => ({
    what: `the rule "${rule}" is for authors of level ${level} or higher, and the roster has none`,
    why: "it never applies: an author who is not on the roster is below every level",
    fix: "add such people, or name a lower level",
  }),
  RULE_SHADOWED: ({ rule, by }: { rule: string; by: readonly string[] }) => ({
    what: `the rule "${rule}" has no effect: ${by.map((name) => `"${name}"`).join(", ")} sets the same fields wherever it applies`,
    why: "rules apply in order, and later fields win",
    fix: "move it after them, or remove it",
  }),
  RULE_IDLE: ({ rule }: { rule: string }) => ({
    what: `the rule "${rule}" changes nothing`,
    why: "every field that it sets has that value already on every protected branch",
    fix: "remove it, or set what it was meant to change",
  }),
} as const satisfies Messages;

export type AdviceCode = keyof typeof adviceMessages;

/** What the message of a piece of advice is made from. */
export type AdviceData<Code extends AdviceCode> = DataOf<typeof adviceMessages, Code>;
