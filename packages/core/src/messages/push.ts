import type { Messages, NoData } from "./message.ts";

/** What a push must not do to a protected branch or the ledger, whoever co-signed. */
export const pushViolations = {
  BRANCH_DELETED: (_: NoData) => ({
    what: "the push deletes this protected branch",
    why: "deleting and pushing it anew would lift every check on what it holds",
    fix: "leave the branch; someone who administers the server can delete it there",
  }),
  HISTORY_REWRITTEN: ({ old }: { old: string }) => ({
    what: `the push drops commits that the branch has: ${old} is not an ancestor of the new tip`,
    why: "history that was judged once must stay, or judging it was for nothing",
    fix: "run `git pull --rebase` or `git merge` first and push without force",
  }),
  COMMIT_MALFORMED: ({ problem }: { problem: string }) => ({
    what: `it is not a commit as git writes them: ${problem}`,
    why: "tools read such a commit differently, so what one shows another may hide",
    fix: "make the commit anew with `git commit` or `git rebase`",
  }),
  COMMIT_ENCODING: ({ encoding }: { encoding: string }) => ({
    what: `its message is declared to be in ${encoding}`,
    why: "a co-sign can only be read without doubt in UTF-8 or a plain superset of ASCII",
    fix: "unset i18n.commitEncoding and amend the commit, so that its message is UTF-8",
  }),
  REPLACEMENT_PUSHED: (_: NoData) => ({
    what: "the push carries a replacement ref",
    why: "refs/replace makes git show other content in place of what was judged",
    fix: "push without it: `git push` with the branch's name instead of --mirror",
  }),
  BRANCH_NAMED_HEAD: ({ ref }: { ref: string }) => ({
    what: `the push makes a branch of the name ${ref}`,
    why: "clones keep it where they note which branch is the default one, and so which policy is in force",
    fix: "push to a branch of another name, as in `git push origin HEAD:refs/heads/topic`",
  }),
  COSIGN_LOST: ({ way, cosigns, ledger }: { way: string; cosigns: readonly string[]; ledger: string | undefined }) => ({
    what: `merging by ${way} would lose ${cosigns.length === 1 ? "a co-sign" : "co-signs"} that the branch has now`,
    why: "what was approved is not what would land then",
    fix: `have the branch co-signed as it stands, as one change in the ledger: a person on the roster runs \`countersign cosign\`${ledger === undefined ? ", once the policy names one (`ledger: countersign/ledger`)" : ""}; or merge it in another way`,
    details: cosigns,
  }),
  LEDGER_REWRITTEN: ({ ledger, problem }: { ledger: string; problem: string }) => ({
    what: `the push ${problem} of the ledger ${ledger}`,
    why: "records of co-signs are only added: without one, or with another in its place, nobody can check what was approved",
    fix: "push a ledger that keeps every record unchanged; a co-sign is taken back by a withdrawal, which is added to its record",
  }),
} as const satisfies Messages;

export interface CosignsTooMany {
  readonly commit: string;
  readonly cosigns: number;
  readonly signatures: number;
  readonly limit: number;
}

/** Why it is not known what a push, or a merge, brings. */
export const pushFaults = {
  MERGE_CONFLICT: ({ branch, paths }: { branch: string; paths: readonly string[] }) => ({
    what: `it cannot be worked out how this merges into ${branch}`,
    why:
      paths.length === 0
        ? "the two have parted in a way that a merge of files and lines does not settle"
        : "both changed the same lines or files, so that what would land is not known",
    fix: `merge ${branch} into the branch with \`git merge\`, push that, and check again`,
    details: paths.slice(0, 10),
  }),
  STDIN_MALFORMED: ({ line }: { line: string }) => ({
    what: `the line "${line}" on standard input is not "<local ref> <id> <remote ref> <id>"`,
    why: "git gives the hook one such line for each ref, and what cannot be read cannot be judged",
    fix: "let git run the hook, or pass on its standard input unchanged",
  }),
  STDIN_EMPTY: ({ runner }: { runner: string }) => ({
    what: `${runner} ran the hook without git's list of refs on standard input`,
    why: "without the list it is unknown what is being pushed, and nothing would be checked",
    fix: "let it pass standard input on (lefthook: `use_stdin: true`), or install the hook directly",
  }),
  TIP_UNKNOWN: ({ ref, old }: { ref: string; old: string }) => ({
    what: `the tip that ${ref} has on the remote, ${old}, is not in this clone`,
    why: "someone pushed in the meantime, so what this push adds cannot be told",
    fix: "run `git fetch`, then push again",
  }),
  NOT_A_COMMIT: ({ ref, oid }: { ref: string; oid: string }) => ({
    what: `${oid}, pushed to ${ref}, is no commit of this repository`,
    why: "a branch holds commits, and only those can be judged",
    fix: "push a branch or a commit",
  }),
  COSIGNS_TOO_MANY: ({ commit, cosigns, signatures, limit }: CosignsTooMany) => ({
    what: `commit ${commit} has ${cosigns} co-signs with ${signatures} signatures in its message; at most ${limit} of each are read`,
    why: "each of them has to be checked, and one message must not keep everybody waiting",
    fix: "amend the commit and remove the co-signs that it does not need; people who still approve it co-sign again",
  }),
  HISTORY_INCOMPLETE: ({ tip }: { tip: string }) => ({
    what: `the pushed tip ${tip} is missing from the list of new commits`,
    why: "a list that lacks its own tip may lack anything, so nothing is concluded from it",
    fix: "run `git fsck`, and see that `git --version` is the git you mean",
  }),
} as const satisfies Messages;
