import { fileURLToPath } from "node:url";

export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));
export const PRE_PUSH_BIN: string = fileURLToPath(new URL("../../packages/pre-push/dist/pre-push.js", import.meta.url));
export const PRE_RECEIVE_BIN: string = fileURLToPath(
  new URL("../../packages/pre-receive/dist/bin.js", import.meta.url),
);
export const COUNTERSIGN_BIN: string = fileURLToPath(new URL("../../packages/cli/dist/bin.js", import.meta.url));

/** The bundled commit hooks, by the name that git knows each by. */
export const COMMIT_HOOK_BINS: Readonly<Record<string, string>> = Object.fromEntries(
  ["pre-commit", "prepare-commit-msg", "commit-msg"].map((hook) => [
    hook,
    fileURLToPath(new URL(`../../packages/pre-commit/dist/${hook}.js`, import.meta.url)),
  ]),
);

/** The gate on forges, one file. */
export const GATE_FILE: string = fileURLToPath(new URL("../../packages/action/dist/gate.mjs", import.meta.url));
