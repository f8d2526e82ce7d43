import { CountersignError } from "../error.ts";
import { isRegularFile } from "../object/mode.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Repository, TreeEntry } from "../repository.ts";
import type { PolicyReading } from "./file/parse-policy.ts";
import { compileGlob, type Glob } from "./glob/glob.ts";
import type { Policy } from "./policy.ts";
import { POLICY_FILES, POLICY_LIMIT } from "./policy-files.ts";

/** The commit to read a policy from. */
export interface PolicyPlace {
  /** How it was named: a full ref name or the revision that was asked for. */
  readonly ref: string;
  /** What the name was resolved to, once. */
  readonly commit: ObjectId;
}

/** A policy and the exact place it was read from, so that a decision can be traced and made again. */
export interface PolicyInForce {
  readonly policy: Policy;
  /** How the place was named. */
  readonly ref: string;
  /** Undefined if it was read from a work tree, to try it out. */
  readonly commit: ObjectId | undefined;
  readonly entry: TreeEntry;
}

/** Why it is not known which policy is in force, and on which branches, by short name, it may matter. */
export interface PolicyDoubt {
  readonly fault: CountersignError;
  mayProtect(branch: string): boolean;
}

/** The bytes of a commit's policy file, before anything is made of them. */
export interface PolicyBytes {
  readonly bytes: Uint8Array;
  readonly entry: TreeEntry;
  /** How errors name the file: `refs/heads/main:countersign.config.yaml`. */
  readonly source: string;
}

/**
 * Finds the policy file of a commit and reads it by blob id: never through the work tree, where a filter could change it.
 * @returns undefined if the commit has none.
 * @throws `POLICY_AMBIGUOUS`, `POLICY_NOT_A_FILE`, `POLICY_NOT_FETCHED`, `BLOB_TOO_LARGE`.
 */
export async function readPolicyBytes(
  repository: Repository,
  { commit, ref }: PolicyPlace,
): Promise<PolicyBytes | undefined> {
  const file = choosePolicyFile(await repository.rootEntries(commit, POLICY_FILES), ref);
  return file && { ...file, bytes: await readEntry(repository, file.entry.oid, file.source) };
}

async function readEntry(repository: Repository, oid: ObjectId, source: string): Promise<Uint8Array> {
  try {
    return await repository.blob(oid, POLICY_LIMIT);
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code !== "OBJECT_MISSING") throw error;
    throw new CountersignError("POLICY_NOT_FETCHED", { source, oid }, { cause: error });
  }
}

/**
 * The one policy file among those entries of a root tree that have the name of one.
 * @returns undefined if there is none.
 * @throws `POLICY_AMBIGUOUS`, `POLICY_NOT_A_FILE`.
 */
export function choosePolicyFile<File extends TreeEntry>(
  entries: readonly File[],
  ref: string,
): { readonly entry: File; readonly source: string } | undefined {
  const [entry, second] = entries;
  if (!entry) return undefined;
  if (second) throw new CountersignError("POLICY_AMBIGUOUS", { source: ref, files: entries.map(({ path }) => path) });
  const source = `${ref}:${entry.path}`;
  if (!isRegularFile(entry.mode)) throw new CountersignError("POLICY_NOT_A_FILE", { source, mode: entry.mode });
  return { entry, source };
}

/**
 * Reads the policy of a commit.
 * @returns undefined if the commit has none.
 * @throws `POLICY_AMBIGUOUS`, `POLICY_NOT_A_FILE`, `POLICY_NOT_FETCHED`, `POLICY_MALFORMED`, `BLOB_TOO_LARGE`.
 */
export async function readPolicy(repository: Repository, place: PolicyPlace): Promise<PolicyInForce | undefined> {
  const found = await readPolicyBytes(repository, place);
  if (!found) return undefined;
  const { bytes, entry, source } = found;
  return { policy: await parsePolicyFile(bytes, source), ref: place.ref, commit: place.commit, entry };
}

/**
 * Reads a policy file's bytes, wherever they come from. `source` names the file in errors.
 * @throws `POLICY_MALFORMED` with every problem of the file, each with its line.
 */
export async function parsePolicyFile(bytes: Uint8Array, source: string): Promise<Policy> {
  // Loaded late: where there is no policy, nobody pays for a YAML parser.
  const { parsePolicy } = await import("./file/parse-policy.ts");
  return parsePolicy(bytes, source);
}

/** The branches that policy files name as protected, sound or not; undefined if none of them can be made out. */
export async function readProtectedBranches(
  repository: Repository,
  entries: readonly TreeEntry[],
): Promise<readonly Glob[] | undefined> {
  const { salvagePatterns } = await import("./file/parse-policy.ts");
  const patterns: string[] = [];
  for (const { mode, oid } of entries) {
    const bytes = isRegularFile(mode) ? await repository.blob(oid, POLICY_LIMIT).catch(unlessUnreadable) : undefined;
    patterns.push(...((bytes && salvagePatterns(bytes)) ?? []));
  }
  return patterns.length > 0 ? patterns.map(compileGlob) : undefined;
}

function unlessUnreadable(error: unknown): undefined {
  if (!(error instanceof CountersignError)) throw error;
}

/** Reads a policy file's bytes and reports every problem of them, in place of an error. */
export async function inspectPolicyFile(bytes: Uint8Array): Promise<PolicyReading> {
  const { readPolicyFile } = await import("./file/parse-policy.ts");
  return readPolicyFile(bytes);
}
