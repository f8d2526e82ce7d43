import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BatchParser, type StoredObject } from "../../packages/git/src/repository/batch-parser.ts";

/** What git prints for one request. */
type Answer =
  | { readonly missing: true }
  | { readonly missing: false; readonly oid: string; readonly type: string; readonly body: Buffer };

const oid = fc.stringMatching(/^[0-9a-f]{40}$/);
/** Bodies that hold what the format is made of: line feeds, headers, the word that tells an absent object. */
const body = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom("\n", " missing\n", `${"0".repeat(40)} blob 3\n`).map((text) => Buffer.from(text)),
    ),
    { maxLength: 6 },
  )
  .map((parts) => Buffer.concat(parts));
const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.constant({ missing: true as const }),
  fc.record({
    missing: fc.constant(false as const),
    oid,
    type: fc.constantFrom("commit", "tree", "blob", "tag"),
    body,
  }),
);

function print(found: Answer): Buffer {
  if (found.missing) return Buffer.from(`${"1".repeat(40)} missing\n`);
  return Buffer.concat([
    Buffer.from(`${found.oid} ${found.type} ${found.body.length}\n`),
    found.body,
    Buffer.from("\n"),
  ]);
}

/** Cuts bytes at these places, each a share of the whole. */
function chunk(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [...cuts.map((share) => Math.floor(share * bytes.length)), bytes.length].sort((a, b) => a - b);
  return at.map((end, index) => bytes.subarray(at[index - 1] ?? 0, end));
}

function parse(chunks: readonly Buffer[], limit = Number.POSITIVE_INFINITY): (StoredObject | undefined)[] {
  const parser = new BatchParser(() => limit);
  return chunks.flatMap((bytes) => [...parser.parse(bytes)]);
}

function kept(found: Answer, limit = Number.POSITIVE_INFINITY): unknown {
  if (found.missing) return undefined;
  return { oid: found.oid, type: found.type, size: found.body.length, bytes: found.body.subarray(0, limit) };
}

function plain(objects: readonly (StoredObject | undefined)[]): unknown[] {
  return objects.map((object) => object && { ...object, bytes: Buffer.from(object.bytes) });
}

const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe("the output of git cat-file", () => {
  it("gives the same objects however it is cut into chunks", () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 8 }), shares, (answers, cuts) => {
        const chunks = chunk(Buffer.concat(answers.map(print)), cuts);
        expect(plain(parse(chunks))).toEqual(answers.map((found) => kept(found)));
      }),
      { numRuns: 2000, seed: 20261123 },
    );
  });

  it("gives the same objects byte by byte", () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 4 }), (answers) => {
        const bytes = Buffer.concat(answers.map(print));
        const single = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
        expect(plain(parse(single))).toEqual(answers.map((found) => kept(found)));
      }),
      { numRuns: 300, seed: 20261123 },
    );
  });

  it("keeps no more bytes than the limit, and tells the true size", () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 6 }), shares, fc.nat(30), (answers, cuts, limit) => {
        const chunks = chunk(Buffer.concat(answers.map(print)), cuts);
        expect(plain(parse(chunks, limit))).toEqual(answers.map((found) => kept(found, limit)));
      }),
      { numRuns: 2000, seed: 20261123 },
    );
  });

  it("gives an object only once its last byte has come", () => {
    const bytes = print({ missing: false, oid: "a".repeat(40), type: "blob", body: Buffer.from("hello") });
    expect(parse([bytes.subarray(0, -1)])).toEqual([]);
    expect(parse([bytes.subarray(0, -1), bytes.subarray(-1)])).toHaveLength(1);
  });

  it("takes objects named by 64 digits", () => {
    const [object] = parse([Buffer.from(`${"a".repeat(64)} blob 0\n\n`)]);
    expect(object).toMatchObject({ oid: "a".repeat(64), size: 0 });
  });

  it.each([
    `${"a".repeat(40)} blob\n`,
    `${"a".repeat(40)} blob -1\n`,
    `${"a".repeat(40)} blob 1x\n`,
    "fatal: no\n",
    "\n",
    "abc blob 1\n",
  ])("is not guessed at where it reads %j", (line) => {
    expect(() => parse([Buffer.from(line)])).toThrow(expect.objectContaining({ name: "CountersignError" }));
  });

  it("limits each object by what was asked for it", () => {
    const limits = [1, 3];
    const parser = new BatchParser(() => limits[0] ?? 0);
    const bytes = Buffer.concat(
      ["hello", "world"].map((text) =>
        print({ missing: false, oid: "a".repeat(40), type: "blob", body: Buffer.from(text) }),
      ),
    );
    const found: string[] = [];
    for (const object of parser.parse(bytes)) {
      found.push(Buffer.from(object?.bytes ?? []).toString());
      limits.shift();
    }
    expect(found).toEqual(["h", "wor"]);
  });
});
