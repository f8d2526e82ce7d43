import { COSIGN } from "./cosign.ts";
import type { Equivalent } from "./equivalent.ts";
import { JUDGE } from "./judge.ts";
import { JUDGE_RELATE } from "./judge-relate.ts";
import { POLICY } from "./policy.ts";
import { TRAILER } from "./trailer.ts";

export const EQUIVALENTS: readonly Equivalent[] = [...TRAILER, ...COSIGN, ...POLICY, ...JUDGE, ...JUDGE_RELATE];
