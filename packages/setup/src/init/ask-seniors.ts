import { escapeLine } from "@countersign/report";
import { readPerson, type Senior } from "../people/senior.ts";
import type { Surroundings } from "../surroundings.ts";
import type { InitOptions } from "./choices.ts";
import { type Defaults, withKeys } from "./defaults.ts";
import type { Prompts } from "./prompts.ts";

/** More people would not fit on a screen; others are typed in. */
const OFFERED = 15;

/** What is picked by someone who wants to type people in. */
const OTHERS = "";

const QUESTION = "Which senior engineers may co-sign?";

/** Asks who may co-sign: nobody is taken for a senior because of many commits, and a senior need not have any. */
export async function askSeniors(
  prompts: Prompts,
  surroundings: Surroundings,
  { candidates }: Defaults,
  { cwd, options }: { readonly cwd: string; readonly options: InitOptions },
): Promise<readonly Senior[]> {
  const offered = candidates.slice(0, OFFERED);
  const picked = await prompts.pick(
    `${QUESTION} (space selects, enter continues)`,
    [],
    [
      ...offered.map(({ name, emails, commits }, index) => ({
        value: String(index),
        label: escapeLine(`${name} <${emails[0]}>${emails.length > 1 ? ` and ${emails.length - 1} more` : ""}`),
        hint: commits === 0 ? "you" : `${commits} ${commits === 1 ? "commit" : "commits"} in a year`,
      })),
      { value: OTHERS, label: "others, typed in by hand" },
    ],
  );
  const typed = picked.includes(OTHERS) ? readPeople(await prompts.type(TYPE, "", problemOf)) : [];
  const people = [...offered.filter((_, index) => picked.includes(String(index))), ...typed];
  return withKeys(surroundings, cwd, people, options.key ?? []);
}

const TYPE = "Who else? Type Name <address>, separated by commas.";

function readPeople(answer: string): readonly Omit<Senior, "keys">[] {
  return splitPeople(answer).flatMap((text) => readPerson(text) ?? []);
}

function problemOf(answer: string): string | undefined {
  const wrong = splitPeople(answer).find((text) => !readPerson(text));
  return wrong === undefined ? undefined : `"${escapeLine(wrong)}" is not of the form Name <address>.`;
}

/** A comma within a name does not separate people. */
function splitPeople(answer: string): readonly string[] {
  return answer
    .split(/(?<=>)\s*[,;]?/)
    .map((text) => text.trim())
    .filter(Boolean);
}
