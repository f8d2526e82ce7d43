import { expect, it } from "vitest";
import { decodeBase64, encodeBase64 } from "./base64.ts";

it("writes and reads what Node does, for every length and byte", () => {
  for (let length = 0; length <= 260; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) & 255);
    const text = Buffer.from(bytes).toString("base64");
    expect(encodeBase64(bytes)).toBe(text);
    expect(decodeBase64(text)).toEqual(bytes);
  }
});

it.each([
  ["no padding", "QQ"],
  ["too much padding", "QUI=="],
  ["padding alone", "===="],
  ["padding in the middle", "QQ==QUJD"],
  ["three equal signs", "Q==="],
  ["bits beyond its bytes", "QR=="],
  ["a blank", "QUJD QUJ"],
  ["a line end", "QUJDQUJ\n"],
  ["the letters of base64url", "QUJ-QU_D"],
  ["a letter that only looks like one", "QUJ\u0410"],
  ["a NUL", "QUJ\0"],
])("refuses text with %s", (_name, text) => {
  expect(decodeBase64(text)).toBeUndefined();
});
