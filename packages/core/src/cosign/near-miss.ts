import { asciiLowerCase, decodeText } from "../bytes.ts";
import { hasKey, type Trailer } from "../trailer/parse.ts";
import { COSIGN_KEY, type RefusedClaim } from "./claim.ts";

/** Ways to write the key that a person takes for it and git does not. */
const NEAR = new Set(["cosignedby", "cosignedoffby", "cosignby", "cosignedoffbyby", "countersignedby"]);

/** Cyrillic and Greek letters that look like those of the key. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  с: "c", о: "o", ѕ: "s", і: "i", ԍ: "g", е: "e", ԁ: "d", у: "y", ο: "o", ϲ: "c", ɡ: "g", ь: "b", Ь: "b", п: "n",
};

const LINE_LIMIT = 400;

/**
 * Finds lines that a person would take for a co-sign but that are no such trailer to git, so that the refusal can
 * say where and why. They are advice only, never accepted.
 */
export function findNearMisses(message: Uint8Array, trailers: readonly Trailer[]): readonly RefusedClaim[] {
  const text = decodeText(message);
  if (!/sign|ѕ|і|ɡ|ԍ/i.test(text)) return [];
  const found: RefusedClaim[] = [];
  const trailerAt = new Map(trailers.map((trailer) => [trailer.line, trailer]));
  for (const [index, whole] of text.split("\n").entries()) {
    const line = index + 1;
    const trailer = trailerAt.get(line);
    if (trailer && hasKey(trailer, COSIGN_KEY)) continue;
    const key = /^[\s>*-]*([^:=：]{5,40}?)[\s]*[:=：]/u.exec(whole.slice(0, LINE_LIMIT))?.[1];
    if (key === undefined || !NEAR.has(letters(key))) continue;
    const spelledRight = asciiLowerCase(key) === asciiLowerCase(COSIGN_KEY) && whole.startsWith(key);
    const problem = spelledRight
      ? "it is no trailer there: trailers stand in the last paragraph, with a blank line above and no other text between them"
      : `the key is written "${key.slice(0, 40)}"; it must be "${COSIGN_KEY}:" at the start of a line`;
    found.push({ code: "COSIGN_MISPLACED", line, problem });
  }
  return found;
}

function letters(key: string): string {
  let folded = "";
  for (const character of key.normalize("NFKD")) {
    const lower = character.toLowerCase();
    const letter = LOOK_ALIKES[character] ?? LOOK_ALIKES[lower] ?? lower;
    if (/^[a-z]$/.test(letter)) folded += letter;
  }
  return folded;
}
