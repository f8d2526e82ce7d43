import { CountersignError } from "@countersign/core";
import { escapeText } from "@countersign/report";

/** A fault about what a forge was asked. */
export function failed(method: string, path: string, said: string): CountersignError {
  return new CountersignError("FORGE_FAILED", { asked: escapeText(`${method} ${path}`), said: escapeText(said) });
}
