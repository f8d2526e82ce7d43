import { type FaultCode, type FaultSubject, faultWords } from "./messages/faults.ts";
import { redactUrls } from "./messages/redact.ts";
import type { Words } from "./messages/words.ts";

/**
 * No decision was reached: a damaged policy, a git that failed, a revision that does not exist.
 * A broken rule is not an error but a `Violation`. Callers switch on `code`; people read `words`.
 */
export class CountersignError<Code extends FaultCode = FaultCode> extends Error {
  readonly code: Code;
  readonly words: Words;

  constructor(code: Code, subject: FaultSubject<Code>, options?: { cause?: unknown }) {
    const describe = faultWords[code] as (subject: FaultSubject<Code>) => Words;
    const words = redact(describe(subject));
    super(words.what, options);
    this.code = code;
    this.words = words;
  }

  override get name(): string {
    return "CountersignError";
  }
}

function redact({ what, why, fix, details }: Words): Words {
  const safe = { what: redactUrls(what), why: redactUrls(why), fix: redactUrls(fix) };
  return details ? { ...safe, details: details.map(redactUrls) } : safe;
}

/** Compares names, so that an error from a second copy of this package counts too. */
export function isCountersignError(error: unknown): error is CountersignError {
  return error instanceof Error && error.name === "CountersignError";
}

/** Any failure as one of ours: what nobody foresaw is a defect of this program. */
export function asFault(error: unknown): CountersignError {
  return isCountersignError(error)
    ? error
    : new CountersignError("DEFECT", { reason: String(error) }, { cause: error });
}
