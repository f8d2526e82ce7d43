import { describe, expect, it } from "vitest";
import { encodeText, joinBytes } from "../bytes.ts";
import { encodeBase64 } from "../ssh/base64.ts";
import { wireString } from "../ssh/wire.ts";
import { isReadableEncoding, readCosigns } from "./trailer.ts";

const BASE = "5".repeat(40);
const TIME = "2026-11-23T10:00:00Z";

/** A signature that is well-formed and verifies nothing. */
function blob(fill: number): string {
  const key = joinBytes([wireString("ssh-ed25519"), wireString(new Uint8Array(32).fill(7))]);
  const value = joinBytes([wireString("ssh-ed25519"), wireString(new Uint8Array(64).fill(fill))]);
  const fields = [key, "countersign@v1", "", "sha512", value].map(wireString);
  return encodeBase64(joinBytes([encodeText("SSHSIG"), Uint8Array.of(0, 0, 0, 1), ...fields]));
}

const BLOB = blob(1);
const ADA = "Co-signed-by: Ada <ada@x>";
const SIGNED = `Co-signature: ada@x ${TIME} ${BASE} <bob@x> ${BLOB}`;

function read(...trailers: readonly string[]) {
  return readCosigns({ message: encodeText(`Subject\n\n${trailers.join("\n")}\n`) });
}

describe("a signature in a message", () => {
  it("belongs to the co-sign of its address, with all that it says", () => {
    const { claims, refused } = read(ADA, SIGNED);
    expect(refused).toEqual([]);
    expect(claims).toHaveLength(1);
    const [signature] = claims[0]?.signatures ?? [];
    expect(signature).toMatchObject({ time: TIME, base: BASE, authors: ["bob@x"] });
    expect(Object.keys(signature ?? {}).sort()).toEqual(["authors", "base", "signature", "time"]);
    expect(encodeBase64(signature?.signature.blob ?? new Uint8Array())).toBe(BLOB);
  });

  it("may stand above the co-sign, in another case, folded, and over the work of several", () => {
    const folded = `Co-signature: ADA@X ${TIME} - <bob@x> <eve y@x> ${BLOB.slice(0, 70)}\n ${BLOB.slice(70)}`;
    const { claims } = read(folded, ADA);
    expect(claims[0]?.signatures).toMatchObject([{ base: undefined, authors: ["bob@x", "eve y@x"] }]);
  });

  it("counts once, however often it is repeated, and others of the same address beside it", () => {
    const other = `Co-signature: ada@x ${TIME} ${BASE} <bob@x> ${blob(2)}`;
    expect(read(ADA, SIGNED, SIGNED, other).claims[0]?.signatures).toHaveLength(2);
  });

  it("without a co-sign of its address is refused on its line, and so is each of several", () => {
    const other = SIGNED.replace("ada@x", "eve@x");
    const { claims, refused } = read("Co-signed-by: Jim <jim@x>", SIGNED, other);
    expect(claims[0]?.signatures).toEqual([]);
    expect(refused).toMatchObject([
      {
        code: "COSIGN_INVALID",
        where: { line: 4 },
        problem: expect.stringContaining("without a Co-signed-by line of ada@x"),
      },
      { code: "COSIGN_INVALID", where: { line: 5 }, problem: expect.stringContaining("eve@x") },
    ]);
  });

  it.each<[value: string, problem: RegExp]>([
    [`${TIME} ${BASE} <bob@x> ${BLOB}`, /must be an address, a time, a base/],
    [`ada@x ${TIME} <bob@x> ${BLOB}`, /must be an address/],
    [`ada@x ${TIME} ${BASE} more <bob@x> ${BLOB}`, /must be an address/],
    [`ada@x ${TIME} ${BASE} ${BLOB}`, /must be an address/],
    [`ada@x ${TIME} ${BASE} <bob@x <eve@x> ${BLOB}`, /must be an address/],
    [`ada@x ${TIME} ${BASE} <bob@x> <e<ve@x> ${BLOB}`, /must be an address/],
    [`ada@x ${TIME} ${BASE} <bob@x ${BLOB}`, /not canonical base64/],
    [`äda@x ${TIME} ${BASE} <bob@x> ${BLOB}`, /must be an address/],
    [`adä@x ${TIME} ${BASE} <bob@x> ${BLOB}`, /must be an address/],
    [`ada@x 2026-11-23 ${BASE} <bob@x> ${BLOB}`, /must be in UTC/],
    [`ada@x 2026-13-23T10:00:00Z ${BASE} <bob@x> ${BLOB}`, /must be in UTC/],
    [`ada@x ${TIME} ${BASE.slice(1)} <bob@x> ${BLOB}`, /must be a full commit id/],
    [`ada@x ${TIME} ${BASE} <bob@x> ${BLOB.slice(1)}`, /not canonical base64/],
    [`ada@x ${TIME} ${BASE} <bob@x> AAAA`, /its signature is not an OpenSSH signature/],
  ])("is refused where it is written as %j", (value, problem) => {
    const { claims, refused } = read(ADA, `Co-signature: ${value}`);
    expect(claims[0]?.signatures).toEqual([]);
    expect(refused).toMatchObject([
      { code: "COSIGN_INVALID", where: { line: 4 }, problem: expect.stringMatching(problem) },
    ]);
  });
});

