import type { OwnFile } from "../installers/installer.ts";
import { stampFor } from "../own-file.ts";
import { DEPENDENCY, markArguments, markElsewhere, wayToRoot } from "./hook-command.ts";

export interface HookScript {
  readonly agent: string;
  readonly path: string;
  /** What the agent wants to be answered where the program is missing. */
  readonly reply?: string;
}

/** An executable that the agent starts for each event. */
export function hookScript({ agent, path, reply }: HookScript): OwnFile {
  return {
    kind: "own",
    path,
    executable: true,
    text: (launcher) => {
      const program = launcher === "path" ? "countersign" : DEPENDENCY;
      const there = launcher === "path" ? "command -v countersign >/dev/null" : `test -x ${program}`;
      const mark = `${there} && ${program} ${markArguments(agent)}`;
      const lines = [
        "#!/bin/sh",
        `# ${stampFor(agent)}`,
        `cd "$(dirname "$0")/${wayToRoot(path)}" && ${mark} && exit 0`,
        ...(launcher === "path" ? [] : [`${markElsewhere(agent)} && exit 0`]),
        "cat >/dev/null",
        ...(reply === undefined ? [] : [`echo '${reply}'`]),
      ];
      return `${lines.join("\n")}\n`;
    },
  };
}
