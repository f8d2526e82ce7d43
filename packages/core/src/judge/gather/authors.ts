import { asciiLowerCase, decodeText } from "../../bytes.ts";
import type { Commit } from "../../object/commit.ts";
import { parseIdentity } from "../../object/identity.ts";
import type { Person, Policy } from "../../policy/policy.ts";
import { findPersonByEmail } from "../../policy/roster.ts";
import { hasKey, parseTrailers } from "../../trailer/parse.ts";

/** The people of the roster whose own work a commit is, each with the part they had. */
export type Authors = ReadonlyMap<Person, AuthorRole>;

export type AuthorRole = "author" | "co-author";

/**
 * The author and everybody whom a `Co-authored-by` line names, wherever it stands: merge scripts split the trailer block,
 * and nobody gets to co-sign own work because of that. A committer may be anyone who applied the change.
 */
export function findAuthors(policy: Policy, { author, message }: Commit): Authors {
  const roles = new Map<string, AuthorRole>();
  const trailers = parseTrailers(message).filter((trailer) => hasKey(trailer, "Co-authored-by"));
  const lines = decodeText(message)
    .split("\n")
    .map((line) => CO_AUTHOR.exec(line)?.[1]);
  for (const text of [...trailers.map(({ value }) => decodeText(value)), ...lines]) {
    if (text !== undefined) roles.set(asciiLowerCase(parseIdentity(text).email), "co-author");
  }
  roles.set(asciiLowerCase(author.email), "author");
  const authors = new Map<Person, AuthorRole>();
  for (const email of roles.keys()) {
    const person = findPersonByEmail(policy, email);
    const role = person?.emails.map((address) => roles.get(address)).find((part) => part !== undefined);
    if (person && role) authors.set(person, role);
  }
  return authors.size === 0 ? NOBODY : authors;
}

/** Shared, since most commits of a long history are nobody's on the roster. */
export const NOBODY: Authors = new Map();

const CO_AUTHOR = /^[ \t>*-]*co-authored-by[ \t]*:(.*)/i;
