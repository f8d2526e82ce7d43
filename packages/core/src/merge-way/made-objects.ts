import { encodeText, joinBytes } from "../bytes.ts";
import { objectId } from "../object/object-digest.ts";
import type { ObjectFormat, ObjectId } from "../object/oid.ts";
import { formatTree, type RawEntry } from "../object/tree-entries.ts";
import type { RawCommit } from "../repository.ts";

/** A commit that nobody has made yet. */
export interface MadeCommit {
  readonly raw: RawCommit;
  readonly tree: ObjectId;
  readonly parents: readonly ObjectId[];
}

/** What a commit is made of. The headers stand as git writes them, from the author's on, each with its line end. */
export interface CommitParts extends Pick<MadeCommit, "tree" | "parents"> {
  readonly headers: Uint8Array;
  readonly message: Uint8Array;
}

/** Objects that are stored nowhere, with the ids that git would give them. */
export class MadeObjects {
  readonly commits = new Map<ObjectId, MadeCommit>();
  readonly trees = new Map<ObjectId, Uint8Array>();
  readonly blobs = new Map<ObjectId, Uint8Array>();
  readonly #format: ObjectFormat;

  constructor(format: ObjectFormat) {
    this.#format = format;
  }

  addBlob(bytes: Uint8Array): ObjectId {
    return this.#add(this.blobs, "blob", bytes);
  }

  /** The entries must be in git's order. */
  addTree(entries: readonly RawEntry[]): ObjectId {
    return this.#add(this.trees, "tree", formatTree(entries));
  }

  addCommit({ tree, parents, headers, message }: CommitParts): ObjectId {
    const named = [`tree ${tree}\n`, ...parents.map((parent) => `parent ${parent}\n`)].map(encodeText);
    const bytes = joinBytes([...named, headers, encodeText("\n"), message]);
    const oid = objectId("commit", bytes, this.#format);
    this.commits.set(oid, { raw: { oid, size: bytes.length, bytes }, tree, parents });
    return oid;
  }

  #add(kept: Map<ObjectId, Uint8Array>, type: "blob" | "tree", bytes: Uint8Array): ObjectId {
    const oid = objectId(type, bytes, this.#format);
    kept.set(oid, bytes);
    return oid;
  }
}
