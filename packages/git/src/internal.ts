export { listRawChanges } from "./changes/list-raw-changes.ts";
export {
  isOff,
  listSettings,
  readOwnSetting,
  readSetting,
  readSettings,
  readSwitch,
  readValue,
  writeOwnSetting,
} from "./config.ts";
export { compareTrees } from "./landing/compare-trees.ts";
export { fetchQuietly, fetchRemote } from "./landing/fetch-remote.ts";
export { nameRequest } from "./landing/fetch-request.ts";
export { listLine } from "./landing/list-line.ts";
export { listRange } from "./landing/list-range.ts";
export { mergeCleanly } from "./landing/merge-cleanly.ts";
export { findRecentLandings, RECENT, type RecentLandings } from "./landing/recent-landings.ts";
export { type NamedWork, resolveWork } from "./landing/resolve-work.ts";
export { findSums, findWhole, type Sums } from "./landing/whole-branch.ts";
export { addToLedger, type LedgerBranch } from "./ledger/add-to-ledger.ts";
export { isReached } from "./ledger/ancestry.ts";
export { countNewRecords } from "./ledger/count-new-records.ts";
export { readLocalLedger } from "./ledger/local-ledger.ts";
export type { LedgerAddition, NewFile, NewRecord, NewWithdrawal } from "./ledger/new-records.ts";
export { pushLedger, uniteLocal } from "./ledger/push-ledger.ts";
export { askLedger, fetchLedger, type RemoteLedger, trackingRef } from "./ledger/remote-ledger.ts";
export { isTracked } from "./ledger/tracked.ts";
export { type WitnessedHead, type WitnessTask, witnessReview } from "./ledger/witness-review.ts";
export { openAuditFolder } from "./place/audit-folder.ts";
export { commonDirOf, findGitDir } from "./place/git-dir.ts";
export { findHookSite, findWorkSite, type HookSite } from "./place/hook-site.ts";
export { readInstalledHook } from "./place/installed-hook.ts";
export { isExecutable } from "./place/is-executable.ts";
export { readLooseCommit } from "./place/loose-commit.ts";
export { findIgnored, findWorkTree } from "./place/work-tree.ts";
export { quickPolicy } from "./policy/quick-policy.ts";
export { NO_SURROUNDINGS, readSurroundings } from "./policy/surroundings.ts";
export { readWorkTreePolicy, readWorkTreePolicyFile } from "./policy/work-tree-policy.ts";
export {
  forOwnSettings,
  type GitContext,
  openContext,
  openHookContext,
  openReceiveContext,
  withOwnLanguage,
} from "./process/context.ts";
export { currentDirectory } from "./process/current-directory.ts";
export { gitEnvironment, withoutRepository } from "./process/environment.ts";
export { saidByGit } from "./process/failure.ts";
export { findProgram, pathFolders } from "./process/find-program.ts";
export { git, gitOnTerminal, type RunningGit, spawnGit } from "./process/git.ts";
export { readGitVersion } from "./process/git-version.ts";
export { type Hook, type HookAnswer, type HookCall, runHook } from "./process/hook-process.ts";
export { limitTime } from "./process/limit-time.ts";
export { readRecords } from "./process/read-records.ts";
export { type AttemptOptions, type GitAttempt, tryGit } from "./process/try-git.ts";
export { askBranches, askDefaultBranch, askRefs } from "./refs/ask-refs.ts";
export { listReaching, listUnmerged } from "./refs/filter-refs.ts";
export { findAliases } from "./refs/find-aliases.ts";
export { readDate } from "./refs/read-date.ts";
export { findRemote, findRemoteAddress, type RemoteAddress, readRemoteUrl } from "./refs/remotes.ts";
export { readSymbolicRef } from "./refs/symbolic-ref.ts";
export { GitRepository } from "./repository/git-repository.ts";
export { NewHistory } from "./repository/new-history.ts";
export { ObjectReader } from "./repository/object-reader.ts";
export { openGitRepository, readFormat } from "./repository/open-git-repository.ts";
export { withRepository } from "./repository/with-repository.ts";
export type { NewTrailer } from "./rewrite/append-trailers.ts";
export { formatCosign, formatSignature } from "./rewrite/cosign-trailers.ts";
export { type BranchRange, resolveBranchRange } from "./rewrite/local-branch.ts";
export { type BranchMove, moveBranch } from "./rewrite/move-branch.ts";
export { findPushPlace, type PushPlace } from "./rewrite/push-place.ts";
export { type AffectedCommit, type Rewritten, readAffected, rewriteRange } from "./rewrite/rewrite-range.ts";
export { refuseWorkUnderWay } from "./rewrite/work-under-way.ts";
export { writeCommits } from "./rewrite/write-commits.ts";
export { withPrivateFolder } from "./signing/private-folder.ts";
export { proveSigning } from "./signing/prove-signing.ts";
export { findRosterKey } from "./signing/roster-key.ts";
export { signPayloads, withSignatures } from "./signing/sign-payloads.ts";
export { readSigner, type Signer } from "./signing/signer.ts";
export { findConfiguredKey, findSigningKey, type SigningKey } from "./signing/signing-key.ts";
export { readNextAuthor, readNextCommitter } from "./staged/next-identities.ts";
export { readStaged, readStagedAgainst } from "./staged/read-staged.ts";
export { findStagedOwnChanges } from "./staged/staged-merge.ts";
