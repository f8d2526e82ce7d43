import { join, relative } from "node:path";
import { branchName, shellWord } from "@countersign/core/internal";
import { escapeLine, type Paint, wrapText } from "@countersign/report";
import { isInside } from "../files/grounds.ts";
import type { Plan } from "../files/plan.ts";
import type { Step } from "../files/step.ts";
import type { Choices } from "./choices.ts";
import type { Foresight } from "./foresee.ts";

/** The plan as a person reads it before anything is done. */
export function formatPlan(
  plan: Plan,
  choices: Choices,
  { policyIsNew, foresight }: { readonly policyIsNew: boolean; readonly foresight: Foresight | undefined },
  paint: Paint,
): readonly string[] {
  return [
    paint.strong(`countersign init, with ${choices.manager === "plain" ? "plain git hooks" : choices.manager}`),
    ...(policyIsNew ? formatChoices(choices) : []),
    ...(foresight ? wrapText("  history   ", formatForesight(foresight)) : []),
    "",
    ...plan.steps().flatMap((step) => formatStep(step, plan, paint)),
    ...(plan.notes.length > 0 ? [""] : []),
    ...formatNotes(plan),
  ];
}

export function formatNotes({ notes }: Plan): readonly string[] {
  return notes.flatMap((note) => wrapText("note: ", escapeLine(note)));
}

/** What the policy would have done, in a sentence. */
export function formatForesight({ what, count, refused, requests, days }: Foresight): string {
  const share = refused === 0 || count === 0 ? "" : ` (${Math.round((100 * refused) / count)} %)`;
  const rate =
    requests === 0 ? "" : `, about ${(requests / days).toFixed(1)} requests for a co-sign on a day with ${what}`;
  const last = count === 1 ? `1 ${what.slice(0, -1)}` : `the last ${count} ${what}`;
  return `${refused} of ${last} would have been refused${share}${rate}`;
}

function formatChoices({ branch, seniors, proof, mode, ledger }: Choices): readonly string[] {
  const people = seniors.map(({ name, emails, keys }) => {
    const key = keys.length === 0 ? "no key" : (keys[0]?.split(" ")[0] ?? "");
    return escapeLine(`${name} <${emails.join(">, <")}> (${key})`);
  });
  return [
    `  protects  ${escapeLine(branch)}`,
    ...(people.length === 0 ? ["  seniors   nobody"] : []),
    ...people.flatMap((senior, index) => wrapText(index === 0 ? "  seniors   " : "            ", senior)),
    `  proof     ${proof}`,
    `  mode      ${mode}`,
    `  co-signs  ${ledger === undefined ? "in the commits" : `in the ledger, the branch ${escapeLine(ledger)}`}`,
  ];
}

function formatStep(step: Step, plan: Plan, paint: Paint): readonly string[] {
  const line = (verb: string, what: string): readonly string[] => [
    `  ${verb.padEnd(8)}  ${paint.strong(escapeLine(what))}`,
    `            ${paint.dim(escapeLine(step.reason))}`,
  ];
  switch (step.kind) {
    case "write":
      return line(step.before ? "change" : "create", plan.show(step.path));
    case "remove":
      return line("remove", plan.show(step.path));
    case "move":
      return line("move", `${plan.show(step.from)} -> ${plan.show(step.to)}`);
    case "set":
      return line("set", `git config ${step.name}`);
    case "run":
      return line("run", step.shown);
    case "ledger":
      return line("create", `${branchName(step.ledger.ref)}:${step.file.path}`);
  }
}

/** What is left to a person: nothing of it is in force before it is on the default branch. `folder` is where they are. */
export function formatNextSteps(
  plan: Plan,
  { branch, mode }: Choices,
  { root, folder }: { readonly root: string; readonly folder: string },
): readonly string[] {
  const steps = plan.steps();
  const written = steps.flatMap((step) => (step.kind === "write" ? [plan.show(step.path)] : []));
  const shared = written.filter((path) => !/^(?:\.git\/|\.\.)/.test(path));
  if (shared.length === 0) return [];
  const fate = mode === "warn" ? "reported" : "refused";
  const inside = isInside(root, folder);
  const git = inside ? "git" : `git -C ${shown(root)}`;
  const pushOf = (ref: string, remote: string): string =>
    `  ${git} push ${shown(remote)} ${shown(branchName(ref) ?? ref)}`;
  const paths = shared.map((path) => (inside ? relative(folder, join(root, path)) : path));
  return [
    "next: review what was written, commit it and push it:",
    `  ${git} add ${paths.map(shown).join(" ")}`,
    `  ${git} commit -m "Adopt countersign"`,
    ...steps.flatMap((step) => (step.kind === "ledger" && step.remote ? [pushOf(step.ledger.ref, step.remote)] : [])),
    `  from then on AI-assisted commits without a co-sign are ${fate} on ${escapeLine(branch)};`,
    "  a check that nobody can skip needs a hook on the server, or CI",
  ];
}

function shown(word: string): string {
  return escapeLine(shellWord(word));
}
