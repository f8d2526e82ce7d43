import type { CountersignError, Words } from "@countersign/core";
import type { State } from "./words/doctor-words.ts";
import { hookWords } from "./words/hook-words.ts";
import { surroundingsWords } from "./words/surroundings-words.ts";

const words = { ...hookWords, ...surroundingsWords };

export type DoctorCode = keyof typeof words;
type Facts<Code extends DoctorCode> = Parameters<(typeof words)[Code]>[0];

/** What was found by one check. */
export type Finding =
  | { readonly state: "ok"; readonly what: string }
  | ({ readonly state: Exclude<State, "ok">; readonly code: string } & Words);

export function fine(what: string): Finding {
  return { state: "ok", what };
}

export function problem<Code extends DoctorCode>(code: Code, facts: Facts<Code>): Finding {
  const describe = words[code] as (facts: Facts<Code>) => Words & { readonly state: Exclude<State, "ok"> };
  return { code, ...describe(facts) };
}

/** A fault that is itself what was found. */
export function faulty({ code, words }: CountersignError, state: "wrong" | "unclear" = "wrong"): Finding {
  return { state, code, ...words };
}
