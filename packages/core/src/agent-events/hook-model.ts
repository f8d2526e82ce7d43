import { asciiLowerCase } from "../bytes.ts";
import { asFields, findText } from "./hook-fields.ts";
import type { Places } from "./hook-format.ts";

const NO_MODEL = new Set(["unknown", "default", "auto"]);
const LONGEST_MODEL = 100;

/** The model where the text names one: agents also write `default`, `Unknown` and `<synthetic>`. */
export function readModel(text: string | undefined): { readonly model?: string } {
  const model = text?.trim() ?? "";
  if (model === "" || model.length > LONGEST_MODEL || NO_MODEL.has(asciiLowerCase(model))) return {};
  return /^[\p{L}\p{N}][^\p{C}<>]*$/u.test(model) ? { model } : {};
}

/** The model that a line of a transcript names, which is a JSON object. */
export function readTranscriptLine(line: string, places: Places): string | undefined {
  return readModel(findText(asFields(line) ?? {}, places)).model;
}
