import { findKeyFlaw, type JudgedClaim, type Prover, proveClaim } from "../cosign/prove.ts";
import { readCosigns } from "../cosign/read-cosigns.ts";
import type { CommitVerdict } from "../judge/commit-verdict.ts";
import { judgeCommit } from "../judge/judge-commit.ts";
import type { ViolationCode } from "../messages/codes.ts";
import { findProtection, type Person, type PersonKey, type Policy } from "../policy/policy.ts";
import { findPersonByEmail, requiresTouch } from "../policy/roster.ts";
import { branchRef } from "../ref.ts";
import { fingerprint } from "../ssh/fingerprint.ts";
import { assumeCommit } from "./assumed-commit.ts";
import type { AssumedCosign, PolicyTest, TestOutcome } from "./policy-test.ts";

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

/** Judges the commit of a test by the judging of a push. Only that a co-sign was signed is taken as given. */
export function runPolicyTest(policy: Policy, test: PolicyTest, now: number): PolicyTestResult {
  const subject = assumeCommit(policy, test, now);
  const protection = findProtection(policy, test.branch);
  const verdict =
    protection &&
    judgeCommit(policy, protection, subject, { branch: branchRef(test.branch), now }, proverOf(test, subject.commit));
  const violations = verdict?.violations ?? [];
  const outcome = !protection || violations.length === 0 ? "allow" : protection.mode === "warn" ? "warn" : "deny";
  const codes = [...new Set(violations.map(({ code }) => code))];
  const rules = [...new Set([...(verdict?.requirements ?? []), ...violations].flatMap((part) => part.rules))];
  const unknownAgents = test.agents.filter((agent) => !subject.provenance.agents.includes(agent));
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

/** Takes the signatures that a test speaks of as made, by a key that the person has and that serves. */
function proverOf({ cosigns }: PolicyTest, commit: Parameters<typeof readCosigns>[0]): Prover {
  const { claims } = readCosigns(commit);
  const assumed = new Map(claims.map(({ line }, index) => [line, cosigns[index]]));
  return (policy, claim, work) => {
    const cosign = assumed.get(claim.line);
    const person = findPersonByEmail(policy, claim.email);
    const proven = proveClaim(policy, claim, work);
    if (!cosign || !person || cosign.proof === "declared") return proven;
    return assume(policy, proven, person, cosign, work.now);
  };
}

function assume(
  policy: Policy,
  { commit, claim, person }: JudgedClaim,
  signer: Person,
  { proof, age }: AssumedCosign,
  now: number,
): JudgedClaim {
  const flawOf = (key: PersonKey | undefined): ReturnType<typeof findKeyFlaw> => {
    const name = key ? fingerprint(key) : `that a ${proof} co-sign takes`;
    return findKeyFlaw(policy, { email: claim.email, fingerprint: name }, key, now);
  };
  const keys = signer.keys.filter((key) => proof === "signed" || requiresTouch(key));
  const flaw = flawOf(keys.find((key) => !flawOf(key)) ?? keys[0]);
  if (flaw) return { commit, claim, person, proofs: [], flaw };
  const time = now - age;
  return { commit, claim, person, proofs: [{ proof, proven: { time, id: `${claim.email} ${time}` } }] };
}
