import { detectInMessage, encodeText } from "@countersign/core";
import type { Cleanup } from "./cleanup.ts";
import { readLayout, withoutComments } from "./layout.ts";

/**
 * Shows in the editor what a message may say about AI, as comments: whoever leaves them alone has said nothing.
 * Undefined where the message says it already, or where git would not take comments out.
 */
export function offerDisclosure(message: Uint8Array, cleanup: Cleanup, key: string): Uint8Array | undefined {
  if (!cleanup.strips) return undefined;
  const layout = readLayout(message, cleanup);
  if (detectInMessage(withoutComments(layout, cleanup)).evidence.length > 0) return undefined;
  const comment = cleanup.comment;
  const lines = [
    "The policy wants every commit to say whether AI took part. Take the comment",
    "character away from one of these lines, and the blank behind it:",
    `${key}: none`,
    `${key}: AGENT:MODEL`,
  ];
  const offer = lines.map((line) => `${comment} ${line}\n`).join("");
  return Buffer.concat([layout.text, encodeText(`\n${offer}${comment}\n`), trimStart(layout.rest)]);
}

/** git's comments follow at once, so that ours are read first. */
function trimStart(rest: Uint8Array): Uint8Array {
  let at = 0;
  while (rest[at] === 0x0a) at += 1;
  return rest.subarray(at);
}
