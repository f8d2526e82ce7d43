import type { Readable } from "node:stream";

/** The complete lines of each chunk of ASCII output, so that a million of them cost a few hundred turns. */
export async function* lines(stream: Readable): AsyncGenerator<readonly string[]> {
  let rest = "";
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const parts = (rest + chunk.toString("latin1")).split("\n");
    rest = parts.pop() ?? "";
    if (parts.length > 0) yield parts;
  }
  if (rest !== "") yield [rest];
}
