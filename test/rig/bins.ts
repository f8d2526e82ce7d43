import { fileURLToPath } from "node:url";

export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));
export const PRE_PUSH_BIN: string = fileURLToPath(new URL("../../packages/pre-push/dist/bin.js", import.meta.url));
export const COUNTERSIGN_BIN: string = fileURLToPath(new URL("../../packages/cli/dist/bin.js", import.meta.url));
