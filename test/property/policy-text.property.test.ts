import fc from "fast-check";
import { expect, it } from "vitest";
import { parseAllDocuments, stringify } from "yaml";
import { readDocument } from "../../packages/core/src/policy/file/document.ts";

/** What ours makes of a text that it finds nothing wrong with. */
function read(text: string): unknown {
  const { value, problems } = readDocument(Buffer.from(text));
  return problems.length > 0 ? undefined : value;
}

/** What another parser makes of it, which differs in what it refuses. */
function readOtherwise(text: string): unknown {
  const documents = parseAllDocuments(text, { version: "1.2", schema: "core", uniqueKeys: true, logLevel: "silent" });
  const [document, second] = "empty" in documents ? [] : documents;
  return !document || second || document.errors.length > 0 ? undefined : document.toJS();
}

const word = fc.oneof(
  fc.constantFrom(
    "main",
    "release/*",
    "senior",
    "30d",
    "yes",
    "null",
    "true",
    "~",
    "1",
    "012",
    "- a",
    "a: b",
    "#x",
    "",
  ),
  fc
    .string({ unit: "grapheme", maxLength: 12 })
    .filter((text) => !/[\p{Surrogate}\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]/u.test(text)),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(word, fc.integer({ min: -9, max: 999 }), fc.boolean()),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(word, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const dress = fc.record({
  collectionStyle: fc.constantFrom("any", "block", "flow"),
  defaultStringType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE", "BLOCK_LITERAL", "BLOCK_FOLDED"),
  defaultKeyType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE"),
  indent: fc.integer({ min: 2, max: 5 }),
} as const);

it("a policy file says what was written, in whatever style", () => {
  fc.assert(
    fc.property(value, dress, fc.boolean(), (written, options, json) => {
      const text = json ? JSON.stringify(written, null, 2) : stringify(written, options);
      const { value, problems } = readDocument(Buffer.from(text));
      expect(problems).toEqual([]);
      expect(value).toEqual(written);
    }),
    { numRuns: 3000 },
  );
});

const piece = fc.constantFrom(
  ..."abc:-?,[]{}#&*!|>'\"%@`~=<+._0123eE \n\n".split(""),
  ..."\t,\r,\r\n,\ufeff,\u2028,\n- 'x' ,\n- [x] ,: ,- ,? ,  ,\n  ,\n- ,---\n,...\n,key: ,<<: ,|-\n,>\n,\\n,\\u0041,0o7,0x1,.inf,true,null,ä,\u{1f600}"
    .split(",")
    .filter((part) => part !== ""),
);

it("a text that two parsers accept means the same to both", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      const ours = read(text);
      // A policy is fields, and nothing else is ever taken for one.
      if (typeof ours !== "object" || Array.isArray(ours)) return;
      const theirs = readOtherwise(text);
      if (theirs !== undefined) expect([text, ours]).toEqual([text, theirs]);
    }),
    { numRuns: 50_000 },
  );
});
