import { type Paint, PLAIN } from "@countersign/core";
import picocolors from "picocolors";
import type { Output } from "./context.ts";

/** Colours for a terminal that has them; `NO_COLOR` and `FORCE_COLOR` are honoured. */
export function choosePaint(stream: Output, env: NodeJS.ProcessEnv): Paint {
  const wanted = env["NO_COLOR"] ? false : env["FORCE_COLOR"] ? true : Boolean(stream.isTTY) && env["TERM"] !== "dumb";
  if (!wanted) return PLAIN;
  const { red, green, bold, dim } = picocolors.createColors(true);
  return { bad: (text) => bold(red(text)), good: green, strong: bold, dim };
}
