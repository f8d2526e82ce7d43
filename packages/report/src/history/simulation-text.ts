import { type Decision, describeRequirement, type PolicyInForce } from "@countersign/core";
import {
  branchRef,
  formatDay,
  type NeededCosigns,
  objectFormatOf,
  type ReplayedCommit,
  type Simulation,
  zeroOid,
} from "@countersign/core/internal";
import { formatDecision, namePolicy } from "../decision/decision-text.ts";
import { escapeLine, escapeText } from "../text/escape.ts";
import { type Paint, PLAIN } from "../text/paint.ts";
import { wrapText } from "../text/wrap.ts";

/** What a person reads of a simulation. `history` names what was replayed: `the last 500 commits of main`. */
export function formatSimulation(
  simulation: Simulation,
  inForce: PolicyInForce,
  history: string,
  paint: Paint = PLAIN,
): readonly string[] {
  const { branch, protection, tally, merges } = simulation;
  const span = tally.commits === 0 ? "" : `, ${formatDay(tally.first)} to ${formatDay(tally.last)}`;
  const lines = [
    ...wrapText("countersign: ", `simulated ${escapeLine(history)}${span}`),
    paint.dim(`policy: ${namePolicy(inForce)}`),
    "",
    ...(merges ? [row("merges", merges.count)] : []),
    ...(merges ? [row("would be refused", merges.refused, formatShare(merges.refused, merges.count)), ""] : []),
    row("commits", tally.commits),
    row("AI-assisted", tally.assisted, formatShare(tally.assisted, tally.commits)),
    row("would be refused", tally.refused, formatShare(tally.refused, tally.commits)),
  ];
  if (!protection) {
    return [
      ...lines,
      "",
      ...wrapText("", `The policy does not protect ${escapeText(branch)}: anything may land there.`),
    ];
  }
  if (tally.agents.size > 0) lines.push(...formatAgents(simulation, paint));
  const next = ["", ...wrapText("next: ", nextStep(simulation, inForce))];
  if (tally.refused === 0) return [...lines, "", paint.good("Nothing would have been refused."), ...next];
  lines.push("", paint.strong("by code (one commit can break several rules)"), ...ranked(tally.codes));
  lines.push("", paint.strong("by rule"), ...ranked(tally.rules));
  lines.push(...formatNeeded(simulation, paint), ...formatRequests(simulation, paint));
  return [...lines, ...formatWarning(simulation, inForce, paint), "", ...wrapText("", CLOCK), ...next];
}

/** What someone does who has seen the numbers; the policy's own place says how far they are. */
function nextStep({ protection }: Simulation, { ref, commit, entry }: PolicyInForce): string {
  const file = escapeLine(entry.path);
  if (commit !== undefined) {
    return protection?.mode === "warn"
      ? `once nothing is warned about any more, set \`mode: enforce\` in ${file}; that needs a co-sign, like every change of the policy`
      : `edit ${file}, and \`countersign policy diff ${escapeLine(ref)}\` shows what the draft would change`;
  }
  return ref === DEFAULTS
    ? "`countersign init` writes a policy with these defaults, and offers to begin with warnings"
    : `commit ${file} with \`mode: warn\` and push it: then pushes say what they lack, and none is refused`;
}

/** How the policy of those who have none yet is named. */
const DEFAULTS = "the defaults";

const CLOCK =
  "Each commit was judged as of the time when it was committed or, if later, when its last co-sign was signed; a commit that a merge brought in, as of the merge. The baseline was ignored.";

function row(name: string, number: number, beside = ""): string {
  return `  ${name.padEnd(18)} ${number.toLocaleString("en").padStart(9)} ${beside.padStart(9)}`.trimEnd();
}

function ranked(counts: ReadonlyMap<string | undefined, number>): readonly string[] {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([name, number]) => {
    const shown = name === undefined ? "the policy without its rules" : escapeText(name, 60);
    return `${number.toLocaleString("en").padStart(9)}  ${shown}`;
  });
}

function formatAgents({ tally }: Simulation, paint: Paint): readonly string[] {
  const agents = [...tally.agents].sort(([, a], [, b]) => b.assisted - a.assisted);
  return [
    "",
    `${paint.strong("by agent".padEnd(32))} assisted  would be refused`,
    ...agents.map(([agent, { assisted, refused }]) => {
      const name = escapeText(agent, 28).padEnd(30);
      return `  ${name} ${assisted.toLocaleString("en").padStart(8)} ${refused.toLocaleString("en").padStart(17)}`;
    }),
  ];
}

function formatNeeded({ needed }: Simulation, paint: Paint): readonly string[] {
  if (needed.length === 0) return [];
  return ["", paint.strong("co-signs that were missing"), ...needed.flatMap(formatKind)];
}

/** Who would have been asked: by the days on which anything landed, as history may have come in a few bursts. */
function formatRequests({ requests, tally, merges }: Simulation, paint: Paint): readonly string[] {
  if (requests.count === 0) return [];
  const days = tally.days.size;
  const rate = (requests.count / days).toFixed(1);
  const on = days === 1 ? "on 1 day" : `about ${rate} on each of the ${days.toLocaleString("en")} days`;
  const heading = `requests for a co-sign: ${requests.count.toLocaleString("en")}, ${on} with ${merges ? "merges" : "commits"}`;
  const people = requests.asked.slice(0, ASKED).map(({ person, most, shared }) => {
    const name = escapeText(person.name, 28).padEnd(30);
    return `  ${name} ${most.toLocaleString("en").padStart(7)} ${Math.round(shared).toLocaleString("en").padStart(14)}`;
  });
  const columns = people.length === 0 ? [] : [`  ${"of whom".padEnd(30)} at most  shared evenly`];
  return ["", paint.strong(heading), ...columns, ...people];
}

const ASKED = 15;

const NAMED = 5;

function formatKind({ requirement, cosigns, able }: NeededCosigns): readonly string[] {
  const names = able.slice(0, NAMED).map(({ name }) => escapeText(name, 40));
  const others = able.length - names.length;
  const who = [...names, ...(others > 0 ? [`${others} more`] : [])].join(", ");
  const from = able.length === 0 ? "nobody on the roster can give them" : `could be given by ${who}`;
  const number = `${cosigns.toLocaleString("en").padStart(9)}  `;
  return [
    ...wrapText(number, escapeLine(describeRequirement(requirement))),
    ...wrapText(" ".repeat(number.length), from),
  ];
}

/** What a push of the newest refused commit would print with `mode: warn`. */
function formatWarning({ branch, tally }: Simulation, policy: PolicyInForce, paint: Paint): readonly string[] {
  const [newest] = tally.newest;
  if (!newest) return [];
  const decision = warningOf(newest, branch, policy);
  const heading = "With mode: warn all of that would land. A push of the newest commit would print:";
  return ["", paint.strong(heading), ...formatDecision(decision, paint).map((line) => `  ${line}`.trimEnd())];
}

function warningOf({ verdict }: ReplayedCommit, branch: string, policy: PolicyInForce): Decision {
  const update = { ref: branchRef(branch), old: zeroOid(objectFormatOf(verdict.commit)), new: verdict.commit };
  const assisted = verdict.provenance.state === "assisted" ? 1 : 0;
  const shown = { update, branch, mode: "warn" as const, commits: 1, assisted, judged: [verdict] };
  return { outcome: "allow", policy, updates: [{ ...shown, violations: [], faults: [] }] };
}

/** `42.8 %`; empty if there is nothing to be a part of. */
function formatShare(part: number, whole: number): string {
  return whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)} %`;
}
