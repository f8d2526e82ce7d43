import { type Provenance, parseTrailers, readCosigns } from "@countersign/core";
import { decodeText, findNearStamps, linesOf } from "@countersign/core/internal";

/** What a person would take for a co-sign or a stamp and no reader does: told while it is easily mended. */
export function adviseOnKeys(message: Uint8Array, provenance: Provenance): readonly string[] {
  const read = linesOf(provenance);
  const stamps = findNearStamps(decodeText(message), parseTrailers(message)).filter(({ line }) => !read.has(line));
  return [
    ...readCosigns({ message }).refused.map(({ where, problem }) => `line ${where.line} is no co-sign: ${problem}`),
    ...stamps.map(({ line, problem }) => `line ${line} is no stamp: ${problem}`),
  ];
}
