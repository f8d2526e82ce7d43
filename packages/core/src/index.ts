export type { Cosigns } from "./cosign/claim.ts";
export { changeDigest, pathsDigest } from "./cosign/digest.ts";
export {
  type Block,
  formatLines,
  NAMESPACE,
  type ReviewedOnForge,
  type SignedBranch,
  type SignedHead,
  type SignedLines,
} from "./cosign/lines.ts";
export { readCosigns } from "./cosign/trailer.ts";
export { CountersignError, isCountersignError } from "./error.ts";
export type { CommitVerdict } from "./judge/decide/verdict.ts";
export type { Decision, UpdateVerdict } from "./judge/decision.ts";
export { judgePush } from "./judge/judge-push.ts";
export type { Push } from "./judge/push.ts";
export { explainViolation, type Violation } from "./judge/violation.ts";
export type { JudgedCommit, JudgedPush } from "./library/judged-commits.ts";
export {
  type JudgeOptions,
  type JudgeRangeOptions,
  type LoggedCommit,
  OpenRepository,
} from "./library/open-repository.ts";
export type { Code } from "./messages/codes.ts";
export { CODES, explainCode } from "./messages/pages/explain-code.ts";
export { describeRequirement } from "./messages/phrases.ts";
export type { Change } from "./object/change.ts";
export { type Commit, parseCommit } from "./object/commit.ts";
export { isObjectId, type ObjectFormat, type ObjectId, parseObjectId } from "./object/oid.ts";
export type { Account, Forge } from "./policy/accounts.ts";
export { type PolicyInForce, type PolicyPlace, parsePolicyFile, readPolicy } from "./policy/in-force.ts";
export type { Policy } from "./policy/policy.ts";
export type { Requirement } from "./policy/requirement.ts";
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
export type { Review, ReviewedHead, Reviewer } from "./review/review.ts";
export { fingerprint } from "./ssh/fingerprint.ts";
export { readPublicKey } from "./ssh/public-key.ts";
export { parseSshSignature } from "./ssh/ssh-signature.ts";
export { verifySignature } from "./ssh/verify-signature.ts";
export { parseTrailers, type Trailer } from "./trailer/parse.ts";
