import type { ObjectId, PolicyInForce } from "@countersign/core";

/** What an attestation is about, in the words of in-toto: <https://in-toto.io/Statement/v1>. */
export interface Statement<Predicate = object> {
  readonly _type: "https://in-toto.io/Statement/v1";
  readonly subject: readonly Subject[];
  readonly predicateType: string;
  readonly predicate: Predicate;
}

/** A commit; the digest is that of git, in a repository of either format. */
export interface Subject {
  readonly uri: string;
  readonly digest: { readonly gitCommit: ObjectId };
  readonly annotations?: Readonly<Record<string, unknown>>;
}

/** Where the work that is attested landed. */
export interface AttestedPlace {
  /** The repository, as an SPDX download location: `git+https://host/path`. */
  readonly resource: string;
  /** The full name of the branch. */
  readonly ref: string;
}

export function toStatement<Predicate>(
  predicateType: string,
  subject: readonly Subject[],
  predicate: Predicate,
): Statement<Predicate> {
  return { _type: "https://in-toto.io/Statement/v1", subject, predicateType, predicate };
}

export function toSubject(
  { resource }: AttestedPlace,
  commit: ObjectId,
  annotations: Readonly<Record<string, unknown>>,
): Subject {
  return { uri: `${resource}@${commit}`, digest: { gitCommit: commit }, annotations };
}

/** The policy that something was judged by, as in-toto describes a resource. */
export function describePolicy({ resource }: AttestedPlace, { commit, entry }: PolicyInForce) {
  return { uri: `${resource}@${commit ?? ""}#${entry.path}`, digest: { gitBlob: entry.oid } };
}