describe("what stands beside a co-sign", () => {
  it("and only looks like one is pointed out on its line", () => {
    const { claims, refused } = readCosigns({ message: encodeText(`S\n\n${ADA}\n\nText\n\n${ADA}\n`) });
    expect(claims).toHaveLength(1);
    expect(refused).toMatchObject([{ code: "COSIGN_MISPLACED", where: { carrier: "trailer", line: 3 } }]);
  });

  it("and makes git's commands disagree refuses it, a signature too", () => {
    const { claims, refused } = readCosigns({ message: encodeText(`S\n\n${ADA}\n---\n\nK: v\n${ADA}\n`) });
    expect(claims).toEqual([]);
    expect(refused.at(-1)).toMatchObject({
      code: "COSIGN_MISPLACED",
      where: { line: 7 },
      problem: expect.stringMatching(/---/),
    });
    const split = readCosigns({ message: encodeText(`S\n\n${ADA}\n${SIGNED}\n--- x\n`) });
    expect(split.claims).toEqual([]);
  });

  it("and makes git's commands disagree leaves a signature without a co-sign refused for that", () => {
    const { claims, refused } = readCosigns({ message: encodeText(`S\n\nBody\n---\n\n${SIGNED}\n`) });
    expect(claims).toEqual([]);
    expect(refused).toMatchObject([{ code: "COSIGN_INVALID", where: { line: 6 } }]);
  });

  it("may be a line of dashes below it that only other trailers stand behind", () => {
    const message = `S\n\n${ADA}\nSigned-off-by: B <b@x>\n---\nTested-by: C\n`;
    expect(readCosigns({ message: encodeText(message) })).toMatchObject({ claims: [{ email: "ada@x" }], refused: [] });
  });

  it("may be a line of dashes where git's commands agree all the same", () => {
    const message = encodeText(`S\n\n---- cut ----\n\nReviewed-by: B\n${ADA}\n`);
    expect(readCosigns({ message })).toMatchObject({ claims: [{ email: "ada@x" }], refused: [] });
  });

  it("may be as long as the limit allows", () => {
    const name = "a".repeat(8 * 1024 - " <ada@x>".length);
    expect(read(`Co-signed-by: ${name} <ada@x>`).claims).toHaveLength(1);
    expect(read(`Co-signed-by: ${name}a <ada@x>`).refused).toMatchObject([
      { problem: expect.stringMatching(/8193 bytes/) },
    ]);
  });
});

it.each([
  [undefined, true],
  ["UTF-8", true],
  ["utf8", true],
  ["us-ascii", true],
  ["ISO-8859-15", true],
  ["iso88591", true],
  ["latin1", true],
  ["latin-9", true],
  ["windows-1252", true],
  ["windows1252", true],
  ["cp1251", true],
  ["utf-8x", false],
  ["xutf-8", false],
  ["x-iso-8859-1", false],
  ["iso-8859-1x", false],
  ["utf-16", false],
  ["shift_jis", false],
  ["utf-7", false],
])("a co-sign in a message with the encoding %s can be read without doubt: %s", (encoding, readable) => {
  expect(isReadableEncoding(encoding)).toBe(readable);
});
