import { passesFilters } from "../../ci/branch-filters.ts";
import { parseYaml } from "../../files/edits/edit-yaml.ts";

/** The parts of a GitHub workflow that decide what it judges. */
export interface JudgingWorkflow {
  /** The events that start it, with the types that it names of each; none stands for the usual ones. */
  readonly events: ReadonlyMap<string, readonly string[]>;
  /** The filters for branches whose pushes start it; undefined if none do. */
  readonly pushes: readonly string[] | undefined;
  /** The names under which its jobs' results can be required. */
  readonly jobs: readonly string[];
}

/** Reads a workflow that runs for pull requests; undefined if it does not, or is not a workflow. */
export function readWorkflow(text: string): JudgingWorkflow | undefined {
  const { on, jobs } = asFields(parseQuietly(text));
  const events = new Map(
    typeof on === "string"
      ? [[on, []]]
      : Array.isArray(on)
        ? on.map((event) => [String(event), []])
        : Object.entries(asFields(on)).map(([event, settings]) => [event, asTexts(asFields(settings)["types"])]),
  );
  if (!events.has("pull_request") && !events.has("pull_request_target")) return undefined;
  const names = Object.entries(asFields(jobs)).map(([id, job]) => String(asFields(job)["name"] ?? id));
  const pushes = events.has("push") ? readFilters(asFields(asFields(on)["push"])) : undefined;
  return { events, pushes, jobs: names };
}

function readFilters({ branches, "branches-ignore": ignored, tags, "tags-ignore": others }: Fields): readonly string[] {
  if (branches !== undefined) return asTexts(branches);
  if (ignored !== undefined) return ["**", ...asTexts(ignored).map((filter) => `!${filter}`)];
  // Filters for tags alone leave branches out.
  return tags === undefined && others === undefined ? ["**"] : [];
}

/** Whether it runs when a branch moves on. */
export function seesPushes({ pushes = [] }: JudgingWorkflow, branch: string): boolean {
  return passesFilters(pushes, branch);
}

/** What a pull request starts where no types are named. */
const USUAL: readonly string[] = ["opened", "synchronize", "reopened"];

/** Whether it runs again when a pull request turns to another branch. */
export function seesTurns({ events }: JudgingWorkflow): boolean {
  return ["pull_request", "pull_request_target"].some((name) => {
    const types = events.get(name);
    return types !== undefined && (types.length > 0 ? types : USUAL).includes("edited");
  });
}

function parseQuietly(text: string): unknown {
  try {
    return parseYaml(text);
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function asFields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function asTexts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
}
