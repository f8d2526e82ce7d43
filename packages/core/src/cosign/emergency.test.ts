import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { findReasonFlaw, readEmergency } from "./emergency.ts";

function read(trailers: string): string | undefined {
  return readEmergency({ message: encodeText(`Fix\n\nBecause.\n\n${trailers}`) })?.reason;
}

it.each<readonly [what: string, trailers: string, reason: string | undefined]>([
  ["a trailer", "Emergency: the site is down\n", "the site is down"],
  ["one in another case", "EMERGENCY: the site is down\n", "the site is down"],
  ["one beside others", "Assisted-by: kiro:x\nEmergency: the site is down\nReviewed-by: a <a@x>\n", "the site is down"],
  ["one over two lines", "Emergency: the site\n is down\n", "the site is down"],
  ["the first of two", "Emergency: one\nEmergency: two\n", "one"],
  ["one behind one that is empty", "Emergency:\nEmergency: two\n", "two"],
  ["none in the middle of the message", "Emergency: the site is down\n\nSo it was.\n", undefined],
  ["none in a sentence", "This is an Emergency: the site is down\n", undefined],
  ["none that hides something", "Emergency: the site\u202e is down\n", undefined],
  ["one as long as it may be", `Emergency: ${"x".repeat(1024)}\n`, "x".repeat(1024)],
  ["none that is too long", `Emergency: ${"x".repeat(1025)}\n`, undefined],
])("reads %s", (_, trailers, reason) => {
  expect(read(trailers)).toBe(reason);
});

it.each<readonly [reason: string, flaw: string | undefined]>([
  ["the site is down", undefined],
  ["für alle Kunden: 100 % Fehler", undefined],
  ["", "it is empty"],
  ["  ", "it is empty"],
  [" the site is down", "it begins or ends with a blank"],
  ["the site\nis down", "it has more than one line"],
  ["the site\u0007", "it holds invisible characters"],
  ["the site\u200bis down", "it holds invisible characters"],
  ["x".repeat(1025), "it is longer than 1024 bytes"],
])("says of the reason %j what no trailer can hold", (reason, flaw) => {
  expect(findReasonFlaw(reason)).toBe(flaw);
});
