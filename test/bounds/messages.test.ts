import { detectInMessage, parseCommit, parseTrailers, readCosigns } from "@countersign/core";
import { findNearStamps, redactUrls } from "@countersign/core/internal";
import { escapeLine } from "@countersign/report";
import { expect, it } from "vitest";
import { parsePolicy } from "../../packages/core/src/policy/file/parse-policy.ts";
import { isSuperlinear } from "./growth.ts";

/** Repeats a text up to a length. */
function filled(pump: string, length: number, start = "Work\n\n", end = ""): string {
  return start + pump.repeat(Math.ceil(length / pump.length)) + end;
}

const AGENT = "Co-authored-by: Claude <noreply@anthropic.com>";

/** Messages of any length of which some reader might go through the same part again and again. */
const MESSAGES: readonly (readonly [what: string, of: (length: number) => string])[] = [
  ["stamps with a long tail of signs", (length) => filled(`\nAssisted-by: ${"-!".repeat(2000)} a`, length)],
  ["one stamp with a long tail of signs", (length) => `Work\n\nAssisted-by: ${"-!".repeat(length / 2)} a\n`],
  ["keys", (length) => filled("a:\n", length)],
  ["keys on one line", (length) => filled("Co-authored-by: A <a@x> ", length)],
  ["keys without an end on one line", (length) => filled("Co-authored-by:", length, "Work\n\n", "@")],
  ["marks", (length) => filled(`${AGENT}\n`, length)],
  [
    "words for programs before an agent's address",
    (length) => `Work\n\nCo-authored-by: codex ${"cli ".repeat(length / 4)}<noreply@openai.com>\n`,
  ],
  ["names before one address", (length) => `Work\n\nCo-authored-by: ${"Claude ".repeat(length / 7)}<a@x>\n`],
  [
    "keys, each indented one column deeper",
    (length) => {
      const lines = Math.floor(Math.sqrt(2 * length));
      return `Work\n\n${Array.from({ length: lines }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")}\n`;
    },
  ],
  ["one value folded over many lines", (length) => filled(" x\n", length, "Work\n\nAssisted-by: Claude\n")],
  [
    "a revert that repeats a long message above many trailers",
    (length) =>
      `Revert "Work"\n\nThis reverts commit ${"1".repeat(40)}.\n\nWork\n\n${"a\n".repeat(length / 4)}\n${"a:\n".repeat(length / 6)}`,
  ],
  ["addresses", (length) => filled("a@b.", length)],
  ["signs of addresses", (length) => filled("@", length)],
  ["brackets before an address", (length) => filled("<", length, "Work\n\nCo-authored-by: ", "a@b")],
  ["quote marks", (length) => filled("> ", length)],
  ["bullets", (length) => filled("- ", length)],
  ["numbers", (length) => filled("1. ", length)],
  ["fences", (length) => filled("```a\n", length)],
  ["blanks", (length) => filled(" ", length)],
  ["blank lines", (length) => filled("\n", length)],
  ["tabs between a key and its colon", (length) => filled("\t", length, "Work\n\nAssisted-by")],
  ["emphasis", (length) => filled("*", length)],
  ["line ends that were written as signs", (length) => filled("\\n", length)],
  ["line ends that were written as signs, and keys", (length) => filled("\\nCo-authored-by: A <a@x>", length)],
  ["carriage returns", (length) => filled("\r", length)],
  ["colons", (length) => filled(":", length)],
  ["full-width colons", (length) => filled("：", length)],
  ["commits of a squash", (length) => filled("commit abcdef1\nAuthor: A <a@x>\n\n    Work\n\n", length)],
  ["links", (length) => filled("https://claude.ai/code/session_ ", length)],
  ["no one's word", (length) => filled(" -", length, "Work\n\nAssisted-by: none")],
  ["co-signs", (length) => filled("Co-signed-by: A <a@x>\n", length)],
  [
    "co-signs of many",
    (length) => `Work\n\n${Array.from({ length: length / 30 }, (_, at) => `Co-signed-by: A <a${at}@x>`).join("\n")}\n`,
  ],
  ["signatures that are none", (length) => filled("Co-signature: a@x 2026-11-23T10:00:00Z U1NI\n", length)],
  ["letters that look like others", (length) => filled("Со-signed-by: A <a@x>\n", length)],
  ["reverts", (length) => filled(`This reverts commit ${"1".repeat(40)}.\n`, length)],
  ["NULs", (length) => filled("\0", length)],
  ["one word", (length) => filled("a", length)],
  ["one key", (length) => filled("a-", length, "Work\n\n", ":")],
];

const encoder = new TextEncoder();

/** Whatever reads a message before anything is known of it. */
function readAll(message: string): void {
  const bytes = encoder.encode(message);
  detectInMessage(bytes);
  findNearStamps(message, parseTrailers(bytes));
  readCosigns({ message: bytes });
  const object = encoder.encode(
    `tree ${"1".repeat(40)}\nauthor A <a@x> 1 +0000\ncommitter A <a@x> 1 +0000\n\n${message}`,
  );
  parseCommit({ oid: "2".repeat(40) as never, size: object.length, bytes: object });
}

const LENGTH = 16 * 1024;

it.each(MESSAGES)("a message full of %s takes no more than its share of time for its length", (_, of) => {
  expect(isSuperlinear((length) => readAll(of(length)), LENGTH)).toBe(false);
});

it.each<[what: string, pump: string]>([
  ["schemes", "a-"],
  ["schemes of URLs", "a://"],
  ["users", "https://a:"],
  ["parameters", "https://a/?token"],
  ["names of parameters", "?a"],
  ["signs of URLs", "://@"],
  ["ampersands", "https://a/?a=1&"],
])("a text full of %s loses its credentials in its share of time", (_, pump) => {
  expect(isSuperlinear((length) => redactUrls(filled(pump, length, "https://")), LENGTH)).toBe(false);
});

it.each(["\u001b", "a", "::", " ", "\ud800", "\u202e"])("a text full of %j is shown in its share of time", (pump) => {
  expect(isSuperlinear((length) => escapeLine(filled(pump, length)), LENGTH)).toBe(false);
});

it.each<[what: string, text: (length: number) => string]>([
  [
    "keys without a comment's end",
    (length) => `version: 1\npeople:\n  - { name: A, emails: [a@x], keys: ["a a${" ".repeat(length)}\\n"] }\n`,
  ],
  ["blanks", (length) => filled(" ", length, "version: 1\n", "x")],
  ["quotes", (length) => filled('"', length, "version: 1\n")],
  ["brackets", (length) => filled("[", length, "version: 1\nrules: ")],
  [
    "unknown keys",
    (length) => `version: 1\n${Array.from({ length: length / 8 }, (_, at) => `k${at}: 1`).join("\n")}\n`,
  ],
  [
    "people",
    (length) =>
      `version: 1\npeople:\n${Array.from({ length: length / 50 }, (_, at) => `  - { name: A, emails: [a${at}@x], level: senior }`).join("\n")}\n`,
  ],
])("a policy full of %s is read in its share of time", (_, of) => {
  const read = (length: number): void => {
    try {
      parsePolicy(encoder.encode(of(length)), "test");
    } catch {
      // What is wrong with it is for other tests.
    }
  };
  expect(isSuperlinear(read, 16 * 1024)).toBe(false);
});
