import type { Equivalent } from "./equivalent.ts";

export const COSIGN: readonly Equivalent[] = [];
