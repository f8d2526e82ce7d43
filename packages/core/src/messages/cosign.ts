import { type ClaimSpot, describeSpot } from "../cosign/claim-place.ts";
import { formatTime } from "../time.ts";
import type { Messages, NoData } from "./message.ts";
import { type Asked, ask, askAfterwards, describeRequirement, type Needs, STOP } from "./phrases.ts";

export interface DisputeData {
  readonly reason: string;
  readonly line: number;
  readonly needs: Needs;
  readonly problems: readonly string[];
}

/** Why an emergency changes nothing: the policy knows none, or the commit changes the policy. */
export type IdleEmergency = "not foreseen" | "policy change";

export interface EmergencyData {
  readonly reason: string;
  /** The line of the message. */
  readonly line: number;
}

const IDLE = {
  "not foreseen": "the policy has no `emergency`, so everything waits for its co-signs, urgent or not",
  "policy change":
    "a change of the policy file could switch the rules off, so it waits for its co-signs even in an emergency",
};

function disputant(level: string): string {
  return `a person of level ${level} or higher`;
}

function shaped(rules: readonly string[]): string {
  return rules.length === 0 ? "the policy" : `the policy (${rules.map((rule) => `"${rule}"`).join(", ")})`;
}

export interface KeyData {
  readonly email: string;
  readonly fingerprint: string;
  /** Who wrote down what a forge said, where it is not the person's own key. */
  readonly witness?: string;
}

function ownerOf(email: string, witness: string | undefined): string {
  return witness === undefined ? email : `the witness ${witness}, who speaks for ${email},`;
}

const WITNESS_AGAIN =
  "a person on the roster runs `countersign cosign`, or the gate writes the approval down with another of the witness's keys";

