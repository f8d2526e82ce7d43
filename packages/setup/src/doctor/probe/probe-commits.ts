import { randomUUID } from "node:crypto";

/** The two branches that a probe pushes to. */
export type ProbeBranches = readonly [string, string];

/** What the probe's commits are named by while they wait for their push. */
export const ASSISTED = "refs/probe/assisted/";
export const INNOCENT = "refs/probe/innocent/";

/** What `git fast-import` makes a probe from, in two parts of which the second goes on from the first. */
export interface ProbeHistory {
  /** Both branches, with a policy that protects them. */
  readonly base: string;
  /** On top of each one commit that an agent took part in, and one without a mark. */
  readonly pushed: string;
}

/** No two probes have an id in common. */
export function probeHistory(branches: ProbeBranches): ProbeHistory {
  const nonce = randomUUID();
  const [first, second] = branches;
  const begin = commit(
    `refs/heads/${first}`,
    `Begin a probe (${nonce})`,
    file("countersign.config.yaml", policyOf(branches)),
  );
  const commits = branches.flatMap((branch) => {
    const subject = `Probe ${branch} (${nonce})`;
    const change = `from refs/heads/${branch}^0\n${file("probe.txt", `${subject}\n`)}`;
    return [
      commit(`${ASSISTED}${branch}`, `${subject}\n\nAssisted-by: Claude:probe`, change),
      commit(`${INNOCENT}${branch}`, subject, change),
    ];
  });
  return {
    base: `${begin}\nreset refs/heads/${second}\nfrom refs/heads/${first}\n`,
    pushed: `${commits.join("\n")}\n`,
  };
}

function policyOf(branches: ProbeBranches): string {
  return `version: 1\nproject: countersign/doctor\nprotect:\n  - branches: ${JSON.stringify(branches)}\n`;
}

function commit(ref: string, message: string, rest: string): string {
  const committer = `committer countersign doctor <doctor@countersign.invalid> ${Math.floor(Date.now() / 1000)} +0000`;
  return [`commit ${ref}`, committer, data(`${message}\n`), rest].join("\n");
}

function file(path: string, contents: string): string {
  return `M 100644 inline ${path}\n${data(contents)}`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
