import { asciiLowerCase } from "../bytes.ts";
import type { Commit } from "../object/commit.ts";
import { AccountMap, accountsOfNoreply } from "../policy/accounts.ts";
import type { Person, Policy } from "../policy/policy.ts";
import { findAuthorLevel } from "../policy/roster.ts";
import { type AuthorAddresses, type AuthorRole, readAuthors } from "../provenance/authors.ts";
import { identify } from "../provenance/identify.ts";
import { agentIndexUnder } from "../provenance/under-policy.ts";

/** Shared, because most commits of a long history need nothing. */
export const NOBODY: AuthorAddresses = new Map();

/**
 * The part that a person had in a work, if any: nobody gets to co-sign own work by way of another address, nor by way of
 * the one that a forge gives an account in place of its owner's.
 */
export function roleOf({ emails, accounts }: Person, authors: AuthorAddresses): AuthorRole | undefined {
  const role = emails.map((email) => authors.get(email)).find((role) => role !== undefined);
  if (role !== undefined || accounts.length === 0) return role;
  const byAccount = rolesByAccount(authors);
  return accounts.map((account) => byAccount.get(account)).find((role) => role !== undefined);
}

/** Kept, as many people may have signed what very many made. */
const accountRoles = new WeakMap<AuthorAddresses, AccountMap<AuthorRole>>();

function rolesByAccount(authors: AuthorAddresses): AccountMap<AuthorRole> {
  const known = accountRoles.get(authors);
  if (known) return known;
  const roles = new AccountMap<AuthorRole>();
  for (const [email, role] of authors) for (const account of accountsOfNoreply(email)) roles.set(account, role);
  accountRoles.set(authors, roles);
  return roles;
}

/** Those, and everyone whom a signature names: what a forge changes of the author afterwards changes nothing. */
export function withSigned(authors: AuthorAddresses, signed: readonly string[]): AuthorAddresses {
  if (signed.every((email) => authors.has(email))) return authors;
  return new Map([...signed.map((email) => [email, "author"] as const), ...authors]);
}

/** Below the rank of every level: someone who is not on the roster. */
const UNRANKED = -1;

/** The rank of the least of these people. Agents are not people, and where there is nobody else, nobody is of any rank. */
export function leastRank(policy: Policy, authors: AuthorAddresses): number {
  const index = agentIndexUnder(policy);
  const people = [...authors.keys()].filter((email) => identify("", email, index) === undefined);
  const ranks = people.map((email) => findAuthorLevel(policy, email) ?? UNRANKED);
  return ranks.length === 0 ? UNRANKED : ranks.reduce((least, rank) => Math.min(least, rank));
}

/**
 * The addresses of all whose work a commit is, as they are signed: its author and co-authors, and where all of them are
 * agents, its committer, who had the agent do it.
 */
export function signedAuthors(policy: Policy, commit: Commit, named = readAuthors(commit)): readonly string[] {
  const authors = [...named.keys()];
  const index = agentIndexUnder(policy);
  const isAgent = (email: string): boolean => identify("", email, index) !== undefined;
  if (authors.every(isAgent) && commit.committer.email !== "") authors.push(commit.committer.email);
  return authors.length === 0 ? [""] : authors;
}

/** Whose work a commit is. */
export interface WorkOf {
  /** As the commit names them. */
  readonly authors: AuthorAddresses;
  /** As a signature of it has to name them. */
  readonly makers: AuthorAddresses;
}

export function readWorkOf(policy: Policy, commit: Commit): WorkOf {
  const authors = readAuthors(commit);
  return { authors, makers: withSigned(authors, signedAuthors(policy, commit, authors).map(asciiLowerCase)) };
}
