import { escapeText } from "@countersign/report";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { NAUGHTY, NO_TEXT } from "../rig/text/naughty-text.ts";
import { readXml } from "../rig/text/read-xml.ts";
import { CLAUDE, openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

// Every text as the subject, the author's name, the co-signer's name and an agent's, each in a commit of its own, in one
// branch that is reported in every form.

const TEXTS: readonly Buffer[] = [...NAUGHTY.map((text) => Buffer.from(text)), ...NO_TEXT.map(([, bytes]) => bytes)];

let world: PushWorld;
let tip: string;
/** The ids of the commits, in the order of the texts. */
const ids: string[] = [];

beforeAll(() => {
  world = openPushWorld();
  const { dev } = world;
  const tree = dev.oid("HEAD^{tree}");
  tip = dev.oid("HEAD");
  for (const text of TEXTS) {
    const lines = [
      `tree ${tree}\nparent ${tip}\nauthor `,
      text,
      ` <bob@acme.example> 1700000000 +0000\ncommitter Bob <bob@acme.example> 1700000000 +0000\n\n`,
      text,
      `\n\n${CLAUDE}\nCo-signed-by: `,
      text,
      " <eve@elsewhere.example>\nAssisted-by: ",
      text,
      "\n",
    ];
    tip = dev.writeCommit(Buffer.concat(lines.map((line) => (typeof line === "string" ? Buffer.from(line) : line))));
    ids.push(tip);
  }
});
afterAll(() => world[Symbol.dispose]());

/** What is printed in a form; nothing else may be, and nothing that a terminal acts upon. */
function report(format: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = countersign(world.dev, ["check", tip, "--format", format, ...args]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  return stdout;
}

/** A subject is the first line that is not empty, cut behind a whole character where it is very long. */
function expectSubject(subject: Buffer, text: Buffer): void {
  const line = text.length === 0 ? Buffer.from(CLAUDE) : text;
  expect(subject.toString("hex")).toBe(line.toString("hex", 0, subject.length));
  expect(subject.length).toBeGreaterThanOrEqual(Math.min(line.length, 1021));
}

/** A name ends at the first `<`, and blanks around it are none of it. */
function nameOf(text: Buffer): string {
  return (text.toString("latin1").split("<")[0] ?? "").replace(/^[ \t\r]+|[ \t\r]+$/g, "");
}

interface Judged {
  readonly commit: string;
  readonly subject: string;
  readonly raw?: { readonly subject: string };
}

describe("whatever others write", () => {
  it("as JSON comes back byte for byte", () => {
    const judged: readonly Judged[] = JSON.parse(report("json")).updates[0].judged;
    const found = new Map(judged.map((one) => [one.commit, one]));
    for (const [index, text] of TEXTS.entries()) {
      const { subject = "", raw } = found.get(ids[index] ?? "") ?? {};
      expectSubject(raw ? Buffer.from(raw.subject, "base64") : Buffer.from(subject), text);
      expect(raw !== undefined).toBe(index >= NAUGHTY.length);
    }
  });

  it("as lines of the log comes back byte for byte", () => {
    const { status, stdout, stderr } = countersign(world.dev, ["log", `origin/main..${tip}`, "--format", "jsonl"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    const entries = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(entries).toHaveLength(TEXTS.length);
    for (const [index, text] of TEXTS.entries()) {
      const { subject, author, raw } = entries.find(({ oid }) => oid === ids[index]);
      expectSubject(raw?.subject ? Buffer.from(raw.subject, "base64") : Buffer.from(subject), text);
      const line = raw?.author ? Buffer.from(raw.author, "base64") : Buffer.from(`${author.name} <`);
      expect(line.toString("latin1")).toContain(nameOf(text));
    }
  });

  it("as text begins no line with a command of a CI system", () => {
    for (const text of [report("text"), report("text", "--verbose"), report("markdown")]) {
      expect(text).not.toMatch(/^\s*(?:::|##(?:vso|\[))/m);
    }
  });

  it("as SARIF is one result for each finding, with neither links nor markup", () => {
    const { results } = JSON.parse(report("sarif")).runs[0];
    for (const oid of ids) {
      const own = results.filter(
        (one: { locations: [{ logicalLocations: [{ name: string }] }] }) =>
          one.locations[0].logicalLocations[0].name === oid,
      );
      expect(own.length).toBeGreaterThan(0);
      for (const { message } of own) expect(message.text).not.toContain("](");
    }
  });

  it("as workflow commands is data of our own commands", () => {
    const lines = report("github").trimEnd().split("\n");
    expect(lines).toHaveLength(10);
    for (const line of lines) expect(line).toMatch(/^::error [^:]*::[^\r\n]+$/);
  });

  it("as Code Quality has a fingerprint for each", () => {
    const issues: { fingerprint: string; description: string }[] = JSON.parse(report("gitlab"));
    expect(issues.length).toBeGreaterThanOrEqual(TEXTS.length);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  });

  it("as JUnit is well-formed XML with one test case for each commit", () => {
    const [suite] = readXml(report("junit")).children;
    const names = suite?.children.filter(({ name }) => name === "testcase").map(({ attributes }) => attributes["name"]);
    for (const [index, text] of NAUGHTY.entries()) {
      const shown = escapeText(text === "" ? CLAUDE : text, 72);
      const expected = `${ids[index]?.slice(0, 12)} "${shown}"`.replace(
        /[\ufffe\uffff]/g,
        (character) => `\\u{${character.charCodeAt(0).toString(16)}}`,
      );
      expect(names).toContain(expected);
    }
  });

  it("as Markdown stands in code and breaks no table", () => {
    const rows = report("markdown")
      .split("\n")
      .filter((line) => line.startsWith("| "));
    expect(rows).toHaveLength(TEXTS.length + 2);
    for (const row of rows) expect(row.split("|")).toHaveLength(6);
  });
});
