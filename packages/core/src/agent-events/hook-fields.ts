import type { FieldPath, Places } from "./hook-format.ts";

/** A JSON object of unknown shape. */
export type Fields = Readonly<Record<string, unknown>>;

/** Every text at the first place that has one, empty ones included. */
export function findTexts(fields: Fields, places: Places = []): readonly string[] {
  for (const place of places) {
    const texts = findValues(fields, place).filter((value) => typeof value === "string");
    if (texts.length > 0) return texts;
  }
  return [];
}

/** The first text that is not empty. */
export function findText(fields: Fields, places: Places = []): string | undefined {
  for (const place of places) {
    const text = findValues(fields, place).find((value) => typeof value === "string" && value !== "");
    if (text !== undefined) return text as string;
  }
  return undefined;
}

/** Every value at a place. A text that stands where fields are looked for is read as JSON: some agents send it so. */
export function findValues(fields: unknown, place: FieldPath): readonly unknown[] {
  let values: readonly unknown[] = [fields];
  for (const step of place.split(".")) {
    const list = step.endsWith("[]");
    const name = list ? step.slice(0, -2) : step;
    values = values.flatMap((value) => {
      const found = asFields(value)?.[name];
      if (!list) return found === undefined ? [] : [found];
      const elements = typeof found === "string" ? parse(found) : found;
      return Array.isArray(elements) ? elements : [];
    });
  }
  return values;
}

export function asFields(value: unknown): Fields | undefined {
  const parsed = typeof value === "string" ? parse(value) : value;
  return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? (parsed as Fields) : undefined;
}

/** The same fields, with a text put where none is. */
export function withField(fields: Fields, place: FieldPath, text: string): Fields {
  const [name = "", ...rest] = place.split(".");
  if (rest.length === 0) return fields[name] === undefined ? { ...fields, [name]: text } : fields;
  return { ...fields, [name]: withField(asFields(fields[name]) ?? {}, rest.join("."), text) };
}

function parse(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
