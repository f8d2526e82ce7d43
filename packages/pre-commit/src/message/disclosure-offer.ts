import { encodeText } from "@countersign/core";
import type { Cleanup } from "./cleanup.ts";
import type { Layout } from "./layout.ts";

/**
 * Shows in the editor what a message may say about AI, as comments: whoever leaves them alone has said nothing.
 * For a message that git takes comments out of.
 */
export function offerDisclosure({ text, rest }: Layout, { comment }: Cleanup, key: string): Uint8Array {
  const lines = [
    "The policy wants every commit to say whether AI took part. Take the comment",
    "character away from one of these lines, and the blank behind it:",
    `${key}: none`,
    `${key}: AGENT:MODEL`,
  ];
  const offer = lines.map((line) => `${comment} ${line}\n`).join("");
  return Buffer.concat([text, encodeText(`\n${offer}${comment}\n`), trimStart(rest)]);
}

/** git's comments follow at once, so that ours are read first. */
function trimStart(rest: Uint8Array): Uint8Array {
  let at = 0;
  while (rest[at] === 0x0a) at += 1;
  return rest.subarray(at);
}
