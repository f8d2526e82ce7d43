export {
  asciiLowerCase,
  compareBytes,
  decodeStrictly,
  decodeText,
  encodeText,
  equalBytes,
  joinBytes,
} from "./bytes.ts";
export { changeDigest } from "./cosign/change-digest.ts";
export type { CosignClaim, Cosigns } from "./cosign/cosign.ts";
export { COSIGN_KEY, SIGNATURE_KEY } from "./cosign/cosign.ts";
export { findNearStamps, type NearMiss } from "./cosign/near-miss.ts";
export { findPayloadFlaw, formatPayload, NAMESPACE, type Payload } from "./cosign/payload.ts";
export { readCosigns } from "./cosign/read-cosigns.ts";
export { asFault, CountersignError, isCountersignError } from "./error.ts";
export type { CommitVerdict, JudgedRequirement } from "./judge/commit-verdict.ts";
export { findMakers, type Makers } from "./judge/count-cosigns.ts";
export { type Decision, type Outcome, type UpdateVerdict, undecided, violationsOf } from "./judge/decision.ts";
export { type Explanation, explainCommit } from "./judge/explain-commit.ts";
export { type Foresight, foreseeCommit } from "./judge/foresee-commit.ts";
export { judgeCommit } from "./judge/judge-commit.ts";
export { judgePush, type Push } from "./judge/judge-push.ts";
export { detectUnder } from "./judge/see-commits.ts";
export { subjectLine } from "./judge/subject-line.ts";
export { explainViolation, type Violation } from "./judge/violation.ts";
export type {
  AdviceCode,
  Code,
  CodedMessage,
  DoctorCode,
  DoctorData,
  FaultCode,
  ViolationCode,
} from "./messages/codes.ts";
export { doctorMessages } from "./messages/doctor.ts";
export { type Message, messageOf, type Severity } from "./messages/message.ts";
export { CODES, type ExplainedCode, explainCode } from "./messages/pages/explain-code.ts";
export { describeRequirement } from "./messages/phrases.ts";
export type { Change } from "./object/change.ts";
export { type Commit, parseCommit } from "./object/commit.ts";
export { diffTrees, type TreeSource } from "./object/diff-trees.ts";
export type { Identity } from "./object/identity.ts";
export { parseIdentity } from "./object/identity.ts";
export {
  abbreviate,
  isObjectId,
  isZeroOid,
  type ObjectFormat,
  type ObjectId,
  objectFormatOf,
  parseObjectId,
  zeroOid,
} from "./object/oid.ts";
export { parseTag, type Tag } from "./object/tag.ts";
export { parseTree } from "./object/tree.ts";
export { compareEntries, GITLINK, type RawEntry, readEntries } from "./object/tree-entries.ts";
export { type Advice, explainAdvice, type PolicySurroundings } from "./policy/advice/advice.ts";
export { advisePolicy } from "./policy/advice/advise-policy.ts";
export { defaultPolicy } from "./policy/default-policy.ts";
export { isPolicyChange, isRegularFile, POLICY_FILES, POLICY_LIMIT } from "./policy/files.ts";
export {
  inspectPolicyFile,
  type PolicyInForce,
  type PolicyPlace,
  parsePolicyFile,
  readPolicy,
  readPolicyBytes,
} from "./policy/in-force.ts";
export { keyState } from "./policy/key-state.ts";
export type { Mode, Policy, Proof, Protection, Requirement } from "./policy/policy.ts";
export { findAuthorLevel, findPersonByEmail, MODES, type Person, type PersonKey, PROOFS } from "./policy/policy.ts";
export { findProtection } from "./policy/protection.ts";
export { countsLines } from "./policy/requirement.ts";
export { POLICY_TEST_FILES, readPolicyTests } from "./policy-tests/read-tests.ts";
export { runPolicyTest } from "./policy-tests/run-test.ts";
export {
  type AgentSession,
  agentIdOf,
  type Environment,
  findAgentByProgram,
  findAgentInEnvironment,
  isUnset,
} from "./provenance/agent-session.ts";
export { buildAgentIndex, detectInMessage, detectProvenance } from "./provenance/detect.ts";
export { type Dispute, findDispute } from "./provenance/dispute.ts";
export type { HookEdit, HookEvent, HookReading, HookSource } from "./provenance/hook-event.ts";
export { readTranscriptLine } from "./provenance/hooks/hook-model.ts";
export { readHookEvent } from "./provenance/hooks/read-hook-event.ts";
export { identify } from "./provenance/identify.ts";
export type { Evidence, Provenance } from "./provenance/provenance.ts";
export { formatStamp, type Stamp, type StampOptions, stampName } from "./provenance/stamp.ts";
export { redactUrls } from "./redact.ts";
export { branchName, branchRef, type Destination, type RefUpdate } from "./ref.ts";
export { comparePolicies, type PolicyComparison } from "./replay/compare-policies.ts";
export { type Simulation, type SimulationPlan, simulate } from "./replay/simulate.ts";
export { formatCode, formatCodes } from "./report/code-text.ts";
export { comparisonToJson } from "./report/comparison-json.ts";
export { formatComparison } from "./report/comparison-text.ts";
export { decisionToJson } from "./report/decision-json.ts";
export type { DecisionJson } from "./report/decision-schema.ts";
export { formatDecision } from "./report/decision-text.ts";
export { escapeLine, escapeText } from "./report/escape.ts";
export { formatExplanation } from "./report/explanation-text.ts";
export { formatGithub } from "./report/github.ts";
export { decisionToGitlab } from "./report/gitlab.ts";
export { formatJson } from "./report/json-text.ts";
export { formatJudged } from "./report/judged-text.ts";
export { formatJunit } from "./report/junit.ts";
export { formatKeys } from "./report/keys-text.ts";
export { logEntryOf } from "./report/log-entry.ts";
export type { LogEntry } from "./report/log-entry-schema.ts";
export { formatLogLine } from "./report/log-line.ts";
export { formatLogEntry } from "./report/log-text.ts";
export { formatMarkdown } from "./report/markdown.ts";
export { type Paint, PLAIN } from "./report/paint.ts";
export { formatPolicyCheck, type PolicyCheck, policyCheckToJson } from "./report/policy-check.ts";
export { formatPolicyTests, policyTestsToJson, type TestedFile } from "./report/policy-tests.ts";
export { openRecordedLog } from "./report/recorded-log.ts";
export { decisionToSarif } from "./report/sarif.ts";
export { simulationToJson } from "./report/simulation-json.ts";
export { formatSimulation } from "./report/simulation-text.ts";
export { formatMessage } from "./report/words-text.ts";
export { wrapText } from "./report/wrap.ts";
export * from "./repository.ts";
export { findSimilar } from "./similar.ts";
export { formatAllowedSigners } from "./ssh/allowed-signers.ts";
export { decodeBase64, encodeBase64 } from "./ssh/base64.ts";
export { fingerprint } from "./ssh/fingerprint.ts";
export { type PublicKey, readPublicKey } from "./ssh/public-key.ts";
export { parseSshSignature, type SshSignature } from "./ssh/ssh-signature.ts";
export { type Verification, verifySignature } from "./ssh/verify-signature.ts";
export { formatTime } from "./time.ts";
export { findTrailerBlock } from "./trailer/block.ts";
export { hasKey, parseTrailers, type Trailer } from "./trailer/parse.ts";
