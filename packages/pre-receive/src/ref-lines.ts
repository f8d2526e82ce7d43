import { CountersignError, isObjectId, type RefUpdate } from "@countersign/core";

const FORM = "<old id> <new id> <ref>";

/**
 * Reads what git gives a pre-receive hook: `<old id> <new id> <ref>`, a line each (githooks(5)).
 * @throws `STDIN_MALFORMED` for any other shape, `STDIN_EMPTY` where there is no line: without one git runs no such hook.
 */
export function parseRefLines(stdin: string): readonly [RefUpdate, ...RefUpdate[]] {
  const lines = stdin.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const [first, ...others] = lines.map(parseLine);
  if (!first) throw new CountersignError("STDIN_EMPTY", { runner: "the program in between" });
  return [first, ...others];
}

function parseLine(line: string): RefUpdate {
  const [old = "", tip = "", ref = "", ...more] = line.split(" ");
  const readable = more.length === 0 && /^refs\/./.test(ref) && old.length === tip.length;
  if (readable && isObjectId(old) && isObjectId(tip)) return { ref, old, new: tip };
  throw new CountersignError("STDIN_MALFORMED", { line, form: FORM });
}
