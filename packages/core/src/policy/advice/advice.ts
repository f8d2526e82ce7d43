import { type AdviceCode, type AdviceData, adviceMessages } from "../../messages/advice.ts";
import type { CodedMessage } from "../../messages/codes.ts";
import type { Message } from "../../messages/message.ts";
import type { Path } from "../file/problem.ts";
import type { Policy } from "../policy.ts";

/** Something in a sound policy that probably does not do what was meant. */
export type Advice = {
  readonly [Code in AdviceCode]: {
    readonly code: Code;
    readonly data: AdviceData<Code>;
    /** The part of the file that it is about. */
    readonly path: Path;
  };
}[AdviceCode];

/** What a policy is compared with: the repository that it is for. */
export interface PolicySurroundings {
  /** Short names; none where nothing is known of branches, or nothing was committed yet. */
  readonly branches: readonly string[];
  /** The branch whose policy is in force, by short name. */
  readonly defaultBranch: string | undefined;
  /** Whether that branch has a policy; undefined if it has no commit or is not known. */
  readonly inForce: boolean | undefined;
  /** The paths of every file of `HEAD`; undefined if there is no commit. */
  readonly files: readonly Uint8Array[] | undefined;
  /** Whether the commit that the policy names as its baseline is here; undefined if there is no repository. */
  readonly baselineKnown: boolean | undefined;
  /** Seconds since 1970. */
  readonly now: number;
}

/** Looks at one side of a policy. */
export type Adviser = (policy: Policy, surroundings: PolicySurroundings) => Iterable<Advice>;

export function advice<Code extends AdviceCode>(code: Code, path: Path, data: AdviceData<Code>): Advice {
  return { code, data, path } as Advice;
}

/** What, why and fix of a piece of advice: unescaped. */
export function explainAdvice({ code, data }: Pick<Advice, "code" | "data">): CodedMessage {
  const describe = adviceMessages[code] as (data: unknown) => Message;
  return { code, ...describe(data) };
}
