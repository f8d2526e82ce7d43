import type { Equivalent } from "./equivalent.ts";

export const JUDGE: readonly Equivalent[] = [];
