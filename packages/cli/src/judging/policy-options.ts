import { Option } from "commander";

export const REMOTE_OPTION = new Option(
  "--remote <name>",
  "the remote that work lands on (default: git's countersign.remote, upstream, origin, or the only one)",
);

/** What commands that judge have in common. */
export const POLICY_OPTIONS = [
  new Option("--branch <branch>", "the branch to land on, by its short name (default: the default branch)"),
  new Option("--policy <revision>", "use the policy of this revision, not that of the default branch"),
  REMOTE_OPTION,
  new Option("--work-tree-policy", "use the policy file of the work tree, to try it out").conflicts("policy"),
];
