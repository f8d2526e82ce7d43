export { type RecentAuthor, readRecentAuthors } from "./adoption/recent-authors.ts";
export { findRemoteProject } from "./adoption/remote-project.ts";
export { readOwnSetting, readSetting, type Setting, writeOwnSetting } from "./adoption/settings.ts";
export { listBranchNames } from "./branch-names.ts";
export { readConfig, readPathSetting } from "./config.ts";
export { currentDirectory } from "./current-directory.ts";
export { withoutRepository } from "./environment.ts";
export { findMerges } from "./first-parent-merges.ts";
export { type AttemptOptions, type GitContext, openContext, showGit, withOwnLanguage } from "./git.ts";
export { commonDirOf, findGitDir } from "./git-dir.ts";
export { GitRepository } from "./git-repository.ts";
export { readGitVersion } from "./git-version.ts";
export { type ConfiguredHook, findHookSite, findWorkSite, type HookSite } from "./hook-site.ts";
export { readInstalledHook } from "./installed-hook.ts";
export { isExecutable } from "./is-executable.ts";
export { listFiles } from "./list-files.ts";
export { findMarkedAssistance } from "./marks/find-assistance.ts";
export { MarkStore } from "./marks/mark-store.ts";
export { type Recorded, recordHookEvent } from "./marks/record-hook-event.ts";
export { readNextAuthor, readNextCommitter } from "./next-identities.ts";
export { openRepository } from "./open-repository.ts";
export { findDestination, isBare } from "./own-destination.ts";
export { type PolicyText, peekPolicy } from "./peek-policy.ts";
export {
  createProbe,
  isRedirected,
  type Probe,
  type ProbePush,
  type ProbeUpdate,
  pushProbe,
} from "./probe/probe.ts";
export { installReceiveHook } from "./probe/receive-hook.ts";
export { type KnownDestination, readRemote } from "./push-destination.ts";
export { readStaged } from "./read-staged.ts";
export { findRemote } from "./remote-name.ts";
export { type RevisionRange, resolveCommit, resolveRange } from "./revision.ts";
export type { NewTrailer } from "./rewrite/append-trailers.ts";
export { formatCosign, formatSignature } from "./rewrite/cosign-trailers.ts";
export { type BranchRange, resolveBranchRange } from "./rewrite/local-branch.ts";
export { type BranchMove, moveBranch } from "./rewrite/move-branch.ts";
export { findPushAdvice, type PushAdvice } from "./rewrite/push-advice.ts";
export {
  type AffectedCommit,
  type Rewrite,
  type Rewritten,
  readAffected,
  rewriteRange,
} from "./rewrite/rewrite-range.ts";
export { refuseWorkUnderWay } from "./rewrite/work-under-way.ts";
export { writeCommits } from "./rewrite/write-commits.ts";
export { type AgentSession, findAgentSession } from "./session/agent-session.ts";
export type { Ancestor } from "./session/ancestor.ts";
export { listAncestors } from "./session/list-ancestors.ts";
export { isOff, readSwitch } from "./setting.ts";
export { withPrivateFolder } from "./signing/private-folder.ts";
export { proveSigning, type SigningProof } from "./signing/prove-signing.ts";
export { type MadeSignatures, signPayloads } from "./signing/sign-payloads.ts";
export { readSigner, type Signer } from "./signing/signer.ts";
export { findSigningKey, type SigningKey } from "./signing/signing-key.ts";
export { holdsMergeAlone } from "./staged-merge.ts";
export { sayLines } from "./standard-error.ts";
export { readSymbolicRef } from "./symbolic-ref.ts";
export { useRepository } from "./use-repository.ts";
export { findIgnored, findWorkTree } from "./work-tree.ts";
export { readWorkTreePolicy, readWorkTreePolicyFile } from "./work-tree-policy.ts";
