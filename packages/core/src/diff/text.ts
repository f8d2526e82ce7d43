import { NUL } from "../bytes.ts";

/** How far git looks for a NUL before it takes a file for text. */
const BINARY_LOOK = 8000;
/** No larger file is compared line by line. */
export const MOST_BYTES = 8 * 1024 * 1024;

/** Why a file is not compared line by line. */
export type NoText = "binary" | "too large";

export function whyNoText(file: Uint8Array): NoText | undefined {
  if (file.subarray(0, BINARY_LOOK).includes(NUL)) return "binary";
  return file.length > MOST_BYTES ? "too large" : undefined;
}
