import type { Commit } from "../../object/commit.ts";
import type { Person, Policy } from "../../policy/policy.ts";
import { findPersonByEmail } from "../../policy/roster.ts";
import { type AuthorRole, readAuthors } from "../../provenance/authors.ts";

/** The people of the roster whose own work a commit is, each with the part they had. */
export type Authors = ReadonlyMap<Person, AuthorRole>;

/** Nobody gets to co-sign own work by way of another address. */
export function findAuthors(policy: Policy, commit: Commit): Authors {
  const roles = readAuthors(commit);
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
