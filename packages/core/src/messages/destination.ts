import { shellWord } from "../shell-word.ts";
import type { Messages } from "./message.ts";

/** Why the default branch of a remote, whose policy is in force, is not known in a clone. */
export type DefaultBranchGap =
  /** There is no remote, and no branch here that can only be the default one. */
  | "local"
  /** The address that is pushed to belongs to no remote of this clone. */
  | "unnamed"
  /** Nothing was ever fetched. */
  | "unfetched"
  /** Some branches alone are fetched. */
  | "narrow"
  /** What is fetched goes where a mirror keeps it. */
  | "mirror"
  /** There are both `main` and `master`. */
  | "both"
  /** There is neither. */
  | "neither"
  /** The only one of both has no policy, and another branch has one. */
  | "bare name"
  /** The branch that was the default one is not there any more. */
  | "gone";

const GAPS: Readonly<Record<DefaultBranchGap, string>> = {
  local: "there is no remote here, and not exactly one of main and master",
  unnamed: "no remote of this clone has the address that is pushed to, so nothing was ever fetched from there",
  unfetched: "nothing was fetched from there yet",
  narrow: "this clone fetches only some of its branches",
  mirror: "this clone is a mirror, which does not note what the default branch is",
  both: "there are both a main and a master, and this clone has not noted which of them it is",
  neither: "this clone has not noted it, and there is neither a main nor a master",
  "bare name":
    "this clone has not noted it; of main and master there is only one, it has no policy, and another branch has one",
  gone: "the branch that was the default one is not there any more",
};

/** Why it is not known where work lands, or which policy is in force there. */
export const destinationFaults = {
  REMOTE_UNKNOWN: ({ remotes, wanted }: { remotes: readonly string[]; wanted: string | undefined }) => ({
    what:
      wanted === undefined
        ? `it is not known which of ${remotes.length} remotes work lands on: ${remotes.join(", ")}`
        : `there is no remote ${wanted}`,
    why: "each remote has a policy of its own, and its branches say what is new",
    fix: "name it with --remote NAME, or for good with `git config countersign.remote NAME`; `git remote` lists them",
  }),
  POLICY_REF_UNKNOWN: ({ remote, gap }: { remote: string | undefined; gap: DefaultBranchGap }) => ({
    what: `it is not known which branch is the default branch${remote === undefined ? "" : ` of ${remote}`}, and so which policy is in force`,
    why: GAPS[gap],
    fix: fillGap(remote, gap),
  }),
  POLICY_CONTRADICTED: ({
    branches,
    remote,
    ref,
  }: {
    branches: readonly string[];
    remote: string | undefined;
    ref: string;
  }) => ({
    what: `${branches.join(", ")} holds a policy that protects it and that never stood on ${ref}, whose policy is taken to be the one in force`,
    why: "the default branch may have been renamed, so it is not known which of the two is in force",
    fix: `${noteDefaultBranch(remote)}; if the default branch is the right one, say so: \`git config countersign.policyRef ${shellWord(ref)}\``,
  }),
  FORGE_FAILED: ({ asked, said }: { asked: string; said: string }) => ({
    what: `the forge did not answer ${asked}: ${said}`,
    why: "only the forge knows what is to be merged and where the verdict goes",
    fix: "run the check again; if it fails again, look at the permissions of its token and at the forge's status page",
  }),
  FORGE_EVENT_UNFIT: ({ event, problem }: { event: string; problem: string }) => ({
    what: `the event ${event} cannot be judged: ${problem}`,
    why: "what is not understood must not pass for a verdict",
    fix: "run the check on the events that `countersign init --ci` writes",
  }),
  REQUEST_RACED: ({ name, moved }: { name: string; moved: string }) => ({
    what: `${name} was judged twice, and each time ${moved} moved meanwhile`,
    why: "a verdict on an older state would be taken for one on the present state",
    fix: "run the check again",
  }),
  REQUEST_NOT_FETCHED: ({ name, head, found }: { name: string; head: string; found: string }) => ({
    what: `the forge says that ${name} ends at ${head}, and git fetched ${found}`,
    why: "only the commits that will be merged can be judged",
    fix: "run the check again: the forge may not have stored the last push yet",
  }),
} as const satisfies Messages;

function fillGap(remote: string | undefined, gap: DefaultBranchGap): string {
  if (gap === "unnamed") {
    return "name the address with `git remote add NAME ADDRESS`, run `git fetch NAME`, and push to NAME";
  }
  if (remote === undefined) {
    return "name it in the git config countersign.policyRef, as refs/heads/NAME, or use --policy REV";
  }
  if (gap === "mirror") return "run `git config countersign.policyRef refs/heads/NAME` with the default branch's name";
  const before = gap === "narrow" ? `run \`git remote set-branches --add ${shellWord(remote)} '*'\`, then ` : "";
  return `${before}${noteDefaultBranch(remote)}; or name the branch in the git config countersign.policyRef, or use --policy REV`;
}

/** How a clone learns what a remote's default branch is. */
function noteDefaultBranch(remote: string | undefined): string {
  const name = shellWord(remote ?? "NAME");
  return `run \`git fetch --prune ${name}\` and \`git remote set-head ${name} --auto\``;
}
