import type { Commit } from "../object/commit.ts";
import type { Person, Policy } from "../policy/policy.ts";
import { findPersonByEmail } from "../policy/roster.ts";
import { type AuthorRole, readAuthors } from "../provenance/authors.ts";
import { identify } from "../provenance/identify.ts";
import { agentIndexUnder } from "../provenance/under-policy.ts";

/** The people of the roster whose own work a commit is, each with the part they had. */
export type Authors = ReadonlyMap<Person, AuthorRole>;

/** Shared, since most commits of a long history are nobody's on the roster. */
export const NOBODY: Authors = new Map();

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

/** Those, and everyone whom a signature names: what a forge changes of the author afterwards changes nothing. */
export function withSigned(policy: Policy, authors: Authors, signed: readonly string[]): Authors {
  const more = signed.map((email) => findPersonByEmail(policy, email)).filter((person) => person !== undefined);
  if (more.every((person) => authors.has(person))) return authors;
  const all = new Map<Person, AuthorRole>(more.map((person) => [person, "author"]));
  for (const [person, role] of authors) all.set(person, role);
  return all;
}

/**
 * The addresses of all whose work a commit is, as they are signed: its author and co-authors, and where all of them are
 * agents, its committer, who had the agent do it.
 */
export function signedAuthors(policy: Policy, commit: Commit): readonly string[] {
  const authors = [...readAuthors(commit).keys()];
  const index = agentIndexUnder(policy);
  const isAgent = (email: string): boolean => identify("", email, index) !== undefined;
  if (authors.every(isAgent) && commit.committer.email !== "") authors.push(commit.committer.email);
  return authors.length === 0 ? [""] : authors;
}
