export { findAgent } from "./agent-events/hook-agent.ts";
export type { HookEdit, HookEvent } from "./agent-events/hook-event.ts";
export { readTranscriptLine } from "./agent-events/hook-model.ts";
export { readHookEvent } from "./agent-events/read-hook-event.ts";
export { type Audit, type AuditPlan, audit } from "./audit/audit.ts";
export { type AuditedLanding, codesOf, isOverdue, isSound, mayRemedy, wholeVerdict } from "./audit/audited-landing.ts";
export { type ChosenLanding, judgeLandings, type LandedPart } from "./audit/judge-landings.ts";
export type { AuditCache } from "./audit/kept-windows.ts";
export { auditLandings } from "./audit/landed.ts";
export { landedAt } from "./audit/line/line.ts";
export { type ListedCommit, readLine } from "./audit/line/read-line.ts";
export type { Shard } from "./audit/line/shard.ts";
export { findOverdue } from "./audit/overdue-reviews.ts";
export { takeBrought } from "./audit/sift.ts";
export { inBatches } from "./batches.ts";
export {
  asciiLowerCase,
  bytesOfHex,
  compareBytes,
  decodeStrictly,
  decodeText,
  encodeText,
  equalBytes,
  joinBytes,
  LF,
  startsWithAscii,
  upToLast,
} from "./bytes.ts";
export { type ApprovedCommit, type ApprovedPart, approve, approveCommit } from "./cosign/approve.ts";
export { readWorkOf, signedAuthors, type WorkOf } from "./cosign/authors.ts";
export { type Claim, COSIGN_KEY, SIGNATURE_KEY } from "./cosign/claim.ts";
export { describeSpot } from "./cosign/claim-place.ts";
export { digestOf } from "./cosign/digest.ts";
export { EMERGENCY_KEY, findReasonFlaw, readEmergency } from "./cosign/emergency.ts";
export { findLinesDefect, NOTHING } from "./cosign/lines.ts";
export { findNearStamps } from "./cosign/near-miss.ts";
export { BLOCK_LIMIT } from "./cosign/parse-lines.ts";
export { findReapplied } from "./cosign/reapply.ts";
export { formatWithdrawal, type Withdrawal } from "./cosign/withdrawal.ts";
export { possibleLines, type SignedBy, signedLines, type WorkReading, workOf } from "./cosign/work.ts";
export { defaultBranchRefs } from "./destination/default-branch.ts";
export { findDestination } from "./destination/find-destination.ts";
export { type KnownDestination, type PolicyLocation, placeOf } from "./destination/known-destination.ts";
export { readLocalDestination } from "./destination/local-destination.ts";
export { type KnownPolicy, readInForce } from "./destination/read-in-force.ts";
export { chooseRemote, findLandingRemote, remoteRefs, UPSTREAM_REMOTE, USUAL_REMOTE } from "./destination/remote.ts";
export { readRemoteDestination } from "./destination/remote-destination.ts";
export { type RevisionRange, resolveCommit, resolveRange } from "./destination/revision.ts";
export { asFault } from "./error.ts";
export { EXIT_CODES, type ExitCode } from "./exit-code.ts";
export { firstOfEach, groupBy } from "./group-by.ts";
export { comparePolicies, type Flip, type PolicyComparison, type Standing } from "./history/compare-policies.ts";
export { type LedgerTrace, traceInLedger } from "./history/ledger-trace.ts";
export type { PolicyPart } from "./history/policy-parts.ts";
export type { ReplayedCommit } from "./history/replay.ts";
export type { AskedPerson, Requests } from "./history/requests.ts";
export { type NeededCosigns, type Simulation, type SimulationPlan, simulate } from "./history/simulate.ts";
export { Tally } from "./history/tally.ts";
export { findBar, foreseeBar } from "./judge/decide/assess.ts";
export type {
  Cosigner,
  CountedCosigner,
  JudgedDispute,
  JudgedEmergency,
  JudgedRequirement,
} from "./judge/decide/verdict.ts";
export { conclude, type Outcome, undecided, violationsOf, weigh } from "./judge/decision.ts";
export { type Explanation, explainCommit } from "./judge/explain.ts";
export { explainNotice, type Notice, noticesOf, noticesOn } from "./judge/notice.ts";
export type { LedgerClaims } from "./judge/records/ledger-claims.ts";
export { findLedgerSigner, isGenuineUnder } from "./judge/records/ledger-signer.ts";
export { openLedger } from "./judge/records/open-ledger.ts";
export type { LedgerSigner } from "./judge/records/record-source.ts";
export { findSpenders } from "./judge/relate/spent/spenders.ts";
export { violation } from "./judge/violation.ts";
export { Ledger, type LedgerRecord, type Verify } from "./ledger/ledger.ts";
export { readLedgerTip, readLedgerTree } from "./ledger/ledger-tip.ts";
export { parseRecordFile, parseWithdrawnFile } from "./ledger/record-file.ts";
export {
  AFTER_FOLDER,
  BEFORE_FOLDER,
  folderNames,
  leadsToRecords,
  parsePlace,
  RECORD_FILE,
  type RecordPlace,
  WITHDRAWN_FILE,
} from "./ledger/record-place.ts";
export { type IsGenuine, type LedgerRepository, RecordReader } from "./ledger/record-reader.ts";
export { formatSignedFile, SIGNED_FILE_LIMIT } from "./ledger/signed-file.ts";
export { closeAfter } from "./library/close-after.ts";
export { judgeRange } from "./library/judge-range.ts";
export { judgeWork } from "./library/judge-work.ts";
export { choosePolicy, type PolicyChoice, type PolicyOptions } from "./library/policy-choice.ts";
export { mapAhead } from "./map-ahead.ts";
export { mergeLines } from "./merge/merge-lines.ts";
export type { MergeReader } from "./merge/merge-reader.ts";
export { findOwnChanges, type OwnChange } from "./merge/own-changes.ts";

