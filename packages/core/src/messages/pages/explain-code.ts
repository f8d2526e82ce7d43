import { adviceMessages } from "../advice.ts";
import type { Code } from "../codes.ts";
import { noticeMessages } from "../cosign.ts";
import { doctorMessages } from "../doctor/doctor.ts";
import { faultMessages } from "../faults.ts";
import { type CodePages, type Message, type Messages, messageOf } from "../message.ts";
import { violationMessages } from "../violations.ts";
import { advicePages } from "./advice-pages.ts";
import { commandPages } from "./command-pages.ts";
import { commitPages } from "./commit-pages.ts";
import { cosignPages, noticePages } from "./cosign-pages.ts";
import { destinationPages } from "./destination-pages.ts";
import { hookPages } from "./hook-pages.ts";
import { ledgerPages } from "./ledger-pages.ts";
import { policyFaultPages, policyViolationPages } from "./policy-pages.ts";
import { pushFaultPages, pushViolationPages } from "./push-pages.ts";
import { repositoryPages } from "./repository-pages.ts";
import { setupPages } from "./setup-pages.ts";
import { signingPages } from "./signing-pages.ts";
import { surroundingPages } from "./surrounding-pages.ts";

/** All that is to be said of a code. */
export interface ExplainedCode {
  readonly code: Code;
  /** A broken rule; what is said of work that lands; what kept a decision from being reached; advice on a policy; what doctor finds. */
  readonly kind: "violation" | "notice" | "fault" | "advice" | "doctor";
  /** When it is reported, in general. */
  readonly means: string;
  /** The message of one case. */
  readonly example: Message;
}

const violationPages = { ...cosignPages, ...policyViolationPages, ...pushViolationPages };
const faultPages = {
  ...repositoryPages,
  ...destinationPages,
  ...policyFaultPages,
  ...pushFaultPages,
  ...commitPages,
  ...commandPages,
  ...signingPages,
  ...setupPages,
};

const EXPLAINED: ReadonlyMap<string, ExplainedCode> = new Map(
  [
    ...explainAll("violation", violationMessages, violationPages),
    ...explainAll("notice", noticeMessages, noticePages),
    ...explainAll("fault", faultMessages, faultPages),
    ...explainAll("advice", adviceMessages, advicePages),
    ...explainAll("doctor", doctorMessages, { ...hookPages, ...ledgerPages, ...surroundingPages }),
  ].map((explained) => [explained.code, explained]),
);

/** Every code there is: violations first, then notices, faults, advice on a policy, and what doctor finds. */
export const CODES: readonly ExplainedCode[] = [...EXPLAINED.values()];

/** The page of a code; undefined if there is no code of that name. */
export function explainCode(name: string): ExplainedCode | undefined {
  return EXPLAINED.get(name);
}

function explainAll<M extends Messages>(
  kind: ExplainedCode["kind"],
  messages: M,
  pages: CodePages<M>,
): readonly ExplainedCode[] {
  return (Object.keys(messages) as (Code & keyof M)[]).map((code) => {
    const { means, example } = pages[code];
    const describe: (data: never) => Message = messages[code];
    // The page's own type has checked that this is the data of this message.
    return { code, kind, means, example: messageOf(describe(example as never)) };
  });
}
