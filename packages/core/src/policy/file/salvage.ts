import { decodeText } from "../../bytes.ts";
import { readDocument } from "./document.ts";
import { isFields } from "./fields.ts";

/** The patterns of branches that a policy file names under `protect`, whatever else is wrong with it; undefined if it names none. */
export function salvagePatterns(bytes: Uint8Array): readonly string[] | undefined {
  const { value } = readDocument(bytes);
  const patterns = isFields(value) ? patternsOf(value["protect"]) : patternsIn(decodeText(bytes));
  return patterns.length > 0 ? patterns : undefined;
}

function patternsOf(protect: unknown): readonly string[] {
  const entries: readonly unknown[] = Array.isArray(protect) ? protect : [protect];
  return entries
    .flatMap((entry) => (isFields(entry) ? entry["branches"] : []))
    .filter((pattern) => typeof pattern === "string");
}

/**
 * The same of text that is not YAML, such as one with the marks of a conflict in it: every word that stands behind
 * `branches:`, up to the next key. A word too many stops a push too many; one too few would let one through.
 */
function patternsIn(text: string): readonly string[] {
  const patterns: string[] = [];
  let [protecting, naming] = [false, false];
  for (const line of text.split("\n")) {
    if (line.includes("protect")) protecting = true;
    else if (/^[A-Za-z]/.test(line)) protecting = false;
    if (!protecting) continue;
    const at = line.indexOf("branches");
    const words = at < 0 ? line : line.slice(at + "branches".length);
    const key = at < 0 && words.includes(":");
    naming = at >= 0 || (naming && !key);
    if (naming) patterns.push(...words.split(/[\s,:[\]{}"'|]/).filter((word) => /[^-<=>]/.test(word)));
  }
  return patterns;
}
