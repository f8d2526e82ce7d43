import type { Mode, Proof } from "@countersign/core/internal";
import { stringify } from "yaml";
import type { CiName } from "../init/choices.ts";
import type { Senior } from "../people/senior.ts";

export interface PolicyFacts {
  /** Where an editor finds the schema, from the policy's own folder; undefined if there is none on this machine. */
  readonly schema: string | undefined;
  readonly project: string | undefined;
  /** The commit up to which history is not judged. */
  readonly baseline: string | undefined;
  readonly branch: string;
  readonly seniors: readonly Senior[];
  readonly proof: Proof;
  readonly mode: Mode;
  /** The branch for co-signs beside the commits; undefined for none. */
  readonly ledger: string | undefined;
  /** Where the barrier is a check of that forge. */
  readonly ci?: CiName | undefined;
}

/** The parts of a repository that decide what its forge judges by. */
const GATES = {
  github: { name: "the gate and all workflows", paths: '[".github/**"]' },
  gitlab: { name: "the gate and the pipeline", paths: '[".gitlab/**", ".gitlab-ci.yml"]' },
} as const satisfies Readonly<Record<CiName, unknown>>;

/** A first policy, with comments for those who read it in review. */
export function policyText(facts: PolicyFacts): string {
  const { schema, project, baseline, branch, seniors, proof, mode, ledger, ci } = facts;
  return `${[
    ...(schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}`]),
    "# AI-assisted commits reach a protected branch only with a senior engineer's co-sign.",
    "# This file is in force once it is on the default branch; from then on a change of it needs a co-sign too.",
    "version: 1",
    ...(project === undefined
      ? []
      : ["", "# Goes into every signature, so that none counts in another project.", `project: ${scalar(project)}`]),
    ...(baseline === undefined
      ? []
      : ["", "# History up to this commit is not judged.", `baseline: ${scalar(baseline)}`]),
    ...(ledger === undefined
      ? []
      : [
          "",
          "# The branch that holds co-signs beside the commits: they outlive a squash or rebase by the forge.",
          `ledger: ${scalar(ledger)}`,
        ]),
    "",
    "# Who may co-sign. Levels, lowest first: junior, mid, senior, principal.",
    ...people(seniors),
    "",
    "protect:",
    `  - branches: [${scalar(branch)}]`,
    "",
    "# What an AI-assisted commit needs. A proof is declared (a typed line), reviewed (an approval on the forge, by a login that",
    "# stands above: `github: LOGIN`), signed (an SSH signature) or hardware (a signature by a security key that was touched).",
    "# The author's own co-sign does not count.",
    "cosign:",
    "  count: 1",
    "  level: senior",
    `  proof: ${proof}`,
    "",
    "# With warn a broken rule is reported and the push passes; with enforce it is refused.",
    `mode: ${mode}`,
    "",
    "# Rules ask for more where more is at stake:",
    "# rules:",
    "#   - name: infrastructure",
    '#     paths: ["infra/**", "**/*.tf"]',
    "#     cosign: { count: 2 }",
    ...(ci ? [`#   - name: ${GATES[ci].name}`, `#     paths: ${GATES[ci].paths}`, "#     cosign: { count: 2 }"] : []),
  ].join("\n")}\n`;
}

function people(seniors: readonly Senior[]): readonly string[] {
  if (seniors.length === 0) return ["people: []"];
  return [
    "people:",
    ...seniors.flatMap(({ name, emails, keys }) => [
      `  - name: ${scalar(name)}`,
      `    emails: [${emails.map(scalar).join(", ")}]`,
      "    level: senior",
      ...(keys.length === 0 ? [] : ["    keys:", ...keys.map((key) => `      - ${scalar(key)}`)]),
    ]),
  ];
}

/** Text as YAML reads it back, in quotes where it has to be. Within `[…]` a comma or bracket would end it. */
function scalar(text: string): string {
  return stringify([text], { collectionStyle: "flow", lineWidth: 0 }).slice(2, -3);
}
