import { detectProvenance, parseCommit, parseObjectId } from "@countersign/core";
import { encodeBase64, encodeText } from "@countersign/core/internal";
import { describe, expect, it } from "vitest";
import { logEntryOf } from "./log-entry.ts";
import type { LogEntry } from "./log-entry-schema.ts";
import { formatLogEntry, type LogLayout } from "./log-text.ts";

const OID = parseObjectId("1f".repeat(20));

function entryOf(bytes: Uint8Array): LogEntry {
  const raw = { oid: OID, size: bytes.length, bytes };
  const commit = parseCommit(raw);
  return logEntryOf(raw, { commit, provenance: detectProvenance(commit), claims: [] });
}

function entry(message: string, author = "Bob Builder <bob@acme.example>"): LogEntry {
  return entryOf(encodeText(`tree ${OID}\nauthor ${author} 1 +0000\ncommitter C <c@x> 1 +0000\n\n${message}`));
}

const AGENT = "Co-authored-by: Claude <noreply@anthropic.com>";

describe("a commit in the log", () => {
  it("has the fields that are published, in their order", () => {
    const found = entry(`Retry uploads\n\n${AGENT}\nCo-signed-by: Ada <ADA@acme.example>\n`);
    expect(Object.keys(found)).toEqual(["oid", "subject", "author", "state", "class", "agents", "evidence", "cosigns"]);
    expect(found).toMatchObject({
      oid: OID,
      subject: "Retry uploads",
      author: { name: "Bob Builder", email: "bob@acme.example" },
      state: "assisted",
      class: "authored",
      agents: ["claude-code"],
      evidence: [{ kind: "trailer", agent: "claude-code", where: "line 3", text: AGENT, strength: "strong" }],
      cosigns: [{ email: "ada@acme.example", proof: "declared", valid: true }],
    });
  });

  it.each<[what: string, message: string, part: object]>([
    ["undeclared", "Fix\n", { state: "undeclared", class: null, agents: [], evidence: [], cosigns: [] }],
    [
      "declared to be a person's work",
      "Fix\n\nAssisted-by: none\n",
      { state: "declared-human", class: null, agents: [] },
    ],
    [
      "with a co-sign that is none",
      "Fix\n\nCo-signed-by: Ada\n",
      { cosigns: [{ email: null, proof: "declared", valid: false }] },
    ],
  ])("may be %s", (_, message, part) => {
    expect(entry(message)).toMatchObject(part);
  });

  it("has its bytes in base64 beside what is not UTF-8, and nowhere else", () => {
    const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
    const head = `tree ${OID}\nauthor J\xfcrgen <j@x> 1 +0000\ncommitter C <c@x> 1 +0000\n\n`;
    const read = (text: string) => entryOf(latin(text));
    expect(read(`${head}gr\xfcn\n\nb\xf6dy\n`)).toMatchObject({
      subject: "gr\ufffdn",
      author: { name: "J\ufffdrgen", email: "j@x" },
      raw: { subject: encodeBase64(latin("gr\xfcn")), author: encodeBase64(latin("J\xfcrgen <j@x> 1 +0000")) },
    });
    expect(read(head.replace("\xfc", "ue")).raw).toBeUndefined();
    expect(entry("really U+FFFD: \ufffd\n").raw).toBeUndefined();
  });

  it.each<[message: string, line: string]>([
    ["Fix\n", "1f1f1f1f1f1f -                       Fix"],
    ["Fix\n\nAssisted-by: none\n", "1f1f1f1f1f1f human                   Fix"],
    [`Fix\n\n${AGENT}\n`, "1f1f1f1f1f1f assisted claude-code    Fix"],
    [
      `Fix\n\n${AGENT}\nCo-signed-by: Ada <ada@x>\n`,
      "1f1f1f1f1f1f assisted claude-code    Fix [co-signed by ada@x (declared)]",
    ],
    [`Fix\n\n${AGENT}\nCo-signed-by: Ada\n`, "1f1f1f1f1f1f assisted claude-code    Fix [no valid co-sign]"],
    [
      `Fix\n\n${AGENT}\nCo-signed-by: Ada\nCo-signed-by: Ada <ada@x>\n`,
      "1f1f1f1f1f1f assisted claude-code    Fix [co-signed by ada@x (declared); another is not valid]",
    ],
    ["\u001b[2K::error::\r\n", "1f1f1f1f1f1f -                       \\u{1b}[2K::error::\\u{d}"],
    ["", "1f1f1f1f1f1f -                       "],
  ])("%j is one line", (message, line) => {
    expect(formatLogEntry(entry(message))).toBe(line);
  });

  it.each<[what: string, layout: LogLayout, text: string]>([
    ["a date", { time: 1_769_860_800 }, "1f1f1f1f1f1f 2026-01-31 assisted claude-code    Retry uploads"],
    ["its author", { author: true }, "1f1f1f1f1f1f Bob Builder      assisted claude-code    Retry uploads"],
    ["its branch", { branch: "topic" }, "1f1f1f1f1f1f topic            assisted claude-code    Retry uploads"],
    [
      "what fits on a terminal",
      { terminal: true, time: 1_769_860_800, author: true, branch: "topic" },
      "1f1f1f1f1f1f 2026-01-31 Bob Builder    claude-code   Retry uploads\n    on topic",
    ],
  ])("is shown with %s", (_, layout, text) => {
    expect(formatLogEntry(entry(`Retry uploads\n\n${AGENT}\n`), layout)).toBe(text);
  });

  it("is no wider than 80 columns on a terminal, whatever people and branches are called", () => {
    const found = entry(
      `${"Retry ".repeat(30)}\n\n${AGENT}\nCo-signed-by: Ada <ada@${"x".repeat(30)}.example>\nCo-signed-by: Grace <grace@acme.example>\n`,
      `${"Bob ".repeat(9)}<bob@acme.example>`,
    );
    const text = formatLogEntry(found, { terminal: true, time: 0, author: true, branch: "feature/".repeat(8) });
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(text).toContain("grace@acme.example (declared)");
  });
});
