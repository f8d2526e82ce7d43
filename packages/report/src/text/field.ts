import type { Paint } from "./paint.ts";
import { wrapText } from "./wrap.ts";

const WIDTH = 10;

/** A label, that may be indented, and what it stands for, in lines that fit on a terminal. An empty label goes on with the one before. */
export function field(label: string, value: string, paint: Paint): readonly string[] {
  const [first = "", ...others] = wrapText(label.padEnd(WIDTH), value);
  const word = label.trimStart();
  return word === "" ? [first, ...others] : [first.replace(word, paint.dim(word)), ...others];
}
