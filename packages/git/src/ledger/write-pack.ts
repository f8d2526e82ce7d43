import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import type { ObjectFormat } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import { spawnGit } from "../process/git.ts";

/** An object that is to be stored. */
export interface PackedObject {
  readonly type: "blob" | "tree";
  readonly bytes: Uint8Array;
}

const TYPES = { tree: 2, blob: 3 } as const;
/** More objects than this git too keeps as a pack, where they came as one. */
const LOOSE = 100;

/** Stores objects, however many, by one git: as a pack, the form in which a fetch brings them. */
export async function writePack(
  context: GitContext,
  format: ObjectFormat,
  objects: readonly PackedObject[],
): Promise<void> {
  const header = Buffer.alloc(12);
  header.write("PACK", "latin1");
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(objects.length, 8);
  const parts = [header, ...objects.flatMap(({ type, bytes }) => [sizeOf(type, bytes.length), deflateSync(bytes)])];
  const pack = Buffer.concat(parts);
  const git = spawnGit(context, objects.length < LOOSE ? ["unpack-objects", "-q"] : ["index-pack", "--stdin"]);
  git.stdout.resume();
  git.stdin.write(pack);
  git.stdin.end(createHash(format).update(pack).digest());
  await git.ended;
}

/** The type and the size, seven bits a byte but for the first, which has four beside the type. */
function sizeOf(type: PackedObject["type"], size: number): Buffer {
  const bytes: number[] = [];
  let rest = Math.floor(size / 16);
  let byte = (TYPES[type] << 4) | (size & 0x0f);
  for (; rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push(byte | 0x80);
    byte = rest & 0x7f;
  }
  return Buffer.from([...bytes, byte]);
}
