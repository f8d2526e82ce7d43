import { describe, expect, it } from "vitest";
import { abbreviate, isObjectId, isZeroOid, objectFormatOf, parseObjectId, zeroOid } from "./oid.ts";

const SHA1 = "1f".repeat(20);
const SHA256 = "1f".repeat(32);

describe("a full object id", () => {
  it.each([SHA1, SHA256])("is %s", (text) => {
    expect(isObjectId(text)).toBe(true);
    expect(parseObjectId(text)).toBe(text);
  });

  it.each([
    ["empty", ""],
    ["abbreviated", SHA1.slice(0, 39)],
    ["too long", `${SHA1}0`],
    ["in upper case", SHA1.toUpperCase()],
    ["no hex", `g${SHA1.slice(1)}`],
    ["with a line end behind", `${SHA1}\n`],
    ["with a blank before", ` ${SHA1}`],
    ["a revision", "HEAD"],
    ["in digits that only look so", `１${SHA1.slice(1)}`],
  ])("is not one that is %s", (_, text) => {
    expect(isObjectId(text)).toBe(false);
    expect(() => parseObjectId(text)).toThrow(expect.objectContaining({ code: "OBJECT_ID_MALFORMED" }));
  });
});

it.each(["sha1", "sha256"] as const)("has a zero for %s, of its length", (format) => {
  const zero = zeroOid(format);
  expect(isZeroOid(zero)).toBe(true);
  expect(isObjectId(zero)).toBe(true);
  expect(objectFormatOf(zero)).toBe(format);
});

it("takes no other id for zero", () => {
  expect(isZeroOid(parseObjectId(`${"0".repeat(39)}1`))).toBe(false);
});

it("is shown by its first 12 digits", () => {
  expect(abbreviate(parseObjectId(SHA1))).toBe("1f1f1f1f1f1f");
});
