import { shellWord } from "../shell-word.ts";
import type { Messages, NoData } from "./message.ts";
import { NAME_LEDGER } from "./phrases.ts";

export interface InvalidOption {
  readonly option: string;
  readonly problem: string;
  /** What the policy has to name before the option can be used. */
  readonly lacks?: "ledger" | undefined;
}

/** Why a command cannot be carried out as it was given. */
export const commandFaults = {
  OPTION_INVALID: ({ option, problem, lacks }: InvalidOption) => ({
    what: `${option}: ${problem}`,
    why:
      lacks === "ledger"
        ? "a co-sign counts only where the policy says to look for it"
        : "the command cannot run as it was typed",
    fix:
      lacks === "ledger"
        ? NAME_LEDGER
        : "`countersign help` lists the commands, `countersign COMMAND --help` its options",
  }),
  REVISION_UNKNOWN: ({ revision }: { revision: string }) => ({
    what: `"${revision}" does not name a commit here`,
    why: "it is misspelled, not fetched yet, or the repository has no commit",
    fix: "`git log --all --oneline` shows what there is; `git fetch` brings what is missing",
  }),
  REVISION_AMBIGUOUS: ({ name, refs }: { name: string; refs: readonly string[] }) => ({
    what: `"${name}" is the short name of ${refs.length} refs: ${refs.join(", ")}`,
    why: "git would silently take one of them, and it may not be the one that you mean",
    fix: `write the full name, as in ${refs[0]}`,
  }),
  BRANCH_UNBORN: ({ branch }: { branch: string }) => ({
    what: `the branch ${branch} has no commit yet`,
    why: "there is nothing to read",
    fix: "make a first commit, or name a revision",
  }),
  BRANCH_UNKNOWN: (_: NoData) => ({
    what: "it is not known which branch is the default branch",
    why: "there is no remote default branch here, and neither main nor master",
    fix: "name a branch with --branch, or run `git remote set-head origin --auto`",
  }),
  BRANCH_NOT_FOUND: ({ branch, meant }: { branch: string; meant: string | undefined }) => ({
    what: `there is no branch "${branch}" here or on a remote, nor does the policy protect one${meant === undefined ? "" : `; did you mean ${meant}?`}`,
    why: "nothing is protected on a branch that does not exist, so a misspelled name would switch the check off",
    fix: "give --branch the short name of a branch, as in --branch main; fetch the branch first if it is on the remote",
  }),
  AUDIT_PART_UNFIT: ({ file, problem }: { file: string; problem: string }) => ({
    what: `${file}: ${problem}`,
    why: "only the parts of one audit, and all of them, can be merged",
    fix: "run `countersign audit --shard NUMBER/OF --format json` for every NUMBER in the same clone, and merge what each printed",
  }),
  NOT_A_LANDING: ({ revision, branch, problem }: { revision: string; branch: string; problem: string }) => ({
    what: `${revision} is not a landing on ${branch} that an audit judges: ${problem}`,
    why: "only a commit that the branch itself pointed to, after it became protected, can be co-signed afterwards, with all that it brought",
    fix: `name commits that \`countersign audit ${branch}\` lists`,
  }),
  COMMIT_NOT_LANDED: ({ commit, branch }: { commit: string; branch: string }) => ({
    what: `${commit} is not on ${branch}`,
    why: "only what has landed is attested, because an unmerged branch may still change",
    fix: `name a commit that is on ${branch}, run \`git fetch\` first if it landed just now, or name its branch with --branch`,
  }),
  LANDING_UNJUDGED: ({
    commit,
    branch,
    baseline,
  }: {
    commit: string;
    branch: string;
    baseline?: string | undefined;
  }) => ({
    what:
      baseline === undefined
        ? `no policy protected ${branch} when ${commit} landed`
        : `${commit} landed on ${branch} no later than the policy's baseline ${baseline}`,
    why: "nothing was required of it then, so an attestation has nothing to say",
    fix: `name a commit that landed later: \`countersign audit ${shellWord(branch)} --format json\` says from where on the branch is judged`,
  }),
  LANDING_NEEDED: ({ commit, branch, landing }: { commit: string; branch: string; landing: string }) => ({
    what: `${branch} never stood at ${commit}, which came with ${landing}`,
    why: "a source verification summary is about a commit that the branch stood at, and what came together was judged together",
    fix: `name ${landing}, or ask for the co-signs of the commit alone with --predicate cosign`,
  }),
  RESOURCE_UNKNOWN: ({ problem }: { problem: string }) => ({
    what: `it is not known where others fetch this repository from: ${problem}`,
    why: "an attestation names the repository that it is about, so that it proves nothing about another one",
    fix: "name it with --resource, as in `--resource git+https://git.example.com/acme/payments`",
  }),
  SIGNING_KEY_UNSET: (_: NoData) => ({
    what: "no SSH key is set for signing",
    why: "the signer of an attestation answers for it, so no key is guessed",
    fix: "name one with --key FILE, or set git's countersign.signingKey to its .pub file",
  }),
  NOTHING_TO_SQUASH: ({ branch }: { branch: string }) => ({
    what: `there is nothing to squash: it adds no commit to ${branch}`,
    why: "the message sums up the commits that a branch adds",
    fix: "name the branch that is to be squashed, and with --branch the one that it lands on",
  }),
  CODE_UNKNOWN: ({ code, similar }: { code: string; similar: string | undefined }) => ({
    what: `"${code}" is neither a code nor a commit here${similar === undefined ? "" : `; did you mean ${similar}?`}`,
    why: "codes are in capitals, as reports show them",
    fix: "`countersign explain --codes` lists them all",
  }),
  FILE_UNREADABLE: ({ file, reason }: { file: string; reason: string }) => ({
    what: `${file} cannot be read: ${reason}`,
    why: "the command needs its content",
    fix: "name an existing file that you may read",
  }),
  OUTPUT_UNWRITABLE: ({ file, reason }: { file: string; reason: string }) => ({
    what: `the report cannot be written to ${file}: ${reason}`,
    why: "anyone who reads that file would see an older report, or none",
    fix: "name a file in an existing folder that you may write to",
  }),
  DEFECT: ({ reason }: { reason: string }) => ({
    what: `countersign itself failed: ${reason}`,
    why: "this should not happen, and what was not judged is not let through",
    fix: "please report it with the command that you ran and the versions of git and node",
  }),
} as const satisfies Messages;
