import { splitObject } from "./headers.ts";
import { type Identity, parseIdentity } from "./identity.ts";
import { isObjectId, type ObjectId } from "./oid.ts";

/** An annotated tag object. Its message vouches for nothing: a co-sign counts only in the commit it is for. */
export interface Tag {
  /** The object that the tag names, which may be a tag again. */
  readonly object: ObjectId | undefined;
  readonly type: string;
  readonly name: string;
  /** Absent in tags from before git knew taggers. */
  readonly tagger?: Identity;
  readonly message: Uint8Array;
  readonly malformed?: string;
}

const ORDER = ["object", "type", "tag", "tagger"];

/** Reads an annotated tag: object, type, tag and, except in very old ones, tagger, each once and in this order. */
export function parseTag(bytes: Uint8Array): Tag {
  const { headers, message, malformed: broken } = splitObject(bytes);
  const value = (key: string): string | undefined => headers.find((header) => header.key === key)?.value;
  const known = headers.map(({ key }) => key).filter((key) => ORDER.includes(key));
  const object = value("object") ?? "";
  const tagger = value("tagger");
  let malformed = broken;
  if (known.join() !== ORDER.join() && known.join() !== ORDER.slice(0, 3).join()) {
    malformed ??= "its headers are not object, type, tag and tagger, each once";
  }
  if (!isObjectId(object)) malformed ??= `the header "object" is not an object id`;
  return {
    object: isObjectId(object) ? object : undefined,
    type: value("type") ?? "",
    name: value("tag") ?? "",
    ...(tagger === undefined ? {} : { tagger: parseIdentity(tagger) }),
    message,
    ...(malformed === undefined ? {} : { malformed }),
  };
}
