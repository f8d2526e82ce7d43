import { fingerprint, type Policy } from "@countersign/core";
import { branchName, formatDay, keyState, type PersonKey } from "@countersign/core/internal";
import { escapeText } from "../text/escape.ts";
import { type Paint, PLAIN } from "../text/paint.ts";

/** The roster with each person's keys and what they are worth now, accounts on forges, and the witnesses. */
export function formatKeys(policy: Policy, now: number, paint: Paint = PLAIN): readonly string[] {
  const ledger =
    policy.ledger === undefined
      ? ""
      : `, or kept in the ledger ${escapeText(branchName(policy.ledger) ?? policy.ledger)}`;
  const without = `no co-sign of theirs can be proven${ledger}`;
  const people = policy.people.flatMap(({ name, emails, level, keys, accounts }) => [
    `${paint.strong(escapeText(name))} <${emails.map((email) => escapeText(email)).join(">, <")}>, level ${escapeText(level)}`,
    ...(keys.length === 0
      ? [`  no key, so ${accounts.length > 0 ? "they can only approve on a forge" : without}`]
      : []),
    ...keys.map((key) => `  ${formatKey(policy, key, now, paint)}`),
    ...accounts.map(({ forge, login, id }) => `  ${login} on ${forge}${id === undefined ? "" : `, number ${id}`}`),
  ]);
  const witnesses = policy.witnesses.flatMap(({ name, keys }) => [
    `${paint.strong(name)}, a witness of reviews`,
    ...keys.map((key) => `  ${formatKey(policy, key, now, paint)}`),
  ]);
  return [...people, ...witnesses];
}

function formatKey(policy: Policy, key: PersonKey, now: number, paint: Paint): string {
  const state = keyState(policy, key, now);
  const shown = state === "valid" ? paint.good(state) : paint.bad(state);
  const until = state === "valid" && key.validUntil !== undefined ? ` until ${formatDay(key.validUntil)}` : "";
  return `${fingerprint(key)} ${key.type}: ${shown}${until}`;
}
