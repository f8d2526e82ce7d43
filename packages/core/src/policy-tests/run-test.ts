import { asciiLowerCase } from "../bytes.ts";
import type { CheckedSignature, VerifiedSignature } from "../cosign/verify.ts";
import { decide } from "../judge/decide/decide.ts";
import type { CommitVerdict } from "../judge/decide/verdict.ts";
import type { Case } from "../judge/gather/case.ts";
import { openCase } from "../judge/gather/open-case.ts";
import { NO_RELATIONS } from "../judge/relate/relations.ts";
import type { ViolationCode } from "../messages/violations.ts";
import { findProtection, type Person, type Policy } from "../policy/policy.ts";
import { keyState, requiresTouch } from "../policy/roster.ts";
import { assumeCommit } from "./assumed-commit.ts";
import type { PolicyTest, TestOutcome } from "./policy-test.ts";

/** What became of a test's commit. */
export interface PolicyTestResult {
  readonly test: PolicyTest;
  readonly passed: boolean;
  readonly outcome: TestOutcome;
  /** Each once, in the order of the verdict. */
  readonly codes: readonly ViolationCode[];
  readonly rules: readonly string[];
  /** Undefined where nothing protects the branch. */
  readonly verdict: CommitVerdict | undefined;
  /** The agents of the test that were not found in its commit: the policy and the catalogue do not know them. */
  readonly unknownAgents: readonly string[];
}

/** Judges the commit of a test by the stages that judge a push. Only that a co-sign was signed is taken as given. */
export function runPolicyTest(policy: Policy, test: PolicyTest, now: number): PolicyTestResult {
  const reading = assumeCommit(policy, test, now);
  const protection = findProtection(policy, test.branch);
  const of = protection && openCase(policy, { branch: test.branch, protection }, reading);
  const [verdict] = decide(policy, of ? [assumeSigned(policy, of, test, now)] : [], NO_RELATIONS, () => now);
  const violations = verdict?.violations ?? [];
  const outcome = !protection || violations.length === 0 ? "allow" : protection.mode === "warn" ? "warn" : "deny";
  const codes = [...new Set(violations.map(({ code }) => code))];
  const rules = [...new Set([...(verdict?.requirements ?? []), ...violations].flatMap((part) => part.rules))];
  const unknownAgents = test.agents.filter((agent) => !reading.provenance.agents.includes(agent));
  const { expected } = test;
  const passed =
    unknownAgents.length === 0 &&
    outcome === expected.outcome &&
    (!expected.codes || sameMembers(codes, expected.codes)) &&
    (!expected.rules || sameMembers(rules, expected.rules));
  return { test, passed, outcome, codes, rules, verdict, unknownAgents };
}

function sameMembers(got: readonly string[], expected: readonly string[]): boolean {
  const wanted = new Set(expected);
  return got.length === wanted.size && got.every((member) => wanted.has(member));
}

/** The case of the commit, with the signatures that the test speaks of taken as made, by a key that serves. */
function assumeSigned(policy: Policy, of: Case, { emergency: reason = "", cosigns }: PolicyTest, now: number): Case {
  const claims = of.claims.map((claim) => {
    const { email, person } = claim;
    const {
      proof = "declared",
      age = 0,
      emergency = false,
    } = cosigns.find(({ who }) => asciiLowerCase(who) === email) ?? {};
    if (!person || proof === "declared") return claim;
    // A forge knows only by accounts whose review it is.
    if (proof === "reviewed" && person.accounts.length === 0) return { ...claim, person: undefined };
    const time = now - age;
    const result = { id: `${email} ${time}`, time, proof, ...(emergency && { emergency: reason }) };
    return { ...claim, signatures: [signatureOf(policy, person, email, result, now)] };
  });
  return { ...of, claims };
}

function signatureOf(
  policy: Policy,
  { keys }: Person,
  email: string,
  result: VerifiedSignature,
  now: number,
): CheckedSignature {
  if (result.proof === "reviewed") return { key: undefined, result };
  const able = keys.filter((key) => result.proof === "signed" || requiresTouch(key));
  const key = able.find((each) => keyState(policy, each, now) === "valid") ?? able[0];
  if (key) return { key, result };
  const data = { email, fingerprint: `that a ${result.proof} co-sign takes` };
  return { key, result: { code: "COSIGN_KEY_UNKNOWN", data } };
}
