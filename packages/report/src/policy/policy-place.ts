import type { ObjectId, PolicyInForce } from "@countersign/core";

/** Where a policy was read, for programs: null if that is not a commit, such as a work tree. */
export interface PolicyPlaceJson {
  readonly ref: string | null;
  readonly oid: ObjectId | null;
  readonly path: string;
}

export function policyPlaceToJson({ ref, commit, entry: { path } }: PolicyInForce): PolicyPlaceJson {
  return commit === undefined ? { ref: null, oid: null, path } : { ref, oid: commit, path };
}
