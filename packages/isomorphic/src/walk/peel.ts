import type { ObjectId } from "@countersign/core";
import type { ObjectStore, ObjectType } from "../store/object-store.ts";
import { readLinks } from "./commit-links.ts";

const TAG = /^object ([0-9a-f]{40})\ntype (commit|tree|blob|tag)\ntag [^\n]*\n/i;

const latin1 = new TextDecoder("latin1");

/** The commit that an id leads to through annotated tags; undefined if it is absent or git would not read it as one. */
export async function peelToCommit(objects: ObjectStore, oid: ObjectId): Promise<ObjectId | undefined> {
  let at = oid;
  let promised: ObjectType | undefined;
  // A tag names an object by its hash, so there is no circle of tags.
  for (;;) {
    const object = await objects.find(at);
    if (!object || (promised !== undefined && object.type !== promised)) return undefined;
    if (object.type === "commit") return readLinks(object.bytes) ? at : undefined;
    const [, target, type] = (object.type === "tag" && TAG.exec(latin1.decode(object.bytes))) || [];
    if (target === undefined) return undefined;
    at = target.toLowerCase() as ObjectId;
    promised = type as ObjectType;
  }
}
