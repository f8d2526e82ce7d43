import type { Messages, NoData } from "./message.ts";

const ASK_ADMIN = "ask someone who maintains the policy to add you, or sign as a person it names";

/** What a sign before a number stands for, as forges write it. */
const REQUESTS: Readonly<Record<string, string>> = { "#": "pull request", "!": "merge request" };

/** Why a co-sign is not made, or does not come to where it counts. */
export const signingFaults = {
  TERMINAL_MISSING: ({ missing }: { missing: string }) => ({
    what: `no co-sign without a terminal: ${missing}`,
    why: "a person has to see what is signed and take responsibility for it",
    fix: "run `countersign cosign` in a terminal, without redirections; an AI agent must stop here and ask a person to do that",
  }),
  AGENT_SESSION: ({ agent, sign }: { agent: string; sign: string }) => ({
    what: `this runs inside a session of the AI agent ${agent} (${sign})`,
    why: "a co-sign says that a person has reviewed the change, and no agent may give it",
    fix: "stop here and ask a person on the roster to run `countersign cosign` in a terminal of their own",
  }),
  HEAD_DETACHED: (_: NoData) => ({
    what: "HEAD is on no branch",
    why: "a co-sign goes into the commits' messages, so a branch has to move to the new commits",
    fix: "switch to the branch first, or name it: `countersign cosign BRANCH`",
  }),
  BRANCH_NEEDED: ({ revision }: { revision: string }) => ({
    what: `"${revision}" is not a local branch`,
    why: "a co-sign goes into the commits' messages, so a branch has to move to the new commits",
    fix: "end the range in a local branch, as in `countersign cosign origin/main..topic`",
  }),
  OPERATION_UNDER_WAY: ({ operation, finish }: { operation: string; finish: string }) => ({
    what: `${operation} is under way`,
    why: "it remembers commits that a co-sign would replace",
    fix: finish,
  }),
  SIGNER_UNNAMED: ({ said }: { said: string }) => ({
    what: `git does not know who you are${said === "" ? "" : `: ${said}`}`,
    why: "a co-sign names the person who gives it",
    fix: "set git's user.name and user.email",
  }),
  SIGNER_UNKNOWN: ({ email, policy }: { email: string; policy: string }) => ({
    what: `${email} is not on the roster`,
    why: `only people whom the policy names can co-sign (${policy})`,
    fix: "set git's user.email to the address on the roster, or ask someone who maintains the policy to add you",
  }),
  SIGNER_UNABLE: ({ email, reasons }: { email: string; reasons: readonly string[] }) => ({
    what: `${email} can co-sign none of these commits`,
    why: "a co-sign that does not count would only look like approval",
    fix: "`countersign explain COMMIT` names the people who can; ask one of them",
    details: reasons,
  }),
  KEY_MISSING: (_: NoData) => ({
    what: "no SSH key is set for signing, and none of yours on the roster is in the SSH agent or in ~/.ssh",
    why: "the policy requires signed co-signs",
    fix: "name one with --key FILE, or set git's countersign.signingKey to its .pub file",
  }),
  WITNESS_UNKNOWN: ({ fingerprint, state }: { fingerprint: string; state: string | undefined }) => ({
    what: `the key ${fingerprint} ${state === undefined ? "is not a witness's" : `of a witness is ${state}`}`,
    why: "only a key that the policy in force lists under witnesses, and that is valid now, may write down a forge's reviews",
    fix: "add its public half under witnesses in a change of the policy, or give the gate the private key of a witness that is there",
  }),
  KEY_UNREADABLE: ({ key, reason }: { key: string; reason: string }) => ({
    what: `the signing key ${key} cannot be used: ${reason}`,
    why: "without it nothing can be signed",
    fix: "name an SSH key with --key FILE, or correct git's countersign.signingKey or user.signingKey",
  }),
  KEY_REFUSED: ({ email, fingerprint, reason }: { email: string; fingerprint: string; reason: string }) => ({
    what: `the key ${fingerprint} ${reason}`,
    why: `a signature counts only by a key that the policy in force has for ${email}`,
    fix: `sign with one that it has (--key FILE), or ${ASK_ADMIN}`,
  }),
  SIGNING_FAILED: ({ program, end }: { program: string; end: string }) => ({
    what: `${program} made no signature: ${end}`,
    why: "without a signature nothing is proven, so nothing was changed",
    fix: "see what it printed above; `ssh-add -L` lists the keys of the SSH agent",
  }),
  SIGNATURE_WRONG: ({ program, reason }: { program: string; reason: string }) => ({
    what: `the signature that ${program} made does not verify: ${reason}`,
    why: "it would be refused wherever it is checked, so nothing was changed",
    fix: "check that this is the key you meant, and that gpg.ssh.program signs as ssh-keygen does",
  }),
  MESSAGE_UNFIT: ({ commits }: { commits: readonly string[] }) => ({
    what: `${commits.length === 1 ? "a message" : `${commits.length} messages`} cannot take a co-sign`,
    why: "git would not read it there as a trailer, so it would not count; nothing was changed",
    fix: "amend the message (`git rebase -i`) or ask its author to, then co-sign",
    details: commits,
  }),
  COMMIT_UNFIT: ({ commits }: { commits: readonly string[] }) => ({
    what: `${commits.length === 1 ? "a commit" : `${commits.length} commits`} cannot be rewritten`,
    why: "a co-sign below it changes its parent, and everything else in it must stay the same byte for byte; nothing was changed",
    fix: "make the commit again with `git rebase`, then co-sign",
    details: commits,
  }),
  BRANCH_BEHIND: ({ branch, there }: { branch: string; there: string }) => ({
    what: `${there} has commits that ${branch} lacks`,
    why: "a co-sign gives commits new ids, and pushing those over the ones there would remove these commits",
    fix: `bring them in first: git rebase ${there} ${branch}`,
  }),
  FETCH_FAILED: ({ remote, said }: { remote: string; said: string }) => ({
    what: `${remote} could not be fetched: ${said.split("\n")[0]?.replace(/\.$/, "")}`,
    why: "you should see and sign what is there now",
    fix: "try again, or sign what was fetched before: `countersign cosign --no-fetch`",
    details: said.split("\n").slice(1, 6),
  }),
  REQUEST_UNKNOWN: (data: { number: string; sign: string; remote: string; asked: boolean }) => ({
    what: data.asked
      ? `there is no branch ${data.sign}${data.number}, and ${data.remote} has no ${REQUESTS[data.sign] ?? "pull or merge request"} ${data.number}`
      : `there is no branch ${data.sign}${data.number}, and with --no-fetch ${data.remote} is not asked for a pull or merge request`,
    why: "it must be clear what is to be signed",
    fix: data.asked
      ? "`countersign cosign --list` names the branches that wait; name one of them: `countersign cosign BRANCH`"
      : `leave out --no-fetch: \`countersign cosign ${data.number}\``,
  }),
  REQUEST_MOVED: ({ name, remote }: { name: string; remote: string }) => ({
    what: `${name} on ${remote} got other commits while it was fetched`,
    why: "you should see and sign what is there now",
    fix: "run the command again",
  }),
  RECORD_TOO_LARGE: ({ commits }: { commits: number }) => ({
    what: `${commits} commits are more than one record of a ledger can hold`,
    why: "a record is read as a whole, so its size is limited",
    fix: "co-sign a part at a time, oldest first: `countersign cosign LOW..HIGH`",
  }),
  BRANCH_MOVED: ({ ref, old }: { ref: string; old: string }) => ({
    what: `${ref} is not at ${old} any more`,
    why: "it moved while the co-sign was made; what came in meanwhile must not be lost, so nothing was changed",
    fix: "run the command again",
  }),
  LEDGER_UNFIT: ({ ref, problem }: { ref: string; problem: string }) => ({
    what: `the ledger ${ref} ${problem}`,
    why: "a ledger must be a branch of its own, so that nothing else changes it",
    fix: "make it such a branch again, or name another one as `ledger` in the policy",
  }),
  LEDGER_BUSY: ({ ref, tries }: { ref: string; tries: number }) => ({
    what: `${ref} moved ${tries} times while a record was added to it`,
    why: "others write to it at the same time, and what they add must not be lost",
    fix: "run the command again; what you signed is not lost",
  }),
  LEDGER_NOT_PUSHED: (data: { ledger: string; remote: string; said: string; print?: string }) => ({
    what: `${data.remote} did not take the ledger ${data.ledger}: ${data.said.split("\n")[0]}`,
    why: "a co-sign counts once it is there; until then it is kept in your own branch of that name",
    fix: `if you may push to it: git push ${data.remote} ${data.ledger}${
      data.print === undefined
        ? ""
        : `; otherwise \`${data.print}\` prints the record, to be pasted into a comment on the pull request`
    }`,
    details: data.said.split("\n").slice(1, 6),
  }),
} as const satisfies Messages;
