import { expect, it } from "vitest";
import { isAsciiSuperset } from "./encoding.ts";

it.each([
  undefined,
  "UTF-8",
  "utf8",
  "'utf8'",
  "US-ASCII",
  "ISO-8859-1",
  "ISO8859-15",
  "latin1",
  "windows-1252",
  "CP1251",
  "KOI8-R",
  "ISO_8859-1:1987",
  "CP65001",
  "EUC-JP",
  "EUC-JISX0213",
  "ks_c_5601-1987",
  "Shift_JIS",
  "GB18030",
  "Big5",
])("the ASCII of a message in %s can be read", (encoding) => {
  expect(isAsciiSuperset(encoding)).toBe(true);
});

it.each([
  "IBM037",
  "IBM1047",
  "EBCDIC-US",
  "CP037",
  "UTF-7",
  "UNICODE-1-1-UTF-7",
  "UTF-16",
  "UTF-16LE",
  "CP1200",
  "UTF-32",
  "ISO-2022-JP",
  "HZ",
  "CP864",
  "UTF-8//IGNORE",
  "bogus",
  "",
])("the ASCII of a message in %s cannot be read without doubt", (encoding) => {
  expect(isAsciiSuperset(encoding)).toBe(false);
});
