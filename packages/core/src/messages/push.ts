import type { Messages, NoData } from "./message.ts";
import { type Asked, askAfterwards } from "./phrases.ts";

/** What a push must not do to a protected branch or the ledger, no matter who co-signed. */
export const pushViolations = {
  BRANCH_DELETED: (_: NoData) => ({
    what: "the push deletes this protected branch",
    why: "deleting it and pushing it again would get around every check on its commits",
    fix: "keep the branch; an administrator of the server can delete it there",
  }),
  HISTORY_REWRITTEN: ({ old }: { old: string }) => ({
    what: `the push drops commits that the branch has: ${old} is not an ancestor of the new tip`,
    why: "what has landed on a protected branch must stay on it",
    fix: "run `git pull --rebase` or `git merge` first, then push without force",
  }),
  COMMIT_MALFORMED: ({ problem }: { problem: string }) => ({
    what: `it is not a commit as git writes them: ${problem}`,
    why: "tools read such a commit differently, so one may hide what another shows",
    fix: "make the commit again with `git commit` or `git rebase`",
  }),
  COMMIT_ENCODING: ({ encoding }: { encoding: string }) => ({
    what: `its message is declared to be in ${encoding}`,
    why: "marks of AI and co-signs can only be read reliably in UTF-8 or another superset of ASCII",
    fix: "have git write it in UTF-8: `git -c i18n.commitEncoding=UTF-8 commit --amend --no-edit`, or, if it is not the newest commit, `git -c i18n.commitEncoding=UTF-8 rebase --force-rebase COMMIT^`",
  }),
  REPLACEMENT_PUSHED: (_: NoData) => ({
    what: "the push carries a replacement ref",
    why: "refs/replace makes git show content other than what was judged",
    fix: "push without it: `git push` with the branch's name instead of --mirror",
  }),
  BRANCH_NAMED_HEAD: ({ ref }: { ref: string }) => ({
    what: `the push creates or moves a branch named ${ref}`,
    why: "clones store it where git notes the default branch, and so which policy is in force",
    fix: "push to a branch with another name, as in `git push origin HEAD:refs/heads/topic`",
  }),
  COSIGN_LOST: ({ way, cosigns, ledger }: { way: string; cosigns: readonly string[]; ledger: string | undefined }) => ({
    what: `merging by ${way} would lose ${cosigns.length === 1 ? "a co-sign" : "co-signs"} that the branch has now`,
    why: "what would land then is not what was approved",
    fix: `ask a person on the roster to co-sign the branch as it stands, as one change in the ledger: \`countersign cosign\`${ledger === undefined ? ", once the policy names one (`ledger: countersign/ledger`)" : ""}; or merge it in another way`,
    details: cosigns,
  }),
  LINE_HIDDEN: (data: Asked & { branch: string; stood: string; ledger: string | undefined }) => ({
    what: `it merges ${data.branch}, which stood at ${data.stood}, into something else that then took its place`,
    why: `an audit follows first parents to see what landed on ${data.branch}; from such a merge they lead into someone's own work instead`,
    fix: `${data.ledger === undefined ? "have the policy name a ledger (`ledger: countersign/ledger`); then " : ""}${askAfterwards(data)}; from now on merge work into ${data.branch}, as a forge's merge button does`,
  }),
  MARKS_LOST: ({ agents, records }: { agents: readonly string[]; records: readonly string[] }) => ({
    what: `its message does not mention ${agents.join(", ")}, which a record in the ledger names`,
    why: "commits without a mark pass for a person's work, so no co-sign was asked for when it landed",
    fix: "set the forge to put the commits' messages into a squash's message, and check whether its co-signs were enough",
    details: records,
  }),
  LEDGER_REWRITTEN: ({ ledger, problem }: { ledger: string; problem: string }) => ({
    what: `the push ${problem} of the ledger ${ledger}`,
    why: "records of co-signs are only ever added: if one is missing or replaced, nobody can check what was approved",
    fix: "push a ledger that keeps every record unchanged; to take a co-sign back, add a withdrawal to its record",
  }),
} as const satisfies Messages;

export interface CosignsTooMany {
  readonly commit: string;
  readonly cosigns: number;
  readonly signatures: number;
  readonly limit: number;
}

/** Where a server requires a policy and there is none: what the push lacks that could bring the first one. */
export type FirstPolicyGap =
  /** It does not move the branch that HEAD names to the commit that the server's setting names, or there is no setting. */
  | "not named"
  /** It brings other refs along. */
  | "not alone"
  /** The commit that is named was on the branch before. */
  | "used"
  /** The commit that is named has no policy. */
  | "empty";

export interface FirstPolicy {
  /** The full name of the branch that HEAD names; undefined if it names none. */
  readonly ref: string | undefined;
  /** The commit that the push would make of it. */
  readonly tip: string | undefined;
  readonly gap: FirstPolicyGap;
}

