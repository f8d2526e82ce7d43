import { type Commit, CountersignError, type ObjectId, parseCommit } from "@countersign/core";
import { inCommitOrder, objectFormatOf, objectId } from "@countersign/core/internal";
import type { GitRepository } from "../repository/git-repository.ts";
import { appendTrailers, type NewTrailer } from "./append-trailers.ts";
import { encodeIn } from "./encode-in.ts";
import { isSigned, rewriteCommit } from "./rewrite-commit.ts";

/** A commit that is to be rewritten, since its message or a parent changes. */
export interface AffectedCommit {
  readonly commit: Commit;
  readonly bytes: Uint8Array;
  /** Whether it bears a signature of its own, which does not survive. */
  readonly signed: boolean;
}

/**
 * The commits that a change of some messages affects: these and all that come after them up to the tip, parents first.
 * @throws `COMMIT_UNFIT` if one of them is malformed: what cannot be read without doubt cannot be rewritten.
 */
export async function readAffected(
  repository: GitRepository,
  tip: ObjectId,
  exclude: readonly ObjectId[],
  changing: ReadonlySet<ObjectId>,
): Promise<readonly AffectedCommit[]> {
  const range: AffectedCommit[] = [];
  for await (const raw of repository.commits({ tips: [tip], exclude })) {
    range.push({ commit: parseCommit(raw), bytes: raw.bytes, signed: isSigned(raw.bytes) });
  }
  const affected = new Set<ObjectId>();
  const ordered = inCommitOrder(range).filter(({ commit }) => {
    if (!changing.has(commit.oid) && !commit.parents.some((parent) => affected.has(parent))) return false;
    affected.add(commit.oid);
    return true;
  });
  const malformed = ordered.filter(({ commit }) => commit.malformed !== undefined);
  if (malformed.length > 0) {
    const commits = malformed.map(({ commit }) => `${commit.oid}: ${commit.malformed}`);
    throw new CountersignError("COMMIT_UNFIT", { commits });
  }
  return ordered;
}

/** How commits are to be rewritten. */
export interface Rewrite {
  /** What is added to which message. */
  readonly trailers: ReadonlyMap<ObjectId, readonly NewTrailer[]>;
  /** Who rewrites a commit, as in its header; undefined leaves the committer that it has. */
  committerOf(commit: Commit): string | undefined;
}

export interface Rewritten {
  /** New ids by old ones. */
  readonly ids: ReadonlyMap<ObjectId, ObjectId>;
  /** The new objects by id, parents first. */
  readonly objects: ReadonlyMap<ObjectId, Uint8Array>;
}

/**
 * Works out the new commits, and writes nothing.
 * @throws `MESSAGE_UNFIT`, `COMMIT_UNFIT`.
 */
export function rewriteRange(affected: readonly AffectedCommit[], { trailers, committerOf }: Rewrite): Rewritten {
  const ids = new Map<ObjectId, ObjectId>();
  const objects = new Map<ObjectId, Uint8Array>();
  const unfit = { MESSAGE_UNFIT: [] as string[], COMMIT_UNFIT: [] as string[] };
  for (const { commit, bytes } of affected) {
    const appended = appendTrailers(commit.message, trailers.get(commit.oid) ?? []);
    const line = committerOf(commit);
    const committer = line === undefined ? undefined : encodeIn(commit.encoding, line);
    if ("problem" in appended) unfit.MESSAGE_UNFIT.push(`${commit.oid}: ${appended.problem}`);
    else if (line !== undefined && !committer) {
      unfit.COMMIT_UNFIT.push(`${commit.oid}: your name cannot be written in its encoding, ${commit.encoding}`);
    } else {
      const written = rewriteCommit(bytes, { parents: ids, committer, message: appended.message });
      const oid = objectId("commit", written, objectFormatOf(commit.oid));
      ids.set(commit.oid, oid);
      objects.set(oid, written);
    }
  }
  for (const code of ["MESSAGE_UNFIT", "COMMIT_UNFIT"] as const) {
    if (unfit[code].length > 0) throw new CountersignError(code, { commits: unfit[code] });
  }
  return { ids, objects };
}
