import { encodeText } from "@countersign/core/internal";
import { isDisclosed } from "../check/disclosure.ts";
import { readPolicyWith } from "../policy-in-force.ts";
import { spellKey } from "../provenance/stamps.ts";
import { type Cleanup, readCleanup } from "./cleanup.ts";
import { type Layout, readLayout, withoutComments } from "./layout.ts";
import { replaceMessage } from "./message-file.ts";
import type { Draft } from "./stamp-message.ts";

/**
 * Where the policy requires a disclosure in every message, shows the person in the editor how to give it. For a message
 * that git takes comments out of: anyone who leaves them alone has said nothing.
 */
export async function offerDisclosure({ context, file, message, command }: Draft): Promise<void> {
  const policy = await readPolicyWith(context, "disclosure");
  if (policy?.disclosure !== "required") return;
  const cleanup = await readCleanup(context, message, command);
  const layout = readLayout(message, cleanup);
  if (!cleanup.strips || (await isDisclosed(context, withoutComments(layout, cleanup), policy))) return;
  replaceMessage(file, insertOffer(layout, cleanup, spellKey(policy.stamp, cleanup)));
}

function insertOffer({ text, rest }: Layout, { comment }: Cleanup, key: string): Uint8Array {
  const lines = [
    "The policy requires every commit to say whether AI took part. Remove the comment",
    "character, and the blank after it, from one of these lines:",
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
