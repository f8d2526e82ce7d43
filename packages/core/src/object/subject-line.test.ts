import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Commit } from "./commit.ts";
import type { ObjectId } from "./oid.ts";
import { subjectLine } from "./subject-line.ts";

function subject(message: string): string {
  const nobody = { name: "", email: "" };
  const oid = "a".repeat(40) as ObjectId;
  const commit: Commit = {
    oid,
    tree: undefined,
    parents: [],
    author: nobody,
    committer: nobody,
    message: encodeText(message),
  };
  return subjectLine(commit);
}

it.each<[message: string, line: string]>([
  ["Retry uploads\n\nBody\n", "Retry uploads"],
  ["Retry uploads", "Retry uploads"],
  ["\n\n\nRetry uploads\n", "Retry uploads"],
  ["", ""],
  ["\n\n", ""],
  ["Retry\u2028uploads\n", "Retry\u2028uploads"],
])("of %j is %j", (message, line) => {
  expect(subject(message)).toBe(line);
});

it("is cut where it never ends", () => {
  expect(subject("a".repeat(1_000_000))).toHaveLength(1024);
});

it("is not cut within a character", () => {
  for (const start of ["", "a", "ab", "abc"]) expect(subject(start + "🤖".repeat(300))).not.toContain("\ufffd");
});
