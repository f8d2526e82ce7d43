import { escapeText, fingerprint, keyState, type Person, type Policy } from "@countersign/core";
import { type Finding, fine, problem } from "./finding.ts";

const SOON_DAYS = 30;
const DAY = 24 * 60 * 60;

/** Whether those who may co-sign have keys, and will have them next month. `now` in seconds since 1970. */
export function checkRoster(policy: Policy, now: number): readonly Finding[] {
  const { level, proof } = policy.cosign;
  const rank = policy.levels.get(level) ?? 0;
  const signers = policy.people.filter((person) => (policy.levels.get(person.level) ?? -1) >= rank);
  const keys = policy.people.flatMap((person) => person.keys.map((key) => ({ person, key })));
  const findings = keys.flatMap(({ person, key }): readonly Finding[] => {
    if (key.validUntil === undefined) return [];
    const facts = { name: escapeText(person.name), fingerprint: fingerprint(key), until: dayOf(key.validUntil) };
    const state = keyState(policy, key, now);
    if (state === "expired") return [problem("KEY_EXPIRED", facts)];
    return state === "valid" && key.validUntil - now <= SOON_DAYS * DAY ? [problem("KEY_EXPIRES_SOON", facts)] : [];
  });
  const keyless = proof === "declared" ? [] : signers.filter((person) => person.keys.length === 0);
  if (keyless.length > 0) findings.push(problem("PERSON_WITHOUT_KEY", { names: namesOf(keyless), level }));
  if (findings.length > 0) return findings;
  return [fine(`${countOf(signers.length)} on the roster may co-sign; no key expires within ${SOON_DAYS} days`)];
}

function namesOf(people: readonly Person[]): readonly string[] {
  return people.map(({ name }) => escapeText(name));
}

function countOf(people: number): string {
  return people === 1 ? "1 person" : `${people} people`;
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
