import {
  CountersignError,
  explainViolation,
  type Policy,
  type Provenance,
  parseTrailers,
  readCosigns,
} from "@countersign/core";
import { type CodedMessage, decodeText, findNearStamps, linesOf } from "@countersign/core/internal";
import type { GitContext } from "@countersign/git/internal";
import { isDisclosed } from "./disclosure.ts";

/** Something in a message that must not become a commit. */
export type Objection = CodedMessage;

/** A sign-off is a promise that only a person can give. */
export function objectToSignOffs({ evidence }: Provenance): readonly Objection[] {
  return evidence
    .filter(({ kind, text }) => kind === "trailer" && /^signed-off-by\s*:/i.test(text))
    .flatMap(({ agent, where }) =>
      "line" in where ? [new CountersignError("SIGNOFF_BY_AGENT", { agent, line: where.line })] : [],
    );
}

/** A commit that the next rebase melts into another one is not asked for a word of its own. */
const TEMPORARY = /^(?:fixup|squash|amend)! /;

/** Where the policy requires every commit to say whether AI took part, silence is reported at once and not at the push. */
export async function objectToMissingDisclosure(
  context: GitContext,
  message: Uint8Array,
  policy: Policy | undefined,
): Promise<readonly Objection[]> {
  if (policy?.disclosure !== "required" || TEMPORARY.test(decodeText(message.subarray(0, 10)))) return [];
  if (await isDisclosed(context, message, policy)) return [];
  return [explainViolation({ code: "DISCLOSURE_MISSING", data: {} })];
}

/** What a person would take for a co-sign or a stamp and no reader does: reported while it is easily mended. */
export function adviseOnKeys(message: Uint8Array, provenance: Provenance): readonly string[] {
  const read = linesOf(provenance);
  const stamps = findNearStamps(decodeText(message), parseTrailers(message)).filter(({ line }) => !read.has(line));
  return [
    ...readCosigns({ message }).refused.map(({ where, problem }) => `line ${where.line} is not a co-sign: ${problem}`),
    ...stamps.map(({ line, problem }) => `line ${line} is not a stamp: ${problem}`),
  ];
}
