import { CountersignError } from "@countersign/core";
import { asciiLowerCase, defaultAgentIndex, identify, parseIdentity } from "@countersign/core/internal";
import { readSigner } from "@countersign/git/internal";
import type { Surroundings } from "../surroundings.ts";
import type { RecentAuthor } from "./join-identities.ts";
import { readRecentAuthors } from "./recent-authors.ts";

/** Someone who may co-sign. */
export interface Senior {
  readonly name: string;
  /** The first is the one that co-signs are made with. */
  readonly emails: readonly string[];
  /** Public keys, as in a `.pub` file. */
  readonly keys: readonly string[];
}

/** `Name <address>`; undefined if it is not that. */
export function readPerson(text: string): Omit<Senior, "keys"> | undefined {
  const { name, email } = parseIdentity(text);
  const sound = name !== "" && /^[^@\s]+@[^@\s]+$/.test(email) && text.trimEnd().endsWith(">");
  return sound ? { name, emails: [email] } : undefined;
}

/** The same, as --senior takes it. @throws `OPTION_INVALID`. */
export function parseSenior(text: string): Omit<Senior, "keys"> {
  const person = readPerson(text);
  if (person) return person;
  const problem = `"${text}" is not of the form Name <address>`;
  throw new CountersignError("OPTION_INVALID", { option: "--senior", problem });
}

const PLAIN_ADDRESS = /^[!-?A-~]+@[!-~]+$/;

/** The people who worked here in the last year, the most active first; neither AI agents nor other programs. */
export async function findCandidates({ repository }: Surroundings, revision: string): Promise<readonly RecentAuthor[]> {
  const index = defaultAgentIndex();
  const authors = await readRecentAuthors(repository.context, revision);
  return authors.flatMap(({ name, emails, commits }) => {
    const plain = emails.filter((email) => PLAIN_ADDRESS.test(email));
    const isProgram = emails.some((email) => isBot(name, email) || identify(name, email, index) !== undefined);
    return plain.length === 0 || isProgram ? [] : [{ name, emails: plain, commits }];
  });
}

/** Programs of forges and services, which no catalogue of agents lists. */
function isBot(name: string, email: string): boolean {
  return (
    /\[bot\]|\bbot$/i.test(name) ||
    /\[bot\]@|^(?:noreply|no-reply|bot|github-actions|dependabot|renovate)(?:[+.-][^@]*)?@/i.test(email)
  );
}

/** The person at this machine, as git knows them; undefined if it does not. */
export async function findSelf({
  repository,
}: Pick<Surroundings, "repository">): Promise<Omit<Senior, "keys"> | undefined> {
  try {
    const { name, email } = await readSigner(repository.context);
    return name !== "" && PLAIN_ADDRESS.test(email) ? { name, emails: [email] } : undefined;
  } catch (error) {
    if (error instanceof CountersignError && error.code === "SIGNER_UNNAMED") return undefined;
    throw error;
  }
}

/** Whether two have an address in common. */
export function isSamePerson(a: Pick<Senior, "emails">, b: Pick<Senior, "emails"> | undefined): boolean {
  const known = new Set(b?.emails.map(asciiLowerCase));
  return a.emails.some((email) => known.has(asciiLowerCase(email)));
}
