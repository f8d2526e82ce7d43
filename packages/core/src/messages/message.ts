/** What a person is told: what happened, why it matters, and what to do now. Plain text; foreign parts are escaped when shown. */
export interface Message {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** Further lines below `what`, such as every problem of a file. */
  readonly details?: readonly string[];
}

/** A message under the code that people look it up by. */
export interface CodedMessage extends Message {
  readonly code: string;
}

/** What there is to say of a code beyond one case of it. */
export interface CodePage<Data> {
  /** When it is reported, in general. */
  readonly means: string;
  /** Values from which the code's message makes an example. */
  readonly example: Data;
}

/** The message alone of something that carries one. */
export function messageOf({ what, why, fix, details }: Message): Message {
  return details ? { what, why, fix, details } : { what, why, fix };
}
