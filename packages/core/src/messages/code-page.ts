import { faultPages } from "./fault-pages.ts";
import { type FaultCode, faultMessages } from "./faults.ts";
import type { CodePage, Message } from "./message.ts";
import { violationPages } from "./violation-pages.ts";
import { type ViolationCode, violationMessages } from "./violations.ts";

export type Code = ViolationCode | FaultCode;

/** All that is to be said of a code. */
export interface ExplainedCode {
  readonly code: Code;
  /** A broken rule, or something that kept a decision from being reached. */
  readonly kind: "violation" | "fault";
  /** When it is reported, in general. */
  readonly means: string;
  /** The words of one case. */
  readonly example: Message;
}

/** Every code, violations first. */
export const CODES: readonly Code[] = [...keysOf(violationPages), ...keysOf(faultPages)];

export function isCode(text: string): text is Code {
  return Object.hasOwn(violationPages, text) || Object.hasOwn(faultPages, text);
}

export function explainCode(code: Code): ExplainedCode {
  const kind = Object.hasOwn(violationPages, code) ? "violation" : "fault";
  // Which words belong to which example is checked where each page stands.
  const pages = { ...violationPages, ...faultPages } as Readonly<Record<Code, CodePage<unknown>>>;
  const words = { ...violationMessages, ...faultMessages } as Readonly<Record<Code, (data: unknown) => Message>>;
  const { means, example } = pages[code];
  return { code, kind, means, example: words[code](example) };
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(record) as Key[];
}
