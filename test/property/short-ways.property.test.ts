import { formatJson, formatLogLine, type LogEntry } from "@countersign/report";
import fc from "fast-check";
import { expect, it } from "vitest";
import { mentionsCosign } from "../../packages/core/src/cosign/near-miss.ts";
import { parseCommit } from "../../packages/core/src/object/commit.ts";
import type { ObjectId } from "../../packages/core/src/object/oid.ts";

/** Text of pieces that matter, in any order and case. */
function textOf(pieces: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.constantFrom(...pieces.map((piece) => piece.toUpperCase()))), {
      maxLength: 12,
    })
    .map((parts) => parts.join(""));
}

it("ASCII text mentions a co-sign where a plain search finds one", () => {
  const text = textOf([..."cosign rsig-_\n", "co", "sign", "co-", "cosig", "rsign", "signed-by", "\0"]);
  fc.assert(
    fc.property(text, (message) => {
      expect(mentionsCosign(Buffer.from(message))).toBe(/co[-_ ]?sign|rsign/i.test(message));
    }),
    { numRuns: 20_000 },
  );
});

const OID = "1a410efbd13591db07496601ebc7a059dd55cfe9" as ObjectId;

it("a commit reads alike with a header that means nothing, which no short way knows", () => {
  const line = fc.oneof(
    fc.constantFrom(`tree ${OID}`, `parent ${OID}`, "author A <a@x> 1 +0000", "committer B <b@x> 2 +0000"),
    fc.constantFrom(
      `tree ${OID}0`,
      `parent ${OID.slice(1)}`,
      `parent ${OID.toUpperCase()}`,
      `parent ${"0".repeat(64)}`,
    ),
    fc.constantFrom(
      "author ",
      "author",
      "committer",
      "committer \0",
      "author A\r",
      " <c@x>",
      "",
      "encoding x",
      "\u00e4 x",
    ),
  );
  const ordered = fc
    .tuple(fc.nat(3), fc.array(fc.tuple(fc.nat(5), line), { maxLength: 1 }))
    .map(([parents, changes]) => {
      const lines = [
        `tree ${OID}`,
        ...Array<string>(parents).fill(`parent ${OID}`),
        "author A <a@x> 1 +0000",
        "committer B <b@x> 2 +0000",
      ];
      for (const [at, changed] of changes) lines.splice(at, at % 2, changed);
      return lines;
    });
  const lines = fc.oneof(ordered, fc.array(line, { maxLength: 6 }));
  const message = fc.constantFrom("", "\n", "\nSubject\n", "\n\nx", "\nx\0", "\n\ufeffx");
  fc.assert(
    fc.property(lines, message, (headers, text) => {
      const read = (more: readonly string[]) => {
        const bytes = Buffer.from(`${[...headers, ...more].join("\n")}\n${text}`);
        const { message, malformed, ...commit } = parseCommit({ oid: OID, size: bytes.length, bytes });
        return { ...commit, malformed: malformed !== undefined, message: Buffer.from(message).toString() };
      };
      // Behind an empty line it would stand in the message.
      fc.pre(!headers.includes("") && headers.length > 0 && text !== "");
      expect(read([])).toEqual(read(["x-nothing y"]));
    }),
    { numRuns: 20_000 },
  );
});

it("a line of the log is the JSON of its entry, in characters that every terminal shows", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string());
  const bare = fc.record({
    oid: fc.constant<string>(OID),
    subject: text,
    author: fc.record({ name: text, email: text }),
    state: fc.constantFrom("undeclared" as const, "declared-human" as const, "assisted" as const),
    class: fc.constantFrom(null, "authored" as const),
    agents: fc.constantFrom([], ["codex"]),
    evidence: fc.constant([]),
    cosigns: fc.constantFrom([], [{ email: null, proof: "declared" as const, valid: false }]),
  });
  fc.assert(
    fc.property(bare, fc.constantFrom({}, { raw: { subject: "eA==" } }), (fields, raw) => {
      const entry: LogEntry = { ...fields, ...raw };
      const line = formatLogLine(entry);
      expect(line).toBe(formatJson(entry));
      expect(JSON.parse(line)).toEqual(entry);
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<]/u);
    }),
    { numRuns: 5000 },
  );
});
