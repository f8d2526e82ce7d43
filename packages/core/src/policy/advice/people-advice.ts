import { firstOfEach } from "../../group-by.ts";
import { identify } from "../../provenance/identify.ts";
import { agentIndexUnder } from "../../provenance/under-policy.ts";
import { fingerprint } from "../../ssh/fingerprint.ts";
import { emergencyRequirement, policyChangeRequirement } from "../commit-requirements.ts";
import type { Path } from "../file/problem.ts";
import { reachesLevel } from "../levels.ts";
import type { Policy } from "../policy.ts";
import { nameNeeds, type Requirement } from "../requirement.ts";
import { findAblePeople, findAbleWhen, keyState } from "../roster.ts";
import { type Advice, advice, type PolicySurroundings } from "./advice.ts";

/** Whether there are the people, with the keys, that the policy asks for. */
export function* adviseOnPeople(policy: Policy, { now }: PolicySurroundings): Iterable<Advice> {
  const asked = findAsked(policy);
  yield* adviseOnAgents(policy);
  yield* adviseOnKeys(policy, now);
  yield* adviseOnReviews(policy, asked, now);
  if (policy.emergency && policy.ledger === undefined) yield advice("EMERGENCIES_NOT_REVIEWED", ["emergency"], {});
  for (const [index, { name, level, keys, accounts }] of policy.people.entries()) {
    const mayDo = ({ proof }: Requirement): boolean =>
      proof === "declared" || (proof === "reviewed" && accounts.length > 0);
    const meant = ({ needs }: Asked): boolean =>
      needs.count > 0 && !mayDo(needs) && reachesLevel(policy.levels, level, needs.level);
    if (keys.length === 0 && asked.some(meant)) yield advice("PERSON_WITHOUT_KEY", ["people", index], { name, level });
  }
  for (const { needs, path } of asked) {
    const able = findAblePeople(policy, needs, now).map(({ name }) => name);
    if (able.length < needs.count) yield advice("TOO_FEW_PEOPLE", path, { needs, able });
    else if (needs.count > 0 && !needs.self && able.length === needs.count) {
      yield advice("NOBODY_TO_SPARE", path, { needs, able });
    }
  }
}

/** Whether everybody on the roster is a person: nobody else would take a co-sign by an agent for one. */
function* adviseOnAgents(policy: Policy): Iterable<Advice> {
  const index = agentIndexUnder(policy);
  for (const [at, { name, emails }] of policy.people.entries()) {
    for (const [which, email] of emails.entries()) {
      const agent = identify(name, email, index)?.agent.name;
      if (agent !== undefined) yield advice("AGENT_ON_ROSTER", ["people", at, "emails", which], { name, email, agent });
    }
  }
}

/** Whether approvals on a forge, where they do, can be known for whose they are, and for how long. */
function* adviseOnReviews(policy: Policy, asked: readonly Asked[], now: number): Iterable<Advice> {
  const reviewed = asked.filter(({ needs }) => needs.count > 0 && needs.proof === "reviewed");
  const [first] = reviewed;
  if (first && (policy.witnesses.length === 0 || policy.ledger === undefined)) {
    const lacks = policy.ledger === undefined ? "ledger" : "witness";
    yield advice("REVIEWS_NOT_KEPT", first.path, { lacks });
  }
  for (const { needs, path } of reviewed) {
    const could = findAbleWhen(policy, { level: needs.level, proof: "declared" })(now);
    if (could.length > 0 && could.every(({ accounts }) => accounts.length === 0)) {
      yield advice("REVIEWERS_UNKNOWN", path, { level: needs.level });
    }
  }
}

/** A key that ends within this time is worth a word, in seconds. */
const SOON = 30 * 24 * 60 * 60;

function* adviseOnKeys(policy: Policy, now: number): Iterable<Advice> {
  for (const [index, { name, keys }] of policy.people.entries()) {
    for (const [at, key] of keys.entries()) {
      const path = ["people", index, "keys", at];
      const state = keyState(policy, key, now);
      const data = { name, fingerprint: fingerprint(key), until: key.validUntil ?? now };
      if (state === "expired") yield advice("KEY_EXPIRED", path, data);
      if (state === "valid" && data.until > now && data.until <= now + SOON) {
        yield advice("KEY_EXPIRES_SOON", path, { ...data, days: Math.ceil((data.until - now) / 86_400) });
      }
    }
  }
}

interface Asked {
  readonly needs: Requirement;
  readonly path: Path;
}

/** What the policy asks for in each of its parts: of a branch, of a change of itself, of an emergency, and of a branch where one rule applies. */
function findAsked(policy: Policy): readonly Asked[] {
  const asked: Asked[] = [];
  for (const [index, protection] of policy.protect.entries()) {
    const base = { ...policy.cosign, ...protection.cosign };
    // The nearest part that stands in the file is shown.
    asked.push({ needs: base, path: ["protect", index, "cosign"] });
    const tightened = Object.keys(policy.policyChange).length > 0;
    const change = policyChangeRequirement(policy, protection);
    asked.push({ needs: change, path: tightened ? ["policyChange"] : ["protect", index] });
    for (const [at, rule] of policy.rules.entries()) {
      asked.push({ needs: { ...base, ...rule.cosign }, path: ["rules", at, "cosign"] });
    }
    const urgent = emergencyRequirement(policy, base);
    if (urgent && base.count > 0) asked.push({ needs: urgent, path: ["emergency"] });
  }
  return firstOfEach(asked, ({ needs }) => nameNeeds(needs));
}
