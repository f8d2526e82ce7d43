import { faultPages } from "./fault-pages.ts";
import { type FaultCode, faultWords } from "./faults.ts";
import type { Page } from "./page.ts";
import { violationPages } from "./violation-pages.ts";
import { type ViolationCode, violationWords } from "./violations.ts";
import type { Words } from "./words.ts";

export type Code = ViolationCode | FaultCode;

/** All that is to be said of a code. */
export interface CodePage {
  readonly code: Code;
  /** A broken rule, or something that kept a decision from being reached. */
  readonly kind: "violation" | "fault";
  /** When it is reported, in general. */
  readonly means: string;
  /** The words of one case. */
  readonly example: Words;
}

/** Every code, violations first. */
export const CODES: readonly Code[] = [...keysOf(violationPages), ...keysOf(faultPages)];

export function isCode(text: string): text is Code {
  return Object.hasOwn(violationPages, text) || Object.hasOwn(faultPages, text);
}

export function describeCode(code: Code): CodePage {
  const kind = Object.hasOwn(violationPages, code) ? "violation" : "fault";
  // Which words belong to which example is checked where each page stands.
  const pages = { ...violationPages, ...faultPages } as Readonly<Record<Code, Page<unknown>>>;
  const words = { ...violationWords, ...faultWords } as Readonly<Record<Code, (facts: unknown) => Words>>;
  const { means, example } = pages[code];
  return { code, kind, means, example: words[code](example) };
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(record) as Key[];
}
