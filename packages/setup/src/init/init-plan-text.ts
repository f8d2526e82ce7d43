import { escapeLine, type Paint, wrapText } from "@countersign/report";
import type { Plan } from "../files/plan.ts";
import type { Step } from "../files/step.ts";
import type { Choices } from "./choices.ts";

/** The plan as a person reads it before anything is done. */
export function formatPlan(plan: Plan, choices: Choices, policyIsNew: boolean, paint: Paint): readonly string[] {
  return [
    paint.strong(`countersign init, with ${choices.manager === "plain" ? "plain git hooks" : choices.manager}`),
    ...(policyIsNew ? formatChoices(choices) : []),
    "",
    ...plan.steps().flatMap((step) => formatStep(step, plan, paint)),
    ...(plan.notes.length > 0 ? [""] : []),
    ...formatNotes(plan),
  ];
}

export function formatNotes({ notes }: Plan): readonly string[] {
  return notes.flatMap((note) => wrapText("note: ", escapeLine(note)));
}

function formatChoices({ branch, seniors, proof, mode }: Choices): readonly string[] {
  const [first = "nobody", ...others] = seniors.map(({ name, email, keys }) => {
    const key = keys.length === 0 ? "no key" : (keys[0]?.split(" ")[0] ?? "");
    return escapeLine(`${name} <${email}> (${key})`);
  });
  return [
    `  protects  ${escapeLine(branch)}`,
    `  seniors   ${first}`,
    ...others.map((senior) => `            ${senior}`),
    `  proof     ${proof}`,
    `  mode      ${mode}`,
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
  }
}

/** What is left to a person: nothing of it is in force before it is on the default branch. */
export function formatNextSteps(plan: Plan, { branch, mode }: Choices): readonly string[] {
  const written = plan.steps().flatMap((step) => (step.kind === "write" ? [plan.show(step.path)] : []));
  const shared = written.filter((path) => !/^(?:\.git\/|\.\.)/.test(path));
  if (shared.length === 0) return [];
  const fate = mode === "warn" ? "told of" : "refused";
  return [
    "next: review what was written, commit it and push it:",
    `  git add ${shared.map(quote).join(" ")}`,
    '  git commit -m "Adopt countersign"',
    `  from then on AI-assisted commits without a co-sign are ${fate} on ${escapeLine(branch)};`,
    "  a check that nobody can skip needs a hook on the server, or CI",
  ];
}

function quote(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : escapeLine(`'${path.replaceAll("'", "'\\''")}'`);
}
