import { encodeText } from "../bytes.ts";
import type { Commit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { detectProvenance } from "./detect.ts";

export const ADA = { name: "Ada Byron", email: "ada@example.org" };
export const CLAUDE = "Co-authored-by: Claude <noreply@anthropic.com>";
export const OID = "1a410efbd13591db07496601ebc7a059dd55cfe9";

export function commit(
  message: string,
  { author = ADA, committer = author, parents = [] }: Partial<Commit> = {},
): Commit {
  return { oid: OID as ObjectId, tree: undefined, parents, author, committer, message: encodeText(message) };
}

/** A commit whose author is `Name <address>`. */
export function by(identity: string, message = "Mend the door\n"): Commit {
  const [, name = "", email = ""] = /^(.*) <(.*)>$/.exec(identity) ?? [];
  return commit(message, { author: { name, email } });
}

/** A commit with these lines below its subject. */
export function body(...lines: string[]): Commit {
  return commit(["Mend the door", "", ...lines, ""].join("\n"));
}

/** What is detected, in a few words: state, class and agents. */
export function summary(subject: Commit): string {
  const { state, class: made, agents } = detectProvenance(subject);
  return [state, ...(made === undefined ? [] : [made]), ...agents].join(" ");
}
