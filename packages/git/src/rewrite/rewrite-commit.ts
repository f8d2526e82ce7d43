import type { ObjectId } from "@countersign/core";

/** What a commit becomes: everything that is not named here stays byte for byte. */
export interface CommitEdit {
  /** New ids by old ones; a parent that is not there stays. */
  readonly parents: ReadonlyMap<ObjectId, ObjectId>;
  /** The whole line behind `committer `; undefined leaves it. */
  readonly committer: Uint8Array | undefined;
  readonly message: Uint8Array;
}

const LF = 0x0a;
const SPACE = 0x20;

/** Signatures over the commit's bytes, in either of the formats of a repository that changes its hash. */
const SIGNATURES: ReadonlySet<string> = new Set(["gpgsig", "gpgsig-sha256"]);

/** Rewrites a well-formed commit object. Its signature is left out: it was over the bytes that change. */
export function rewriteCommit(bytes: Uint8Array, { parents, committer, message }: CommitEdit): Uint8Array {
  const kept: Uint8Array[] = [];
  for (const header of headersOf(bytes)) {
    const key = keyOf(header);
    if (SIGNATURES.has(key)) continue;
    if (key === "parent") kept.push(Buffer.from(`parent ${mapped(header, parents)}\n`));
    else if (key === "committer" && committer) kept.push(Buffer.from("committer "), committer, Uint8Array.of(LF));
    else kept.push(header);
  }
  return Buffer.concat([...kept, Uint8Array.of(LF), message]);
}

/** Whether the commit is signed with GPG, SSH or X.509 as a whole. */
export function isSigned(bytes: Uint8Array): boolean {
  for (const header of headersOf(bytes)) if (SIGNATURES.has(keyOf(header))) return true;
  return false;
}

/** Each header with its continuation lines and the line feed. */
function* headersOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length && bytes[start] !== LF; ) {
    let end = start;
    do {
      const lf = bytes.indexOf(LF, end);
      end = lf < 0 ? bytes.length : lf + 1;
    } while (bytes[end] === SPACE);
    yield bytes.subarray(start, end);
    start = end;
  }
}

function keyOf(header: Uint8Array): string {
  return Buffer.from(header.subarray(0, header.indexOf(SPACE))).toString("latin1");
}

function mapped(header: Uint8Array, parents: ReadonlyMap<ObjectId, ObjectId>): string {
  const parent = Buffer.from(header).toString("latin1").slice("parent ".length).trimEnd();
  return parents.get(parent as ObjectId) ?? parent;
}
