import { Script } from "node:vm";
import type { Coverage } from "./coverage.ts";
import { vary } from "./vary.ts";

/** An input that a reader fails on, as short as it could be made. */
export interface Failure {
  readonly input: Uint8Array;
  readonly error: unknown;
}

export interface Outcome {
  readonly runs: number;
  readonly failure?: Failure;
}

export interface Search {
  readonly read: (bytes: Uint8Array) => void;
  readonly coverage: Coverage;
  /** Where it begins; each input that reaches something new is added. */
  readonly corpus: Uint8Array[];
  readonly words: readonly Uint8Array[];
  readonly seconds: number;
}

/** No reader takes so long for an input of a few kilobytes, on any machine. */
const HANGS_AFTER = 10_000;
/** Between two looks whether it hangs, which take longer than to read an input. */
const BETWEEN_LOOKS = 500;

/** Gives the reader one input after the other, until it fails on one or the time is over. */
export function search({ read, coverage, corpus, words, seconds }: Search): Outcome {
  const end = Date.now() + seconds * 1000;
  const seeds = corpus.splice(0);
  let input: Uint8Array = new Uint8Array();
  let runs = 0;
  try {
    while (Date.now() < end) {
      const until = Math.min(end, Date.now() + BETWEEN_LOOKS);
      interruptible(() => {
        for (; Date.now() < until; runs += 1) {
          input = seeds.shift() ?? vary(corpus, words);
          read(input);
          if (coverage.advance() || corpus.length === 0) corpus.push(input);
        }
      });
    }
    return { runs };
  } catch (error) {
    return {
      runs,
      failure: { input: shorten(input, (shorter) => String(failureOf(read, shorter)) === String(error)), error },
    };
  }
}

function failureOf(read: (bytes: Uint8Array) => void, input: Uint8Array): unknown {
  try {
    interruptible(() => read(input));
    return undefined;
  } catch (error) {
    return error;
  }
}

const CALL = new Script("globalThis.searchStep()");

/** Node ends a script that takes too long wherever it is, even within a regular expression; it ends no plain call. */
function interruptible(step: () => void): void {
  Object.assign(globalThis, { searchStep: step });
  CALL.runInThisContext({ timeout: HANGS_AFTER });
}

/** Takes out parts, large ones first, as long as it fails in the same way. */
function shorten(input: Uint8Array, fails: (shorter: Uint8Array) => boolean): Uint8Array {
  const end = Date.now() + 3 * HANGS_AFTER;
  let shortest = input;
  for (let size = Math.ceil(input.length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < shortest.length && Date.now() < end; ) {
      const shorter = Buffer.concat([shortest.subarray(0, at), shortest.subarray(at + size)]);
      if (fails(shorter)) shortest = shorter;
      else at += size;
    }
  }
  return shortest;
}
