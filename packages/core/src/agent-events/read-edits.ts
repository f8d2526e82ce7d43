import type { HookEdit } from "./hook-event.ts";
import { asFields, type Fields, findTexts, findValues } from "./hook-fields.ts";
import type { HookAction } from "./hook-format.ts";
import { appliesPatch, readPatch } from "./hook-patch.ts";

/** The edits of the first action that finds any. */
export function readEdits(fields: Fields, actions: readonly HookAction[]): readonly HookEdit[] {
  for (const action of actions) {
    const edits = findSubjects(fields, action).flatMap((subject) => readAction(subject, action));
    if (edits.length > 0) return edits;
  }
  return [];
}

function findSubjects(fields: Fields, { each }: HookAction): readonly Fields[] {
  if (each === undefined) return [fields];
  return findValues(fields, each)
    .map(asFields)
    .filter((element) => element !== undefined);
}

function readAction(fields: Fields, action: HookAction): readonly HookEdit[] {
  if (action.does === "patch") {
    const texts = findTexts(fields, action.patch);
    return (action.inCommand ? texts.filter(appliesPatch) : texts).flatMap(readPatch);
  }
  const paths = findTexts(fields, action.paths)
    .filter((path) => path !== "")
    .map(withoutScheme);
  if (action.does === "delete") return paths.map((path) => ({ path, kind: "deleted" }));
  const written = findTexts(fields, action.written);
  const replaced = findTexts(fields, action.replaced);
  const [original] = findTexts(fields, action.original);
  return paths.map((path) => ({
    path,
    kind: "written",
    ...(written.length > 0 ? { written } : {}),
    ...(replaced.length > 0 ? { replaced } : {}),
    ...(original === undefined ? {} : { original }),
  }));
}

function withoutScheme(path: string): string {
  if (!path.startsWith("file://")) return path;
  const rest = path.slice("file://".length).replace(/^localhost(?=\/)/, "");
  try {
    return decodeURIComponent(rest);
  } catch {
    return rest;
  }
}
