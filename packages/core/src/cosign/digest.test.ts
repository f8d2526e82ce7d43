import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import type { ObjectId } from "../object/oid.ts";
import { changeDigest, digestOf, pathsDigest } from "./digest.ts";

const OLD = "1".repeat(40) as ObjectId;
const NEW = "2".repeat(40) as ObjectId;

function change(path: string | Uint8Array): Change {
  const bytes = typeof path === "string" ? encodeText(path) : path;
  return { path: bytes, oldMode: "100644", newMode: "100755", oldOid: OLD, newOid: NEW, status: "M" };
}

it("a digest is SHA-256 in hex, as sha256sum prints it", () => {
  expect(digestOf(encodeText("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

it("the digest of a change is that of what git's raw diff prints, each path as its bytes and ended by a NUL", () => {
  const record = (path: string): Uint8Array => encodeText(`:100644 100755 ${OLD} ${NEW} M\0${path}\0`);
  expect(changeDigest([change("a b/ü")])).toBe(digestOf(record("a b/ü")));
  expect(changeDigest([change("a"), change("b")])).toBe(digestOf(Uint8Array.of(...record("a"), ...record("b"))));
  expect(changeDigest([])).toBe(digestOf(new Uint8Array()));
});

it("the digest of paths is that of each path and a NUL", () => {
  expect(pathsDigest([change("a"), change("b")])).toBe(digestOf(encodeText("a\0b\0")));
  expect(pathsDigest([])).toBe(digestOf(new Uint8Array()));
});

it("paths that are not UTF-8 and look alike have two digests", () => {
  const [one, two] = [change(Uint8Array.of(0xfe)), change(Uint8Array.of(0xff))];
  expect(changeDigest([one])).not.toBe(changeDigest([two]));
  expect(pathsDigest([one])).not.toBe(pathsDigest([two]));
});
