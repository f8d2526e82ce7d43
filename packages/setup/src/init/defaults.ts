import { basename } from "node:path";
import { CountersignError } from "@countersign/core";
import { branchName, findDestination, type Proof, placeOf } from "@countersign/core/internal";
import { findRemoteAddress } from "@countersign/git/internal";
import { chooseByName, chooseUsed } from "../agents/choose-agents.ts";
import type { Installer } from "../agents/installers/installer.ts";
import { defaultManager } from "../managers/managers.ts";
import type { RecentAuthor } from "../people/join-identities.ts";
import { findAllowedKeys, findOwnKeys, readNamedKey } from "../people/public-keys.ts";
import { findCandidates, findSelf, isSamePerson, parseSenior, type Senior } from "../people/senior.ts";
import type { Surroundings } from "../surroundings.ts";
import { type Choices, type InitOptions, LEDGER } from "./choices.ts";
import { mergesByForge } from "./merges-by-forge.ts";

/** What is taken where nobody says otherwise, and what there is to choose from. */
export interface Defaults extends Choices {
  /** The people of the last year, the most active first, and the person at this machine. */
  readonly candidates: readonly RecentAuthor[];
  /** The tip that the remote's default branch was last seen at: what landed before is not judged. */
  readonly baseline: string | undefined;
}

/** How many of the most active people are taken for seniors where nobody names any. */
const SENIORS = 3;

export async function findDefaults(surroundings: Surroundings, cwd: string, options: InitOptions): Promise<Defaults> {
  const { repository } = surroundings;
  const known = await findDestination(repository);
  const { destination } = known;
  const policyPlace = placeOf(known);
  const head = await repository.symbolicRef("HEAD");
  const branch = options.branch ?? destination.defaultBranch ?? (head && branchName(head)) ?? "main";
  const candidates = await listCandidates(surroundings, policyPlace?.commit ?? "HEAD");
  const named = options.senior?.map(parseSenior) ?? candidates.slice(0, SENIORS);
  const seniors = await withKeys(surroundings, cwd, named, options.key ?? []);
  return {
    manager: options.manager ?? defaultManager(surroundings).name,
    branch,
    project: options.project ?? (await findProjectName(surroundings)),
    seniors,
    proof: options.proof ?? defaultProof(seniors),
    mode: options.mode ?? "enforce",
    ledger: chooseLedger(options, await mergesByForge(surroundings, options)),
    ci: options.ci,
    agents: options.agents && chooseAgents(surroundings, options.agents),
    candidates,
    // A tip that is known here alone may not have landed.
    baseline: policyPlace?.ref.startsWith("refs/remotes/") ? policyPlace.commit : undefined,
  };
}

/** @throws as `chooseByName`. */
function chooseAgents({ root }: Surroundings, names: readonly string[]): readonly Installer[] {
  return [...new Set(names.flatMap((name) => (name === "yes" ? chooseUsed(root) : chooseByName([name]))))];
}

/** Where a forge merges, it may squash or rebase, and what stands in the commits is lost or for other commits. */
export function chooseLedger({ ledger }: InitOptions, byForge: boolean): string | undefined {
  if (ledger === false) return undefined;
  return ledger ?? (byForge ? LEDGER : undefined);
}

/** A signature needs a key; without any on the roster nobody could give one. */
export function defaultProof(seniors: readonly Senior[]): Proof {
  return seniors.some(({ keys }) => keys.length > 0) ? "signed" : "declared";
}

async function listCandidates(surroundings: Surroundings, revision: string): Promise<readonly RecentAuthor[]> {
  const [authors, self] = [await findCandidates(surroundings, revision), await findSelf(surroundings)];
  if (!self || authors.some((author) => isSamePerson(author, self))) return authors;
  return [...authors, { ...self, commits: 0 }];
}

/** Adds what keys are known: the first that is named goes to the first person, and so on. @throws `OPTION_INVALID`. */
export async function withKeys(
  surroundings: Surroundings,
  cwd: string,
  people: readonly Omit<Senior, "keys">[],
  named: readonly string[],
): Promise<readonly Senior[]> {
  if (named.length > people.length) {
    const problem = `there are ${named.length} keys for ${people.length} people; the first --key goes to the first --senior`;
    throw new CountersignError("OPTION_INVALID", { option: "--key", problem });
  }
  const self = await findSelf(surroundings);
  const seniors: Senior[] = [];
  for (const [index, { name, emails }] of people.entries()) {
    const key = named[index];
    const own = key === undefined && isSamePerson({ emails }, self) ? await findOwnKeys(surroundings) : [];
    const allowed = key === undefined && own.length === 0 ? await findAllowedKeys(surroundings, emails) : [];
    const keys = key === undefined ? [...own, ...allowed] : [readNamedKey(cwd, key)];
    seniors.push({ name, emails, keys });
  }
  return seniors;
}

/** `owner/name` of the remote, the package's name, or the folder's. */
async function findProjectName({ repository, project, root }: Surroundings): Promise<string | undefined> {
  const names = [(await findRemoteAddress(repository.context))?.project, project?.manifest.name, basename(root)];
  return names.find((name): name is string => typeof name === "string" && /^(?!-$)[!-~]{1,200}$/.test(name));
}
