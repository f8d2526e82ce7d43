import { CountersignError } from "../error.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Repository, TreeEntry } from "../repository.ts";
import { isRegularFile, POLICY_FILES, POLICY_LIMIT } from "./files.ts";
import type { Policy } from "./policy.ts";

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
  /** Undefined where it was read from a work tree, to try it out. */
  readonly commit: ObjectId | undefined;
  readonly entry: TreeEntry;
}

/**
 * Reads the policy of a commit by blob id: never through the work tree, where a filter could change it.
 * @returns undefined where the commit has none.
 * @throws `POLICY_AMBIGUOUS`, `POLICY_NOT_A_FILE`, `POLICY_MALFORMED`, `BLOB_TOO_LARGE`.
 */
export async function readPolicy(
  repository: Repository,
  { commit, ref }: PolicyPlace,
): Promise<PolicyInForce | undefined> {
  const entries = await repository.rootEntries(commit, POLICY_FILES);
  const [entry, second] = entries;
  if (!entry) return undefined;
  if (second) throw new CountersignError("POLICY_AMBIGUOUS", { source: ref, files: entries.map(({ path }) => path) });
  const source = `${ref}:${entry.path}`;
  if (!isRegularFile(entry.mode)) throw new CountersignError("POLICY_NOT_A_FILE", { source, mode: entry.mode });
  const bytes = await repository.blob(entry.oid, POLICY_LIMIT);
  return { policy: await parsePolicyFile(bytes, source), ref, commit, entry };
}

/**
 * Reads a policy file's bytes, wherever they come from. `source` names the file in errors.
 * @throws `POLICY_MALFORMED` with every problem of the file, each with its line.
 */
export async function parsePolicyFile(bytes: Uint8Array, source: string): Promise<Policy> {
  // Loaded late: where there is no policy, nobody pays for a YAML parser.
  const { parsePolicy } = await import("./parse.ts");
  return parsePolicy(bytes, source);
}
