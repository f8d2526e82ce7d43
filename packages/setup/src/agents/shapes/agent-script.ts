import type { OwnFile } from "../installers/installer.ts";
import { stampFor } from "../own-file.ts";
import { dependencyPath, markArguments, markElsewhere, wayToRoot } from "./hook-command.ts";

export interface HookScript {
  readonly agent: string;
  readonly path: string;
  /** What the agent must be answered where the program is missing. */
  readonly reply?: string;
}

/** An executable that the agent starts for each event. */
export function hookScript({ agent, path, reply }: HookScript): OwnFile {
  return {
    kind: "own",
    path,
    executable: true,
    text: (launcher) => {
      const dependency = launcher === "path" ? undefined : dependencyPath(launcher);
      const program = dependency ?? "countersign";
      const there = dependency === undefined ? "command -v countersign >/dev/null" : `test -x ${dependency}`;
      const mark = `${there} && ${program} ${markArguments(agent)}`;
      const lines = [
        "#!/bin/sh",
        `# ${stampFor(agent)}`,
        `cd "$(dirname "$0")/${wayToRoot(path)}" && ${mark} && exit 0`,
        ...(dependency === undefined ? [] : [`${markElsewhere(agent, dependency)} && exit 0`]),
        "cat >/dev/null",
        ...(reply === undefined ? [] : [`echo '${reply}'`]),
      ];
      return `${lines.join("\n")}\n`;
    },
  };
}
