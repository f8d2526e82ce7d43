import { expect, it } from "vitest";
import { joinBytes } from "../bytes.ts";
import { readPositive, readStrings, WireReader, wireString } from "./wire.ts";

it("reads what was written, to the end", () => {
  const bytes = joinBytes([wireString("one"), wireString(""), Uint8Array.of(0xff, 0xff, 0xff, 0xfe), Uint8Array.of(7)]);
  const reader = new WireReader(bytes);
  expect([reader.string(), reader.string(), reader.uint32(), reader.ended, reader.bytes(1), reader.ended]).toEqual([
    new Uint8Array(Buffer.from("one")),
    new Uint8Array(),
    0xfffffffe,
    false,
    Uint8Array.of(7),
    true,
  ]);
});

it.each([
  ["a cut length", [0, 0, 0]],
  ["a length beyond the end", [0, 0, 0, 2, 1]],
  ["a length that would be negative", [0xff, 0xff, 0xff, 0xff, 1]],
])("does not end behind %s, whatever is read then", (_name, bytes) => {
  const reader = new WireReader(Uint8Array.from(bytes));
  expect([reader.string(), reader.bytes(0), reader.string(), reader.ended]).toEqual([
    undefined,
    undefined,
    undefined,
    false,
  ]);
  expect(readStrings(Uint8Array.from(bytes))).toBeUndefined();
});

it.each([
  ["a small number", [1], [1]],
  ["a number whose first bit is set", [0, 0x80], [0x80]],
  ["zero", [], undefined],
  ["zero in one byte", [0], undefined],
  ["a negative number", [0x80], undefined],
  ["a zero byte too many", [0, 1], undefined],
  ["two zero bytes", [0, 0, 0x80], undefined],
])("reads %s as a positive number in its one form, or not", (_name, bytes, magnitude) => {
  expect(readPositive(Uint8Array.from(bytes))).toEqual(magnitude && Uint8Array.from(magnitude));
});
