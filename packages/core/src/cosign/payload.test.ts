import { expect, it } from "vitest";
import type { ObjectId } from "../object/oid.ts";
import { findPayloadDefect, formatPayload, type Payload } from "./payload.ts";

const oid = (digit: string, length = 40): ObjectId => digit.repeat(length) as ObjectId;

const PAYLOAD: Payload = {
  project: "acme/payments",
  branch: "refs/heads/main",
  change: "c".repeat(64),
  parents: [oid("1")],
  author: "Bob@ACME.example",
  cosigner: "Ada@Acme.Example",
  time: "2026-11-23T10:00:00Z",
};

const text = (changes: Partial<Payload> = {}): string =>
  Buffer.from(formatPayload({ ...PAYLOAD, ...changes })).toString();

it("has one line for each value, each ended by a line feed", () => {
  expect(text()).toBe(
    [
      "countersign v1",
      "project acme/payments",
      "branch refs/heads/main",
      `change sha256:${"c".repeat(64)}`,
      "parents 1",
      "author bob@acme.example",
      "cosigner ada@acme.example",
      "time 2026-11-23T10:00:00Z",
      "",
    ].join("\n"),
  );
});

it("has a line more where the commit disputes its marks", () => {
  expect(text({ dispute: "the note is from a formatter" })).toBe(`${text()}dispute the note is from a formatter\n`);
  expect(findPayloadDefect({ ...PAYLOAD, dispute: "a\nb" })).toMatch(/^the dispute holds control characters/);
});

it("has a hyphen for no project", () => {
  expect(text({ project: undefined })).toContain("\nproject -\n");
});

it.each([
  ["a root", [], "parents 0"],
  ["a plain commit", [oid("1")], "parents 1"],
  ["a merge", [oid("1"), oid("2")], `parents 2 ${oid("2")}`],
  ["an octopus", [oid("1"), oid("3", 64), oid("2")], `parents 3 ${oid("3", 64)} ${oid("2")}`],
])("names of %s the parents but the first", (_name, parents, line) => {
  expect(text({ parents }).split("\n")[4]).toBe(line);
});

it("lowers the ASCII letters of addresses and no others", () => {
  expect(text({ author: "ÄB@İ.example" })).toContain("\nauthor Äb@İ.example\n");
});

it("holds an author without address, a branch in any script and a project of every allowed character", () => {
  const project = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join("");
  const changes = { author: "", branch: "refs/heads/ветка-日本", project };
  expect(findPayloadDefect({ ...PAYLOAD, ...changes })).toBeUndefined();
  expect(text(changes).split("\n")).toEqual(
    expect.arrayContaining(["author ", "branch refs/heads/ветка-日本", `project ${project}`]),
  );
});

it.each<readonly [string, Partial<Payload>]>([
  ["a project named as none is", { project: "-" }],
  ["an empty project", { project: "" }],
  ["a project of two lines", { project: "a\nbranch refs/heads/main" }],
  ["a project with a blank", { project: "a b" }],
  ["a branch by its short name", { branch: "main" }],
  ["a branch of two lines", { branch: "refs/heads/main\nchange x" }],
  ["a branch that is not UTF-8", { branch: "refs/heads/\ufffd" }],
  ["a branch with half a character", { branch: "refs/heads/\ud800" }],
  ["a change in capitals", { change: "C".repeat(64) }],
  ["a change with its prefix", { change: `sha256:${"c".repeat(64)}` }],
  ["a change and a line end", { change: `${"c".repeat(64)}\n` }],
  ["an abbreviated parent", { parents: [oid("1", 12)] }],
  ["two parents in one", { parents: [oid("1"), `${oid("1")} ${oid("2")}` as ObjectId] }],
  ["an author of two lines", { author: "bob@acme.example\ncosigner eve@acme.example" }],
  ["an author with a carriage return", { author: "bob@acme.example\r" }],
  ["an author with a line separator", { author: "bob@acme.example\u2028" }],
  ["an author with a NUL", { author: "bob@acme.example\0" }],
  ["an author that is not UTF-8", { author: "b\ufffd@acme.example" }],
  ["a co-signer of two lines", { cosigner: "ada@acme.example\ntime x" }],
  ["an empty co-signer", { cosigner: "" }],
  ["a co-signer with a blank", { cosigner: "ada @acme.example" }],
  ["a time in another zone", { time: "2026-11-23T10:00:00+01:00" }],
  ["a time with a fraction", { time: "2026-11-23T10:00:00.000Z" }],
  ["a time and a line end", { time: "2026-11-23T10:00:00Z\n" }],
])("refuses %s", (_name, changes) => {
  expect(() => formatPayload({ ...PAYLOAD, ...changes })).toThrow(/^nothing can be signed: /);
});