/** What a commit lacks, and why a co-sign that it bears does not count. */
export const cosignViolations = {
  COSIGN_MISSING: (data: Asked & { have: number; needs: Needs; rules: readonly string[]; disputes?: string }) => ({
    what: data.have === 0 ? "it has no co-sign" : `it has ${data.have} of ${data.needs.count} co-signs`,
    why: `${shaped(data.rules)} requires ${describeRequirement(data.needs)} for AI-assisted work`,
    fix:
      data.disputes === undefined
        ? ask(data)
        : `${ask(data)}; if the mark is wrong, ${disputant(data.disputes)} can dispute it`,
  }),
  COSIGN_DECLARED_ONLY: ({ email, needs, able, ...spot }: Asked & { email: string; needs: Needs } & ClaimSpot) => ({
    what: `the co-sign of ${email} ${describeSpot(spot)} is declared, not proven`,
    why: `anyone can type that line; the policy requires ${describeRequirement(needs)}`,
    fix: ask({ able }),
  }),
  COSIGN_REVIEWED_ONLY: ({ email, needs, able, ...spot }: Asked & { email: string; needs: Needs } & ClaimSpot) => ({
    what: `the approval of ${email} ${describeSpot(spot)} comes from a forge and is not signed`,
    why: `anyone with access to the account can give it; the policy requires ${describeRequirement(needs)}`,
    fix: ask({ able }),
  }),
  COSIGN_NO_TOUCH: ({ email, needs, ...spot }: { email: string; needs: Needs } & ClaimSpot) => ({
    what: `the co-sign of ${email} ${describeSpot(spot)} is signed, but not by a key that was touched`,
    why: `a key in a file or in an SSH agent signs for anyone who can reach it; the policy requires ${describeRequirement(needs)}`,
    fix: "sign again with a security key that asks for a touch",
  }),
  COSIGN_INVALID: ({ problem, able, ...spot }: Asked & { problem: string } & ClaimSpot) => ({
    what: `the co-sign ${describeSpot(spot)} cannot be read: ${problem}`,
    why: "a co-sign that two programs may read differently is not accepted",
    fix: ask({ able }),
  }),
  COSIGN_MISPLACED: ({ line, problem }: { line: number; problem: string }) => ({
    what: `line ${line} looks like a co-sign but is not one: ${problem}`,
    why: "only what git itself reads as a trailer counts, so that anyone can check it with git alone",
    fix: "the person who co-signed runs `countersign cosign` again, which puts the trailer where it belongs",
  }),
  COSIGN_UNKNOWN_SIGNER: ({ email, able, ...spot }: Asked & { email: string } & ClaimSpot) => ({
    what: `${email} ${describeSpot(spot)} is not on the roster`,
    why: "only people whom the policy in force names can co-sign, and it knows them by their full e-mail address",
    fix: ask({ able }),
  }),
  COSIGN_LEVEL: ({ email, level, needs, able }: Asked & { email: string; level: string; needs: Needs }) => ({
    what: `${email} has level ${level}`,
    why: `the policy requires ${describeRequirement(needs)}`,
    fix: ask({ able }),
  }),
  COSIGN_SELF: ({ email, role, able }: Asked & { email: string; role: string }) => ({
    what: `${email} co-signed their own work, as its ${role}`,
    why: "a co-sign is a second person's review; another address of the same person does not make a second person",
    fix: ask({ able }),
  }),
  COSIGN_MISMATCH: ({ email, reason, able, ...spot }: Asked & { email: string; reason: string } & ClaimSpot) => ({
    what:
      "forge" in spot
        ? `the verdict of ${email} ${describeSpot(spot)} does not approve this change: ${reason}`
        : `the signature of ${email} does not cover this change (co-sign ${describeSpot(spot)}): ${reason}`,
    why:
      "forge" in spot
        ? "an approval counts while it stands, for exactly the commit that was reviewed, and only from someone who did not write it"
        : "the content changed after it was signed, or it was signed for another branch, project or author",
    fix: ask({ able }),
  }),
  COSIGN_STALE: ({ email, time, ahead, able }: Asked & { email: string; time: string; ahead: boolean }) => ({
    what: `the co-sign of ${email} was given at ${time}, ${ahead ? "which is in the future" : "too long ago"}`,
    why: ahead
      ? "a time in the future would keep a co-sign valid for longer than the policy allows"
      : "the policy limits how old a co-sign may be when the change lands, because the code around it moves on",
    fix: ahead ? "the signer sets the clock right and signs again" : ask({ able }),
  }),
  COSIGN_SPENT: ({ email, other, able }: Asked & { email: string; other: string }) => ({
    what: `the co-sign of ${email} is used up: commit ${other} removed again what it approved`,
    why: "a change that was removed and comes back needs a new review",
    fix: ask({ able }),
  }),
  COSIGN_WITHDRAWN: ({ email, able, ...spot }: Asked & { email: string } & ClaimSpot) => ({
    what: `${email} withdrew the co-sign ${describeSpot(spot)}`,
    why: "a withdrawn co-sign counts for nothing, wherever its signature is kept",
    fix: ask({ able }),
  }),
  COSIGN_INCOMPLETE: ({
    email,
    paths,
    able,
    ...spot
  }: Asked & { email: string; paths: readonly string[] } & ClaimSpot) => ({
    what: `the co-sign of ${email} ${describeSpot(spot)} approved this together with a change that does not land: ${paths.join(", ")}`,
    why: "approving a whole branch does not approve a part of it",
    fix: ask({ able }),
  }),
  COSIGN_KEY_UNKNOWN: ({ email, fingerprint }: { email: string; fingerprint: string }) => ({
    what: `the key ${fingerprint} does not belong to ${email}`,
    why: "a signature proves who gave it only if the policy in force lists the key for that person",
    fix: "sign with a listed key, or add this one to the policy first, in a co-signed change of its own",
  }),
  COSIGN_KEY_REVOKED: ({ email, fingerprint, witness }: KeyData) => ({
    what: `the key ${fingerprint} of ${ownerOf(email, witness)} is revoked`,
    why: "a revoked key may be in someone else's hands, so its signatures count for nothing, whenever they were made",
    fix: witness === undefined ? "sign again with another key that the policy lists for you" : WITNESS_AGAIN,
  }),
  COSIGN_KEY_EXPIRED: ({ email, fingerprint, witness, early }: KeyData & { early: boolean }) => ({
    what: `the key ${fingerprint} of ${ownerOf(email, witness)} is ${early ? "not valid yet" : "not valid any more"}`,
    why: "a key must be valid when the change lands, by the clock of the machine that judges",
    fix:
      witness === undefined
        ? "sign again with a valid key, or have its validity changed in the policy"
        : `${WITNESS_AGAIN}; or have the key's validity changed in the policy`,
  }),
  DENIED_BY_RULE: ({ reason, agents }: { reason: string; agents: readonly string[] }) => ({
    what: `it was made with ${agents.join(", ") || "AI"}, which a rule forbids here`,
    why: reason,
    fix: "remove the change from this push; no co-sign can allow it",
  }),
  DISPUTE_UNPROVEN: ({ reason, line, needs, problems }: DisputeData) => ({
    what: `line ${line} disputes its marks of AI, and nobody has signed that: ${reason}`,
    why: `anyone can write that no AI took part, so the policy requires ${describeRequirement(needs)} for that claim; the author may give it`,
    fix: `${disputant(needs.level)} who knows how it was made runs \`countersign cosign\`; if AI did take part, remove the line; ${STOP}`,
    details: problems,
  }),
  EMERGENCY_UNPROVEN: ({
    reason,
    line,
    needs,
    problems,
  }: EmergencyData & { needs: Needs; problems: readonly string[] }) => ({
    what: `line ${line} claims an emergency, and nobody has signed that: ${reason}`,
    why: `anyone can write that; the policy requires ${describeRequirement(needs)}, for this very reason; the author may give it`,
    fix: `a person of level ${needs.level} or higher runs \`countersign cosign --emergency REASON\`; ${STOP}`,
    details: problems,
  }),
  EMERGENCY_IDLE: ({ reason, line, idle }: EmergencyData & { idle: IdleEmergency }) => ({
    what: `line ${line} claims an emergency, which changes nothing here: ${reason}`,
    why: IDLE[idle],
    fix: "have it co-signed like any other commit; a revert of the exact change, made by a person, needs no co-sign",
  }),
  EMERGENCY_UNREVIEWED: ({ reason, until, able }: Asked & { reason: string; until: number }) => ({
    what: `it landed in an emergency, and its review was due by ${formatTime(until)}: ${reason}`,
    why: "what lands before its review is reviewed afterwards, within the time that the policy sets",
    fix: askAfterwards({ able }),
  }),
  DISCLOSURE_MISSING: (_: NoData) => ({
    what: "it does not say whether AI took part",
    why: "the policy requires every commit to say so",
    fix: "amend the message: add the trailer `Assisted-by: AGENT:MODEL` if AI took part, or `Assisted-by: none` if it did not",
  }),
} as const satisfies Messages;

/** What is reported about work that lands even so. */
export const noticeMessages = {
  EMERGENCY_LANDING: ({ reason, by, until, able }: Asked & { reason: string; by: string; until: number }) => ({
    what: `it lands in an EMERGENCY, which ${by} has signed: ${reason}`,
    why: `nobody has reviewed it; the review is due by ${formatTime(until)}, and \`countersign audit\` fails from then on`,
    fix: askAfterwards({ able }),
  }),
} as const satisfies Messages;

export type NoticeCode = keyof typeof noticeMessages;
