import { asciiLowerCase, decodeText } from "../bytes.ts";
import type { Commit } from "../object/commit.ts";
import type { Identity } from "../object/identity.ts";
import { findAddresses } from "./identify.ts";
import { readKeyedValues } from "./message/keyed-values.ts";
import { readMessageLines } from "./message/message-lines.ts";

export type AuthorRole = "author" | "co-author";

/** Whose own work a commit is, people and agents: addresses in ASCII lower case, each with the part its owner had. */
export type AuthorAddresses = ReadonlyMap<string, AuthorRole>;

/**
 * The author and everyone whom a key of making names in the message. Nobody gets to co-sign own work because a script
 * split the trailer block. Who helped, suggested or signed off made nothing, and a committer may be anyone who applied the
 * change.
 */
export function readAuthors({ author, message }: Pick<Commit, "author" | "message">): AuthorAddresses {
  const authors = new Map<string, AuthorRole>();
  for (const { email } of readCoAuthors(message)) authors.set(asciiLowerCase(email), "co-author");
  if (author.email !== "") authors.set(asciiLowerCase(author.email), "author");
  return authors;
}

/**
 * Everyone whom a key of making names in a message, as written, by the reader that finds agents: folded, indented, several
 * on a line, in the log of a squash.
 */
export function* readCoAuthors(message: Uint8Array): Generator<Identity> {
  for (const line of readMessageLines(decodeText(message))) {
    if (line.standing === "example") continue;
    for (const { attribution, value } of readKeyedValues(line)) {
      if (attribution?.makes) yield* findAddresses(value);
    }
  }
}
