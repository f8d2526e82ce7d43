import { type CountersignError, type Message, messageOf } from "@countersign/core";
import type { State } from "./words/doctor-words.ts";
import { hookWords } from "./words/hook-words.ts";
import { surroundingsWords } from "./words/surroundings-words.ts";

const words = { ...hookWords, ...surroundingsWords };

export type DoctorCode = keyof typeof words;
type Data<Code extends DoctorCode> = Parameters<(typeof words)[Code]>[0];

/** What was found by one check. */
export type Finding =
  | { readonly state: "ok"; readonly what: string }
  | ({ readonly state: Exclude<State, "ok">; readonly code: string } & Message);

export function fine(what: string): Finding {
  return { state: "ok", what };
}

export function problem<Code extends DoctorCode>(code: Code, data: Data<Code>): Finding {
  const describe = words[code] as (data: Data<Code>) => Message & { readonly state: Exclude<State, "ok"> };
  return { code, ...describe(data) };
}

/** A fault that is itself what was found. */
export function faulty(fault: CountersignError, state: "wrong" | "unclear" = "wrong"): Finding {
  return { state, code: fault.code, ...messageOf(fault) };
}
