import type { Equivalent } from "./equivalent.ts";

export const POLICY: readonly Equivalent[] = [];
