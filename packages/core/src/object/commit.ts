import { decodeText, LF, NUL } from "../bytes.ts";
import { COMMIT_BYTES_READ, type RawCommit } from "../repository.ts";
import { endOfHeaders, splitObject } from "./headers.ts";
import { type Identity, parseIdentity } from "./identity.ts";
import { isObjectId, type ObjectId } from "./oid.ts";

/** A commit object, read. */
export interface Commit {
  readonly oid: ObjectId;
  readonly tree: ObjectId | undefined;
  readonly parents: readonly ObjectId[];
  readonly author: Identity;
  readonly committer: Identity;
  /** The `encoding` header, as written; absent means UTF-8. */
  readonly encoding?: string;
  /** The message's bytes, from behind the blank line to the object's end. */
  readonly message: Uint8Array;
  /**
   * Why the object is not what git writes, in a few words. Tools disagree on such objects, so two readers
   * may see two authors or two messages; the fields then hold a best reading, for display alone.
   */
  readonly malformed?: string;
}

/** A longer message is refused: the largest seen in 741,390 commits of real projects is far below. */
export const MESSAGE_LIMIT = 1024 * 1024;

const NOBODY: Identity = { name: "", email: "" };

/** The order in which git writes the headers that every reader must agree on. */
const RANK: ReadonlyMap<string, number> = new Map([
  ["tree", 0],
  ["parent", 1],
  ["author", 2],
  ["committer", 3],
]);

/**
 * Reads a commit by a strict grammar: one tree, parents, one author, one committer in this order, then any
 * others, `encoding` at most once. git itself takes the first, the last or neither of a doubled header,
 * depending on the command, so such a commit is `malformed` and not interpreted.
 */
export function parseCommit(raw: RawCommit): Commit {
  return parsePlain(raw) ?? parseByGrammar(raw);
}

/**
 * Reads the headers of nearly every commit, nothing but the four kinds that each has, in order: a long history has so
 * many. Undefined for any other, which the grammar judges.
 */
function parsePlain({ oid, size, bytes }: RawCommit): Commit | undefined {
  const end = endOfHeaders(bytes);
  const message = bytes.subarray(Math.min(end + 2, bytes.length));
  if (size > COMMIT_BYTES_READ || message.length > MESSAGE_LIMIT || message.includes(NUL)) return undefined;
  const text = decodeText(bytes.subarray(0, end));
  if (text.includes("\r") || text.includes("\0")) return undefined;
  const tree = readId(text, 0, "tree ", oid.length);
  if (tree === undefined) return undefined;
  const parents: ObjectId[] = [];
  let at = "tree ".length + oid.length + 1;
  for (let parent = readId(text, at, "parent ", oid.length); parent; parent = readId(text, at, "parent ", oid.length)) {
    parents.push(parent);
    at += "parent ".length + oid.length + 1;
  }
  const lf = text.indexOf("\n", at);
  if (lf < 0 || !text.startsWith("author ", at) || !text.startsWith("committer ", lf + 1)) return undefined;
  if (text.includes("\n", lf + 1)) return undefined;
  const author = parseIdentity(text.slice(at + "author ".length, lf));
  const committer = parseIdentity(text.slice(lf + 1 + "committer ".length));
  return { oid, tree, parents, author, committer, message };
}

/** The id in a header line that has this key; undefined if there is another. */
function readId(text: string, at: number, key: string, digits: number): ObjectId | undefined {
  const start = at + key.length;
  if (!text.startsWith(key, at) || text.charCodeAt(start + digits) !== LF) return undefined;
  const id = text.slice(start, start + digits);
  return isObjectId(id) ? id : undefined;
}

function parseByGrammar(raw: RawCommit): Commit {
  const { headers, message, malformed: broken } = splitObject(raw.bytes);
  const idLength = raw.oid.length;
  let malformed = raw.size > COMMIT_BYTES_READ ? `it has ${raw.size} bytes` : broken;
  let tree: ObjectId | undefined;
  let author: Identity | undefined;
  let committer: Identity | undefined;
  let encoding: string | undefined;
  const parents: ObjectId[] = [];
  let rank = -1;

  for (const { key, value } of headers) {
    const keyRank = RANK.get(key) ?? 4;
    if (keyRank < rank || (keyRank === rank && keyRank !== 1 && keyRank !== 4)) {
      malformed ??= `the header "${key}" is repeated or out of order`;
      continue;
    }
    if (keyRank - rank > 1 && !(rank === 0 && keyRank === 2)) malformed ??= `the header before "${key}" is missing`;
    rank = keyRank;
    // A continued line below one of these, or a CR in it, is read as a second header by some tools.
    if (keyRank < 4 && /[\r\n]/.test(value)) malformed ??= `the header "${key}" holds a line break`;
    if (key === "tree" || key === "parent") {
      if (!isObjectId(value) || value.length !== idLength) malformed ??= `the header "${key}" is not an object id`;
      else if (key === "tree") tree = value;
      else parents.push(value);
    } else if (key === "author") author = parseIdentity(value);
    else if (key === "committer") committer = parseIdentity(value);
    else if (key === "encoding") {
      if (encoding !== undefined) malformed ??= `the header "encoding" is repeated`;
      encoding ??= value;
    }
  }
  if (rank < 3) malformed ??= "it has no tree, author or committer";
  if (message.length > MESSAGE_LIMIT)
    malformed ??= `its message has ${message.length} bytes; the limit is ${MESSAGE_LIMIT}`;

  const commit: Commit = {
    oid: raw.oid,
    tree,
    parents,
    author: author ?? NOBODY,
    committer: committer ?? NOBODY,
    message,
  };
  if (encoding === undefined && malformed === undefined) return commit;
  return {
    ...commit,
    ...(encoding === undefined ? {} : { encoding }),
    ...(malformed === undefined ? {} : { malformed }),
  };
}

const COMMITTER_TIME = /^committer [^\n]*> (\d{1,12}) [+-]\d{4}$/m;

/** When a commit says that it was committed, in seconds since 1970: a claim. Undefined if that cannot be read. */
export function readCommitterTime({ bytes }: RawCommit): number | undefined {
  const seconds = COMMITTER_TIME.exec(decodeText(bytes.subarray(0, endOfHeaders(bytes))))?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
