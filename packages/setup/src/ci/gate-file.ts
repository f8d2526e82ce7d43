import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** It is installed beside this program, whose chunks have a folder below. */
const GATE = fileURLToPath(new URL("../gate.mjs", import.meta.url));

/** The gate on forges as it comes with this program: one file, which needs nothing installed. */
export function readGate(): string {
  return readFileSync(GATE, "utf8");
}
