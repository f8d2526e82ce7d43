import { randomUUID } from "node:crypto";

/** The two branches that a probe pushes to. */
export type ProbeBranches = readonly [string, string];

/** What the probe's commits are named by while they wait for their push. */
export const ASSISTED = "refs/probe/assisted/";
export const INNOCENT = "refs/probe/innocent/";

/**
 * What `git fast-import` makes the probe's history from: on each branch a policy that protects both, and to come on top
 * of that one commit that an agent took part in and one without a mark. No two probes have an id in common.
 */
export function probeHistory(branches: ProbeBranches): string {
  const nonce = randomUUID();
  const [first, second] = branches;
  return [
    commit(`refs/heads/${first}`, "Begin the probe", ["mark :1"], file("countersign.config.yaml", policyOf(branches))),
    `reset refs/heads/${second}\nfrom :1\n`,
    ...branches.flatMap((branch) => {
      const subject = `Probe ${branch} (${nonce})`;
      const change = file("probe.txt", `${subject}\n`);
      return [
        commit(`${ASSISTED}${branch}`, `${subject}\n\nAssisted-by: Claude:probe`, [], `from :1\n${change}`),
        commit(`${INNOCENT}${branch}`, subject, [], `from :1\n${change}`),
      ];
    }),
  ].join("\n");
}

function policyOf(branches: ProbeBranches): string {
  return `version: 1\nproject: countersign/doctor\nprotect:\n  - branches: ${JSON.stringify(branches)}\n`;
}

function commit(ref: string, message: string, marks: readonly string[], rest: string): string {
  const committer = `committer countersign doctor <doctor@countersign.invalid> ${Math.floor(Date.now() / 1000)} +0000`;
  return [`commit ${ref}`, ...marks, committer, data(`${message}\n`), rest].join("\n");
}

function file(path: string, contents: string): string {
  return `M 100644 inline ${path}\n${data(contents)}`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
