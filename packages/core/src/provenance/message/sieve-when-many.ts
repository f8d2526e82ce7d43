import { mayHoldMarks } from "./may-hold-marks.ts";
import { buildSieve, type Sieve, type SieveWords } from "./sieve.ts";

/** To build a sieve takes as long as to read some dozens of messages, and most pushes bring fewer. */
export const TOO_FEW = 50;

/** Whether a message is worth reading: so is each one, until a sieve for the rest of them is worth building. */
export function sieveWhenMany(words: () => SieveWords): (message: Uint8Array) => boolean {
  let asked = 0;
  let sieve: Sieve | undefined;
  return (message) => {
    asked += 1;
    if (asked <= TOO_FEW) return true;
    sieve ??= buildSieve(words());
    return mayHoldMarks(message, sieve);
  };
}
