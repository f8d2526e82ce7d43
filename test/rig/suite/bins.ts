import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT: string = fileURLToPath(new URL("../../..", import.meta.url));
export const PRE_PUSH_BIN: string = join(ROOT, "packages/pre-push/dist/pre-push.js");
export const PRE_RECEIVE_BIN: string = join(ROOT, "packages/pre-receive/dist/bin.js");
export const COUNTERSIGN_BIN: string = join(ROOT, "packages/cli/dist/bin.js");

/** The bundled commit hooks, by the name that git knows each by. */
export const COMMIT_HOOK_BINS: Readonly<Record<string, string>> = Object.fromEntries(
  ["pre-commit", "prepare-commit-msg", "commit-msg"].map((hook) => [
    hook,
    join(ROOT, `packages/pre-commit/dist/${hook}.js`),
  ]),
);

/** The gate on forges, one file. */
export const GATE_FILE: string = join(ROOT, "packages/action/dist/gate.mjs");
