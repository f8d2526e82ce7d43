/** What a person reads: what happened, why it matters, and what to do now. Plain text; foreign parts are escaped when shown. */
export interface Message {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** Further lines below `what`, such as every problem of a file. */
  readonly details?: readonly string[];
}

/** The message alone of something that carries one. */
export function messageOf({ what, why, fix, details }: Message): Message {
  return details ? { what, why, fix, details } : { what, why, fix };
}

/** How bad a finding of doctor is: `unclear` is what could not be found out, and never counts as healthy. */
export type Severity = "advice" | "wrong" | "unclear";

/** Messages by code, each made from the data of its code. A code may be added, never renamed. */
export type Messages<M extends Message = Message> = Readonly<Record<string, (data: never) => M>>;

export type DoctorMessages = Messages<Message & { readonly state: Severity }>;

/** What the message of a code is made from. */
export type DataOf<M extends Messages, Code extends keyof M> = Parameters<M[Code]>[0];

/** For a message that is always the same. */
export type NoData = Record<never, never>;

/** What there is to say about a code beyond a single case. */
export interface CodePage<Data> {
  /** When it is reported, in general. */
  readonly means: string;
  /** Data from which the code's message makes an example. */
  readonly example: Data;
}

/** A page for each message: a code without one does not compile. */
export type CodePages<M extends Messages> = { readonly [Code in keyof M]: CodePage<DataOf<M, Code>> };
