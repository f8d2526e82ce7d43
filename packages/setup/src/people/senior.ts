import { CountersignError } from "@countersign/core";
import { asciiLowerCase, buildAgentIndex, identify, parseIdentity } from "@countersign/core/internal";
import { readSigner } from "@countersign/git/internal";
import type { Surroundings } from "../surroundings.ts";
import { type RecentAuthor, readRecentAuthors } from "./recent-authors.ts";

/** Somebody who may co-sign. */
export interface Senior {
  readonly name: string;
  readonly email: string;
  /** Public keys, as in a `.pub` file. */
  readonly keys: readonly string[];
}

/** `Name <address>`, as --senior takes it. @throws `OPTION_INVALID`. */
export function parseSenior(text: string): Omit<Senior, "keys"> {
  const { name, email } = parseIdentity(text);
  if (name !== "" && /^[^@\s]+@[^@\s]+$/.test(email) && text.trimEnd().endsWith(">")) return { name, email };
  const problem = `"${text}" is not of the form Name <address>`;
  throw new CountersignError("OPTION_INVALID", { option: "--senior", problem });
}

const PLAIN_ADDRESS = /^[!-?A-~]+@[!-~]+$/;

/** The people who worked here in the last year, the most active first; neither AI agents nor other programs. */
export async function findCandidates({ repository }: Surroundings, revision: string): Promise<readonly RecentAuthor[]> {
  const index = buildAgentIndex();
  const authors = await readRecentAuthors(repository.context, revision);
  return authors.filter(
    ({ name, email }) => PLAIN_ADDRESS.test(email) && !isBot(name, email) && identify(name, email, index) === undefined,
  );
}

/** Programs of forges and services, which no catalogue of agents lists. */
function isBot(name: string, email: string): boolean {
  return (
    /\[bot\]|\bbot$/i.test(name) ||
    /\[bot\]@|^(?:noreply|no-reply|bot|github-actions|dependabot|renovate)(?:[+.-][^@]*)?@/i.test(email)
  );
}

/** The person at this machine, as git knows them; undefined where it does not. */
export async function findSelf({ repository }: Surroundings): Promise<Omit<Senior, "keys"> | undefined> {
  try {
    const { name, email } = await readSigner(repository.context);
    return name !== "" && PLAIN_ADDRESS.test(email) ? { name, email } : undefined;
  } catch (error) {
    if (error instanceof CountersignError && error.code === "SIGNER_UNNAMED") return undefined;
    throw error;
  }
}

export function isSamePerson(a: { readonly email: string }, b: { readonly email: string } | undefined): boolean {
  return b !== undefined && asciiLowerCase(a.email) === asciiLowerCase(b.email);
}
