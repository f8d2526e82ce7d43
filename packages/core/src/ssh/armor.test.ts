import { expect, it } from "vitest";
import { formatArmor, parseArmor } from "./armor.ts";

const signature = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index % 256);

it.each([1, 52, 53, 105, 106, 200])("an armor of %i bytes gives them again", (length) => {
  expect(parseArmor(formatArmor(signature(length)))).toEqual(signature(length));
});

it("has lines of seventy characters, each ended by a line feed", () => {
  const lines = formatArmor(signature(121)).split("\n");
  expect(lines.map((line) => line.length)).toEqual([29, 70, 70, 24, 27, 0]);
});

it("has one form alone", () => {
  const armor = formatArmor(signature(121));
  for (const other of [
    armor.slice(0, -1),
    `${armor}\n`,
    ` ${armor}`,
    armor.replaceAll("\n", "\r\n"),
    armor.replace(/\n(.{70})\n(.)/, "\n$1$2\n"),
    armor.replace("=", ""),
    armor.replace("-----END", "\n-----END"),
  ])
    expect(parseArmor(other)).toBeUndefined();
});
