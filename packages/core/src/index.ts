export type { Claim, Cosigns } from "./cosign/claim.ts";
export { changeDigest } from "./cosign/digest.ts";
export { formatPayload, NAMESPACE, type Payload } from "./cosign/payload.ts";
export { readCosigns } from "./cosign/trailer.ts";
export { CountersignError, isCountersignError } from "./error.ts";
export { comparePolicies, type PolicyComparison } from "./history/compare-policies.ts";
export { type Simulation, type SimulationPlan, simulate } from "./history/simulate.ts";
export type { CommitVerdict } from "./judge/decide/verdict.ts";
export { type Decision, type Outcome, type UpdateVerdict, violationsOf } from "./judge/decision.ts";
export { type Explanation, explainCommit } from "./judge/explain.ts";
export { judgePush } from "./judge/judge-push.ts";
export type { Push } from "./judge/push.ts";
export { explainViolation, type Violation } from "./judge/violation.ts";
export type { JudgedCommit, JudgedPush } from "./library/judged-commits.ts";
export {
  type JudgeOptions,
  type JudgeRangeOptions,
  type LoggedCommit,
  OpenRepository,
  type ReadOptions,
} from "./library/open-repository.ts";
export type { PolicyOptions } from "./library/policy-choice.ts";
export type { Code, CodedMessage } from "./messages/codes.ts";
export type { FaultCode } from "./messages/faults.ts";
export { type Message, messageOf } from "./messages/message.ts";
export { CODES, type ExplainedCode, explainCode } from "./messages/pages/explain-code.ts";
export { describeRequirement } from "./messages/phrases.ts";
export type { ViolationCode } from "./messages/violations.ts";
export type { Change } from "./object/change.ts";
export { type Commit, parseCommit } from "./object/commit.ts";
export type { Identity } from "./object/identity.ts";
export { isObjectId, type ObjectFormat, type ObjectId, parseObjectId } from "./object/oid.ts";
export { type PolicyInForce, type PolicyPlace, parsePolicyFile, readPolicy } from "./policy/in-force.ts";
export type { Mode, Person, Policy, Protection } from "./policy/policy.ts";
export { POLICY_FILES } from "./policy/policy-files.ts";
export type { Proof, Requirement } from "./policy/requirement.ts";
export { readPolicyTests } from "./policy-tests/read-tests.ts";
export { runPolicyTest } from "./policy-tests/run-test.ts";
export { buildAgentIndex } from "./provenance/agent-index.ts";
export { detectInMessage, detectProvenance } from "./provenance/detect.ts";
export type { Evidence, Provenance } from "./provenance/provenance.ts";
export type { Destination, RefUpdate } from "./ref.ts";
export {
  type ChangeOptions,
  COMMIT_BYTES_READ,
  type CommitChanges,
  type CommitParents,
  type CommitRange,
  type ConfiguredRepository,
  type RawCommit,
  type RefTip,
  type Repository,
  type TreeEntry,
} from "./repository.ts";
export { fingerprint } from "./ssh/fingerprint.ts";
export { type PublicKey, readPublicKey } from "./ssh/public-key.ts";
export { parseSshSignature, type SshSignature } from "./ssh/ssh-signature.ts";
export { type Verification, verifySignature } from "./ssh/verify-signature.ts";
export { parseTrailers, type Trailer } from "./trailer/parse.ts";
