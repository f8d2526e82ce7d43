import { escapeLine, type Paint, wrapText } from "@countersign/report";
import type { Draft, Step } from "../files/draft.ts";
import type { Undoing } from "../files/take-back.ts";
import type { Choices } from "./choices.ts";

/** The plan as a person reads it before anything is done. */
export function formatPlan(draft: Draft, choices: Choices, policyIsNew: boolean, paint: Paint): readonly string[] {
  return [
    paint.strong(`countersign init, with ${choices.manager === "plain" ? "plain git hooks" : choices.manager}`),
    ...(policyIsNew ? formatChoices(choices) : []),
    "",
    ...draft.steps().flatMap((step) => formatStep(step, draft, paint)),
    ...(draft.notes.length > 0 ? [""] : []),
    ...formatNotes(draft),
  ];
}

export function formatNotes({ notes }: Draft): readonly string[] {
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

function formatStep(step: Step, draft: Draft, paint: Paint): readonly string[] {
  const line = (verb: string, what: string): readonly string[] => [
    `  ${verb.padEnd(8)}  ${paint.strong(escapeLine(what))}`,
    `            ${paint.dim(escapeLine(step.reason))}`,
  ];
  switch (step.kind) {
    case "write":
      return line(step.before ? "change" : "create", draft.show(step.path));
    case "move":
      return line("move", `${draft.show(step.from)} -> ${draft.show(step.to)}`);
    case "set":
      return line("set", `git config ${step.name}`);
    case "run":
      return line("run", step.shown);
  }
}

/**
 * What `uninstall` would do, or did. What was set up in two goes is told once, and so is a folder that init filled and
 * that goes as a whole.
 */
export function formatUndoings(undoings: readonly Undoing[], paint: Paint): readonly string[] {
  const folders = undoings.flatMap(({ what }) => (what.endsWith("/") ? [what] : []));
  const told = new Map<string, string>();
  for (const { what, how } of undoings) {
    if (what.endsWith("/")) continue;
    const folder = how === "remove" ? folders.find((name) => what.startsWith(name)) : undefined;
    told.set(folder ?? what, how);
  }
  return [...told].map(([what, how]) => `  ${how.padEnd(17)}  ${paint.strong(escapeLine(what))}`);
}
