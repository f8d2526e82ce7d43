import { type Paint, wrapText } from "@countersign/report";

const WIDTH = 10;

/** A label and what it stands for, in lines that fit on a terminal. An empty label goes on with the one before. */
export function field(label: string, value: string, paint: Paint): readonly string[] {
  const [first = "", ...others] = wrapText(label.padEnd(WIDTH), value);
  return label === "" ? [first, ...others] : [first.replace(label, paint.dim(label)), ...others];
}