/** Why it is not known what a push, or a merge, brings. */
export const pushFaults = {
  MERGE_CONFLICT: ({
    branch,
    paths,
    mayBeRenamed,
  }: {
    branch: string;
    paths: readonly string[];
    mayBeRenamed: boolean;
  }) => ({
    what: `it cannot be worked out how this merges into ${branch}`,
    why: whyUnmerged(paths, mayBeRenamed),
    fix: `merge ${branch} into the branch with \`git merge\`, push that, and check again`,
    details: paths.slice(0, 10),
  }),
  STDIN_MALFORMED: ({ line, form }: { line: string; form: string }) => ({
    what: `the line "${line.slice(0, 200)}" on standard input is not "${form}"`,
    why: "git gives the hook one such line for each ref, and what cannot be read cannot be judged",
    fix: "let git run the hook, or pass on its standard input unchanged",
  }),
  STDIN_EMPTY: ({ runner }: { runner: string }) => ({
    what: `${runner} ran the hook without git's list of refs on standard input`,
    why: "without the list it is unknown what is being pushed, and nothing would be checked",
    fix: "let it pass standard input on (lefthook: `use_stdin: true`), or install the hook directly",
  }),
  QUARANTINE_LOST: ({ oid }: { oid: string }) => ({
    what: `the commit ${oid}, which the push brings, cannot be read by the hook`,
    why: "git keeps what arrives apart until the hook has answered, and names the place in GIT_QUARANTINE_PATH and other variables; they did not reach it",
    fix: "run the hook from git itself, with the environment that git gives it, and in the folder in which git starts it",
  }),
  POLICY_REQUIRED: ({ ref, tip, gap }: FirstPolicy) => ({
    what: `there is no policy on ${ref ?? "the branch that HEAD names"}, and this server accepts no push without one`,
    why: FIRST_POLICY[gap],
    fix: bringFirstPolicy(ref, tip, gap),
  }),
  FLOOR_UNREADABLE: ({ path, reason, details }: { path: string; reason: string; details: readonly string[] }) => ({
    what: `the server's own policy, ${path}, cannot be read: ${reason}`,
    why: "git's setting countersign.floor says that every push has to meet it, so none can be judged without it",
    fix: "ask the server's administrator to put a valid file there that the user git runs as can read, or to correct the setting",
    details,
  }),
  DECISION_UNLOGGED: ({ path, reason }: { path: string; reason: string }) => ({
    what: `the decision cannot be written to ${path}: ${reason}`,
    why: "git's setting countersign.log says that every decision is kept there, so none takes effect unless it is",
    fix: "ask the server's administrator to make the file writable for the user that git runs as, or to correct the setting",
  }),
  TIP_UNKNOWN: ({ ref, old }: { ref: string; old: string }) => ({
    what: `the tip that ${ref} has on the remote, ${old}, is not in this clone`,
    why: "someone pushed in the meantime, so it is not known what this push adds",
    fix: "run `git fetch`, then push again",
  }),
  NOT_A_COMMIT: ({ ref, oid }: { ref: string; oid: string }) => ({
    what: `${oid}, pushed to ${ref}, is not a commit of this repository`,
    why: "only commits can be judged, and a branch holds nothing else",
    fix: "push a branch or a commit",
  }),
  COSIGNS_TOO_MANY: ({ commit, cosigns, signatures, limit }: CosignsTooMany) => ({
    what: `commit ${commit} has ${cosigns} co-signs with ${signatures} signatures in its message; at most ${limit} of each are read`,
    why: "each of them has to be checked, and one message must not delay every push",
    fix: "amend the commit and remove the co-signs that it does not need; people who still approve it co-sign again",
  }),
  HISTORY_INCOMPLETE: ({ tip }: { tip: string }) => ({
    what: `the pushed tip ${tip} is missing from the list of new commits`,
    why: "a list without its own tip may lack anything, so nothing is concluded from it",
    fix: "run `git fsck`, and check that `git --version` is the git you expect",
  }),
} as const satisfies Messages;

const FIRST_POLICY: Readonly<Record<FirstPolicyGap, string>> = {
  "not named": "countersign.required is set here, and the push does not bring the commit that countersign.adopt names",
  "not alone": "the commit that countersign.adopt names may bring the first policy, and nothing else comes with it",
  used: "the commit that countersign.adopt names was on the branch before, and it counts once",
  empty: "the commit that countersign.adopt names has no policy file",
};

function bringFirstPolicy(ref: string | undefined, tip: string | undefined, gap: FirstPolicyGap): string {
  if (ref === undefined)
    return "ask the server's administrator to have HEAD name a branch: `git symbolic-ref HEAD refs/heads/main`";
  if (gap === "not alone") return `push that one ref by itself: \`git push origin ${tip}:${ref}\``;
  if (tip === undefined || gap === "empty") {
    return `commit a policy (\`countersign init\` writes one), push it to ${ref}, and ask the server's administrator to name that commit`;
  }
  return `ask the server's administrator to look at the commit and name it there: \`git config countersign.adopt ${tip}\`; then push it again by itself`;
}

function whyUnmerged(paths: readonly string[], mayBeRenamed: boolean): string {
  if (mayBeRenamed) {
    return "one side may have renamed what the other one changed, deleted or added to, and git detects renames by how similar files are";
  }
  return paths.length === 0
    ? "the two differ in a way that merging files and lines does not settle"
    : "both changed the same lines or files, so it is not known what would land";
}
