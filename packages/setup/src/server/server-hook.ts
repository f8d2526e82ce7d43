import { quoteForShell } from "@countersign/core/internal";
import { KEPT_SUFFIX } from "../managers/hook-file.ts";

const MARK = "# Written by `countersign server install`";

/**
 * The hook of a repository that people push to: it runs this very program, by its absolute path, and nothing of what is
 * pushed. What the environment of the one who pushes could have node load comes out first.
 */
export function serverHook(hook: string, node: string, program: string): string {
  return [
    "#!/bin/sh",
    `${MARK}; \`countersign server uninstall\` takes it away again.`,
    "# A push is judged before it is stored. Another hook, beside this one and named as below, comes after it.",
    "unset NODE_OPTIONS NODE_PATH",
    "refs=$(cat; echo .)",
    `refs=\${refs%.}`,
    `countersign=${quoteForShell(program)}`,
    `printf %s "$refs" | ${quoteForShell(node)} "$countersign" || exit`,
    `kept=$(dirname "$0")/${hook}${KEPT_SUFFIX}`,
    '[ ! -x "$kept" ] || printf %s "$refs" | "$kept"',
    "",
  ].join("\n");
}

export function isServerHook(text: string): boolean {
  return text.includes(`\n${MARK}`);
}
