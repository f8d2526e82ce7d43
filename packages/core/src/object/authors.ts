import { asciiLowerCase, decodeText } from "../bytes.ts";
import { hasKey, parseTrailers } from "../trailer/parse.ts";
import type { Commit } from "./commit.ts";
import { parseIdentity } from "./identity.ts";

/** Whose own work a commit is: addresses in ASCII lower case, each with the part its owner had. */
export type Authors = ReadonlyMap<string, "author" | "co-author">;

/**
 * The author and everybody whom a `Co-authored-by` line names, wherever it stands: merge scripts split the trailer block,
 * and nobody gets to co-sign own work because of that. A committer may be anyone who applied the change.
 */
export function findAuthors({ author, message }: Commit): Authors {
  const authors = new Map<string, "author" | "co-author">();
  const trailers = parseTrailers(message).filter((trailer) => hasKey(trailer, "Co-authored-by"));
  const lines = decodeText(message)
    .split("\n")
    .map((line) => CO_AUTHOR.exec(line)?.[1]);
  for (const text of [...trailers.map(({ value }) => decodeText(value)), ...lines]) {
    const email = text === undefined ? "" : parseIdentity(text).email;
    if (email !== "") authors.set(asciiLowerCase(email), "co-author");
  }
  if (author.email !== "") authors.set(asciiLowerCase(author.email), "author");
  return authors;
}

const CO_AUTHOR = /^[ \t>*-]*co-authored-by[ \t]*:(.*)/i;