export { type MergeRule, waysAllowed, waysUnder } from "./merge-way/github-ways.ts";
export { MERGE_WAYS, type MergeWay } from "./merge-way/merge-way.ts";
export { type SquashSummary, sumUp } from "./merge-way/sum-up.ts";
export type { AdviceCode } from "./messages/advice.ts";
export type { CodedMessage } from "./messages/codes.ts";
export { type DoctorCode, type DoctorData, doctorMessages } from "./messages/doctor/doctor.ts";
export { type FaultCode, faultMessages } from "./messages/faults.ts";
export { type Message, messageOf, type Severity } from "./messages/message.ts";
export type { ExplainedCode } from "./messages/pages/explain-code.ts";
export { type ViolationCode, violationMessages } from "./messages/violations.ts";
export { NO_MODE } from "./object/change.ts";
export { readCommitterTime } from "./object/commit.ts";
export { inCommitOrder } from "./object/commit-order.ts";
export { diffTrees, type TreeSource } from "./object/diff-trees.ts";
export { type Identity, parseIdentity } from "./object/identity.ts";
export { FOLDER, GITLINK, isRegularFile } from "./object/mode.ts";
export { objectId } from "./object/object-digest.ts";
export { abbreviate, isZeroOid, objectFormatOf, zeroOid } from "./object/oid.ts";
export { subjectBytes, subjectLine } from "./object/subject-line.ts";
export { compareEntries, formatTree, parseTree, type RawEntry, readEntries } from "./object/tree-entries.ts";
export { type Account, FORGES, type Forge } from "./policy/accounts.ts";
export { type Advice, explainAdvice, type PolicySurroundings } from "./policy/advice/advice.ts";
export { advisePolicy } from "./policy/advice/advise-policy.ts";
export { countsLines, emergencyRequirement } from "./policy/commit-requirements.ts";
export { countsReviews } from "./policy/counts-reviews.ts";
export { defaultPolicy } from "./policy/file/normalise.ts";
export { formatProblem, type PlacedProblem } from "./policy/file/problem.ts";
export { layFloor } from "./policy/floor.ts";
export { inspectPolicyFile, readPolicyBytes } from "./policy/in-force.ts";
export {
  findProtection,
  isLedger,
  MODES,
  type Mode,
  type Person,
  type PersonKey,
  type Protection,
  type Witness,
} from "./policy/policy.ts";
export { isPolicyChange, POLICY_FILES, POLICY_LIMIT } from "./policy/policy-files.ts";
export { COVERAGES, DEFAULT_REQUIREMENT, PROOFS, type Proof, REAPPLICATIONS } from "./policy/requirement.ts";
export { findAblePeople, findAuthorLevel, findPersonByEmail, keyState, requiresTouch } from "./policy/roster.ts";
export { OUTCOME_WORDS } from "./policy-tests/policy-test.ts";
export { POLICY_TEST_FILES, readPolicyTests } from "./policy-tests/read-tests.ts";
export { type PolicyTestResult, runPolicyTest } from "./policy-tests/run-test.ts";
export { findBranchNeeds } from "./preview/branch-needs.ts";
export { type CommitPreview, previewCommit } from "./preview/commit-preview.ts";
export { findDroppedCosigns } from "./preview/dropped-cosigns.ts";
export { buildAgentIndex, defaultAgentIndex } from "./provenance/agent-index.ts";
export {
  type AgentSession,
  agentIdOf,
  findAgentByProgram,
  findAgentInEnvironment,
  isUnset,
} from "./provenance/agent-session.ts";
export { readAuthors } from "./provenance/authors.ts";
export { identify } from "./provenance/identify.ts";
export { describeEvidencePlace, linesOf } from "./provenance/provenance.ts";
export { formatStamp } from "./provenance/stamp.ts";
export { provenanceUnder } from "./provenance/under-policy.ts";
export { type Help, RevertHistory } from "./records/brought-back.ts";
export { fieldsOf, itemsOf, parseJson, textOf } from "./records/json.ts";
export type { TracedCommit } from "./records/recorder.ts";
export type { RecordPlaces } from "./records/recorders.ts";
export { openPlainTracer } from "./records/tracer.ts";
export { redactUrls } from "./redact.ts";
export { branchName, branchRef, isDeleted } from "./ref.ts";
export { findInverse } from "./revert/find-inverse.ts";
export { findApprovals, type ReviewApproval } from "./review/find-approvals.ts";
export { openReviews } from "./review/open-reviews.ts";
export type { Review, ReviewedHead, Reviewer } from "./review/review.ts";
export { readWitnessedReviews, type WitnessedReviews } from "./review/witnessed-records.ts";
export { quoteForShell, shellWord } from "./shell-word.ts";
export { findSimilar } from "./similar.ts";
export { formatAllowedSigners } from "./ssh/allowed-signers.ts";
export { formatArmor, parseArmor } from "./ssh/armor.ts";
export { decodeBase64, encodeBase64 } from "./ssh/base64.ts";
export type { PublicKey } from "./ssh/public-key.ts";
export type { SshSignature } from "./ssh/ssh-signature.ts";
export type { Verification } from "./ssh/verify-signature.ts";
export { formatDay, formatTime } from "./time.ts";
export { findTrailerBlock } from "./trailer/block.ts";
export { hasKey } from "./trailer/parse.ts";
