import { CountersignError, isObjectId, type RefUpdate } from "@countersign/core";

const FORM = "<local ref> <id> <remote ref> <id>";

/**
 * Reads what git gives a pre-push hook: `<local ref> <local id> <remote ref> <remote id>`, a line each. The first field is
 * what the user typed and may hold anything (`:/fix the bug`, even text shaped like such a line), so the line is read
 * from its right end and that field is not used.
 * @throws `STDIN_MALFORMED` for any other shape.
 */
export function parseRefLines(stdin: string): readonly RefUpdate[] {
  const lines = stdin.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => {
    const fields = line.split(" ");
    const [local = "", ref = "", old = ""] = fields.slice(-3);
    const readable = fields.length >= 4 && ref.startsWith("refs/") && local.length === old.length;
    if (!readable || !isObjectId(local) || !isObjectId(old)) {
      throw new CountersignError("STDIN_MALFORMED", { line, form: FORM });
    }
    return { ref, old, new: local };
  });
}
