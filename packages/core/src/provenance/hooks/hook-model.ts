import { asciiLowerCase } from "../../bytes.ts";

const NO_MODEL = new Set(["unknown", "default", "auto"]);
const LONGEST_MODEL = 100;

/** The model where the text names one: agents also write `default`, `Unknown` and `<synthetic>`. */
export function readModel(text: string | undefined): { readonly model?: string } {
  const model = text?.trim() ?? "";
  if (model === "" || model.length > LONGEST_MODEL || NO_MODEL.has(asciiLowerCase(model))) return {};
  return /^[\p{L}\p{N}][^\p{C}<>]*$/u.test(model) ? { model } : {};
}
