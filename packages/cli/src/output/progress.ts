import type { Output } from "../context.ts";

/** Shows on a terminal how far long work is, and leaves no trace behind. Nothing is shown within the first second. */
export function showProgress(stream: Output, noun: string): { at(done: number): void; end(): void } {
  const began = Date.now();
  let shown = 0;
  let isOver = false;
  return {
    at(done) {
      const now = Date.now();
      if (isOver || !stream.isTTY || now - began < 1000 || now - shown < 200) return;
      shown = now;
      stream.write(`\r${done.toLocaleString("en")} ${noun} read`);
    },
    end() {
      if (shown > 0 && !isOver) stream.write("\r\u001b[K");
      isOver = true;
    },
  };
}
