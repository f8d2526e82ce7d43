import { UNSAFE } from "./escape.ts";

/**
 * JSON whose text does nothing to a terminal and ends no `<script>`: such characters are written as `\u202e`, so that
 * anyone who parses it gets them back. Without `indent` it is one line.
 */
export function formatJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, null, indent);
  // Nearly all of it is plain ASCII, and in what is not only a few characters are meant.
  if (!/[<\u007f-\uffff]/.test(json)) return json;
  return json.replaceAll("<", "\\u003c").replace(/[\u007f-\uffff]+/g, (run) => run.replace(UNSAFE, escapeUnits));
}

function escapeUnits(character: string): string {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("");
}
