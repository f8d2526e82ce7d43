import type { CodedMessage } from "./messages/codes.ts";
import { type FaultCode, type FaultData, faultMessages } from "./messages/faults.ts";
import type { Message } from "./messages/message.ts";
import { redactUrls } from "./redact.ts";

/**
 * No decision was reached: a damaged policy, a git that failed, a revision that does not exist.
 * A broken rule is not an error but a `Violation`. Callers switch on `code`; people read `what`, `why` and `fix`.
 */
export class CountersignError<Code extends FaultCode = FaultCode> extends Error implements CodedMessage {
  readonly code: Code;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  declare readonly details?: readonly string[];

  constructor(code: Code, data: FaultData<Code>, options?: { cause?: unknown }) {
    const describe = faultMessages[code] as (data: FaultData<Code>) => Message;
    const { what, why, fix, details } = describe(data);
    const safeWhat = redactUrls(what);
    super(safeWhat, options);
    this.code = code;
    this.what = safeWhat;
    this.why = redactUrls(why);
    this.fix = redactUrls(fix);
    if (details) this.details = details.map(redactUrls);
  }

  override get name(): string {
    return "CountersignError";
  }
}

/** Compares names, so that an error from a second copy of this package counts too. */
export function isCountersignError(error: unknown): error is CountersignError {
  return error instanceof Error && error.name === "CountersignError";
}

/** Any failure as one of ours: an unexpected one is a defect of this program. */
export function asFault(error: unknown): CountersignError {
  return isCountersignError(error)
    ? error
    : new CountersignError("DEFECT", { reason: String(error) }, { cause: error });
}
