import { expect, it } from "vitest";
import { decodeText, encodeText } from "../bytes.ts";
import type { SignedHead } from "./lines.ts";
import { formatWithdrawal, parseWithdrawal } from "./withdrawal.ts";

const HEAD: SignedHead = {
  project: undefined,
  branches: [{ ref: "refs/heads/main", base: undefined }],
  cosigner: "ada@x",
  time: "2026-11-23T10:00:00Z",
};
const RECORD = "a".repeat(64);
const LINES = `countersign v1
project -
branch refs/heads/main -
cosigner ada@x
time 2026-11-23T10:00:00Z
withdraw ${RECORD}
`;

it("a withdrawal is the head of a co-sign and the record that it takes back, and is read as it was written", () => {
  expect(decodeText(formatWithdrawal({ head: HEAD, recordId: RECORD }))).toBe(LINES);
  expect(parseWithdrawal(encodeText(LINES))).toEqual({ head: HEAD, recordId: RECORD });
});

it.each<[what: string, lines: string]>([
  ["nothing", ""],
  ["no head", `withdraw ${RECORD}\n`],
  ["no record", LINES.replace(/withdraw .*\n/, "")],
  ["a record too short", LINES.replace("aaa\n", "aa\n")],
  ["a record in capitals", LINES.replace(RECORD, "A".repeat(64))],
  ["a record too long", LINES.replace(RECORD, `a${RECORD}`)],
  ["a line more", `${LINES}\n`],
  ["no end of its last line", LINES.trimEnd()],
  ["a time that is none", LINES.replace("10:00:00Z", "10:00Z")],
  ["a co-signer in capitals", LINES.replace("ada@x", "Ada@x")],
  ["another kind of lines", LINES.replace("withdraw", "change")],
])("with %s it is not one", (_, lines) => {
  expect(parseWithdrawal(encodeText(lines))).toBeUndefined();
});

it("with bytes that are not UTF-8 it is not one", () => {
  expect(parseWithdrawal(Uint8Array.of(...encodeText(LINES), 0xff))).toBeUndefined();
});

it("is not written for a head that no line can hold", () => {
  expect(() => formatWithdrawal({ head: { ...HEAD, time: "now" }, recordId: RECORD })).toThrow(
    /^nothing can be signed: /,
  );
});
