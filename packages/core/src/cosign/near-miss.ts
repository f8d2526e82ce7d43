import { asciiLowerCase } from "../bytes.ts";
import { hasKey, type Trailer } from "../trailer/parse.ts";
import { COSIGN_KEY, type RefusedClaim } from "./cosign.ts";

/** Ways to write the key that a person takes for it and git does not. */
const NEAR = new Set(["cosignedby", "cosignedoffby", "cosignby", "cosignedoffbyby", "countersignedby"]);

/** Cyrillic and Greek letters that look like those of the key. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  с: "c",
  о: "o",
  ѕ: "s",
  і: "i",
  ԍ: "g",
  е: "e",
  ԁ: "d",
  у: "y",
  ο: "o",
  ϲ: "c",
  ɡ: "g",
  ь: "b",
  Ь: "b",
  п: "n",
};

/** The blocks of Unicode that those letters are from, full-width forms, other hyphens and what shows as nothing. */
const LOOK_ALIKE =
  /[\u0250-\u02af\u0370-\u04ff\u0500-\u052f\u2010-\u2015\u2212\uff00-\uffef]|\u00ad|\u200b|\u200c|\u200d|\u2060|\ufeff|\ud835/;

const HINTS = ["o-sign", "osign", "o sign", "o_sign", "rsign"];

/** Whether there may be anything like a co-sign in the text. A cheap look: most commits hold none. */
export function mentionsCosign(text: string): boolean {
  const lower = text.toLowerCase();
  return HINTS.some((hint) => lower.includes(hint)) || LOOK_ALIKE.test(text);
}

/** A refusal that lists more helps nobody. */
const MOST = 10;

const LINE_LIMIT = 400;

/**
 * Finds lines that a person would take for a co-sign but that are no such trailer to git, so that the refusal can
 * say where and why. They are advice only, never accepted.
 */
export function findNearMisses(message: string, trailers: readonly Trailer[]): readonly RefusedClaim[] {
  const found: RefusedClaim[] = [];
  const trailerAt = new Map(trailers.map((trailer) => [trailer.line, trailer]));
  for (const [index, whole] of message.split("\n").entries()) {
    const line = index + 1;
    const trailer = trailerAt.get(line);
    if (trailer && hasKey(trailer, COSIGN_KEY)) continue;
    const key = /^[ \t\r>*-]*([^:=：]{5,40}?)[\s]*[:=：]/u.exec(whole.slice(0, LINE_LIMIT))?.[1];
    if (key === undefined || !NEAR.has(letters(key))) continue;
    found.push({ code: "COSIGN_MISPLACED", line, problem: problemOf(key, whole) });
    if (found.length === MOST) break;
  }
  return found;
}

function problemOf(key: string, line: string): string {
  const exact = /^[A-Za-z-]+(?=[ \t]*:)/.exec(line)?.[0] ?? "";
  if (asciiLowerCase(exact) === asciiLowerCase(COSIGN_KEY)) {
    return "it is no trailer there: trailers stand in the last paragraph, with a blank line above and no other text between them";
  }
  const written = line.slice(0, Math.max(line.indexOf(key), 0) + key.length + 2).replace(/^[ \t]+|[ \t]+$/g, "");
  const foreign = [...written].find((character) => character > "~");
  const code = foreign?.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
  const odd = code === undefined ? "" : `, with the character U+${code}`;
  return `it is written "${written.slice(0, 40)}"${odd}; it must be "${COSIGN_KEY}:" at the start of a line`;
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
