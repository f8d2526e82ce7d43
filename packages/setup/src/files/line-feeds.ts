import { isAbsolute, relative, sep } from "node:path";
import { git } from "@countersign/git/internal";
import type { Workplace } from "./grounds.ts";
import type { Plan } from "./plan.ts";

const ATTRIBUTES = ".gitattributes";
const REASON = "has git keep the line feeds of scripts, on Windows too";

/** Plans rules by which git checks scripts of the work tree out with line feeds, where it has no such rule yet. */
export async function planLineFeeds({ root, context }: Workplace, plan: Plan): Promise<void> {
  const paths = [...plan.scripts].map((path) => relative(root, path).split(sep).join("/"));
  const tracked = paths.filter(
    (path) => !/^(?:\.git|\.\.)(?:\/|$)/.test(path) && !isAbsolute(path) && !/["\n]/.test(path),
  );
  if (tracked.length === 0) return;
  const { output } = await git({ ...context, cwd: root }, ["check-attr", "-z", "text", "eol", "--", ...tracked]);
  const fields = output.split("\0");
  const kept = new Set<string>();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = "", attribute, value] = fields.slice(at, at + 3);
    if (attribute === "eol" ? value === "lf" : value === "unset") kept.add(path);
  }
  const rules = tracked.filter((path) => !kept.has(path)).map((path) => `${pattern(path)} text eol=lf\n`);
  if (rules.length === 0) return;
  plan.edit(ATTRIBUTES, REASON, (text) => `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${rules.join("")}`);
}

/** The path alone, from the folder of the file: a blank ends a pattern that is not quoted, and a few characters stand for others. */
function pattern(path: string): string {
  const exact = `/${path.replace(/[\\*?[]/g, "\\$&")}`;
  return /\s/.test(exact) ? `"${exact.replaceAll("\\", "\\\\")}"` : exact;
}
