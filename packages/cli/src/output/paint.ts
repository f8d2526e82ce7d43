import { type Paint, PLAIN } from "@countersign/report";
import picocolors from "picocolors";
import type { Output } from "../context.ts";

/** Colours for a terminal that has them; `NO_COLOR` and `FORCE_COLOR` are honoured. */
export function choosePaint(stream: Output, env: NodeJS.ProcessEnv): Paint {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  const terminal = Boolean(stream.isTTY) && TERM !== "dumb";
  const wanted = NO_COLOR ? false : FORCE_COLOR ? FORCE_COLOR !== "0" && FORCE_COLOR !== "false" : terminal;
  if (!wanted) return PLAIN;
  const { red, green, bold, dim } = picocolors.createColors(true);
  return { bad: (text) => bold(red(text)), good: green, strong: bold, dim };
}
