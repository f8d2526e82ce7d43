import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { readCosigns } from "./trailer.ts";

function cosigns(message: string | Uint8Array, encoding?: string) {
  return readCosigns({
    message: typeof message === "string" ? encodeText(message) : message,
    ...(encoding === undefined ? {} : { encoding }),
  });
}

/** A message whose only trailer is a co-sign with this value. */
function valued(value: string | readonly number[], encoding?: string) {
  const head = encodeText("Retry uploads\n\nCo-signed-by:");
  const bytes = typeof value === "string" ? encodeText(value) : value;
  return cosigns(Uint8Array.from([...head, ...bytes, 0x0a]), encoding);
}

function place(line: number) {
  return { carrier: "trailer", line };
}

function claim(name: string, email: string, line = 3) {
  return { name, email, signatures: [], where: place(line) };
}

function expectInvalid(result: ReturnType<typeof cosigns>, problem: RegExp): void {
  expect(result).toEqual({
    claims: [],
    refused: [{ code: "COSIGN_INVALID", where: place(3), problem: expect.stringMatching(problem) }],
  });
}

describe("a co-sign", () => {
  it.each<[value: string, name: string, email: string]>([
    [" Ada Lovelace <ada@acme.example>", "Ada Lovelace", "ada@acme.example"],
    ["Ada<ada@x>", "Ada", "ada@x"],
    [" Ada   <ADA@Acme.Example>  ", "Ada", "ada@acme.example"],
    [" Žofie Ñandú <z@x>", "Žofie Ñandú", "z@x"],
    [" 山田太郎 <y@x>", "山田太郎", "y@x"],
    [' "Lovelace, Ada" <ada@x>', '"Lovelace, Ada"', "ada@x"],
    [" Ada (she) <ada+work@x>", "Ada (she)", "ada+work@x"],
    [" Ada <constructor>", "Ada", "constructor"],
    [" Ada\n <ada@x>", "Ada", "ada@x"],
    [" Ada <ada@x>\r", "Ada", "ada@x"],
  ])("is read in %j", (value, name, email) => {
    expect(valued(value)).toEqual({ claims: [claim(name, email)], refused: [] });
  });

  it("is found under any spelling of its key that git takes for the same", () => {
    const { claims } = cosigns("S\n\nco-SIGNED-by : A <a@x>\nCO-SIGNED-BY:B <b@x>\n");
    expect(claims).toEqual([claim("A", "a@x", 3), claim("B", "b@x", 4)]);
  });

  it("is one, where its line stands there twice", () => {
    expect(cosigns("S\n\nCo-signed-by: A <a@x>\nCo-signed-by: Anna <A@X>\n").claims).toEqual([claim("A", "a@x", 3)]);
  });

  it("is the same in a message with carriage returns", () => {
    const message = "S\n\nBody\n\nAssisted-by: Claude\nCo-signed-by: Ada <ada@x>\n";
    expect(cosigns(message.replaceAll("\n", "\r\n"))).toEqual(cosigns(message));
    expect(cosigns(message).claims).toEqual([claim("Ada", "ada@x", 6)]);
  });

  it("is none in another trailer's value", () => {
    expect(cosigns("S\n\nReviewed-by: B\n Co-signed-by: A <a@x>\n").claims).toEqual([]);
    expect(cosigns("S\n\nReviewed-by: B\u2028Co-signed-by: A <a@x>\n").claims).toEqual([]);
    expect(cosigns("S\n\nReviewed-by: B\rCo-signed-by: A <a@x>\n").claims).toEqual([]);
  });

  it("is nowhere in a message that does not speak of one", () => {
    expect(cosigns("Retry uploads\n\nSigned-off-by: Ada <ada@x>\n")).toEqual({ claims: [], refused: [] });
  });
});

describe("a value that is not one name and one address is refused", () => {
  const shape = /one name and one address/;

  it.each<[what: string, value: string]>([
    ["nothing", ""],
    ["blanks", "   "],
    ["an address alone", " ada@x"],
    ["an address in brackets alone", " <ada@x>"],
    ["a name alone", " Ada"],
    ["an empty address", " Ada <>"],
    ["two addresses", " Ada <ada@x> <bob@x>"],
    ["two people", " Ada <ada@x>, Bob <bob@x>"],
    ["a comment behind", " Ada <ada@x> (c)"],
    ["text behind", " Ada <ada@x> and Bob"],
    ["an open bracket", " Ada <ada@x"],
    ["a bracket that only closes", " Ada ada@x>"],
    ["nested brackets", " Ada <<ada@x>>"],
    ["blanks for a name", " \u00a0 <ada@x>"],
  ])("with %s", (_, value) => {
    expectInvalid(valued(value), shape);
  });

  it.each<[what: string, value: string, problem: RegExp]>([
    ["a blank in the address", " Ada <ada @x>", /printable ASCII/],
    ["blanks around the address", " Ada < ada@x >", /printable ASCII/],
    ["a Cyrillic letter in the address", " Ada <\u0430da@x>", /printable ASCII/],
    ["a full-width at sign", " Ada <ada\uff20x>", /printable ASCII/],
    ["a zero-width space in the address", " Ada <ada\u200b@x>", /control or invisible/],
    ["a soft hyphen in the address", " Ada <a\u00adda@x>", /control or invisible/],
    ["a name of a zero-width space", " \u200b <ada@x>", /control or invisible/],
    ["a name that runs from right to left", " \u202eadA <ada@x>", /control or invisible/],
    ["an isolate in the name", " A\u2066da <ada@x>", /control or invisible/],
    ["a byte order mark", " \ufeffAda <ada@x>", /control or invisible/],
    ["an escape sequence", " A\u001b[31mda <ada@x>", /control or invisible/],
    ["a carriage return inside", " Ada\rEve <ada@x>", /control or invisible/],
    ["a tab inside", " Ada\tB <ada@x>", /control or invisible/],
    ["a C1 control character", " Ada\u009b <ada@x>", /control or invisible/],
    ["a line separator", " Ada\u2028 <ada@x>", /control or invisible/],
    ["tag characters", " Ada\u{e0041} <ada@x>", /control or invisible/],
    ["9 KiB", ` ${"A".repeat(9 * 1024)} <ada@x>`, /the limit is 8192/],
  ])("with %s", (_, value, problem) => {
    expectInvalid(valued(value), problem);
  });

  it.each<[what: string, bytes: readonly number[]]>([
    ["a byte that no UTF-8 has", [...encodeText(" A"), 0xff, ...encodeText(" <ada@x>")]],
    ["Latin-1 without a word of it", [...encodeText(" Ren"), 0xe9, ...encodeText(" <r@x>")]],
    ["half a surrogate pair", [...encodeText(" A"), 0xed, 0xa0, 0x80, ...encodeText(" <ada@x>")]],
  ])("with %s", (_, bytes) => {
    expectInvalid(valued(bytes), /not valid UTF-8/);
  });
});

describe("an encoding header", () => {
  const latin1 = [...encodeText(" Ren"), 0xe9, ...encodeText(" <r@x>")];

  it.each(["ISO-8859-1", "iso8859-15", "latin1", "LATIN-1", "windows-1252", "cp1251", "CP-1250"])(
    "of %s keeps the meaning of an address",
    (encoding) => {
      expect(valued(latin1, encoding).claims).toEqual([claim("Ren\ufffd", "r@x")]);
    },
  );

  it.each(["UTF-8", "utf8", "us-ascii"])("of %s asks for UTF-8", (encoding) => {
    expect(valued(" Ada <ada@x>", encoding).claims).toHaveLength(1);
    expectInvalid(valued(latin1, encoding), /not valid UTF-8/);
  });

  // In these the bytes of an address can mean another one.
  it.each(["IBM037", "UTF-16", "UTF-7", "Shift_JIS", "ISO-2022-JP", "GB18030", "nonsense", "", "ISO-8859-1\nUTF-8"])(
    "of %j makes a co-sign unreadable",
    (encoding) => {
      const { claims, refused } = valued(" Ada <ada@x>", encoding);
      expect(claims).toEqual([]);
      expect(refused).toEqual([expect.objectContaining({ code: "COSIGN_INVALID", where: place(3) })]);
    },
  );
});

describe("a line that begins with ---", () => {
  it("makes the co-signs doubtful that stand below it", () => {
    expect(cosigns("S\n\nBody\n---\n\nCo-signed-by: A <a@x>\n")).toEqual({
      claims: [],
      refused: [{ code: "COSIGN_MISPLACED", where: place(6), problem: expect.stringMatching(/disagree/) }],
    });
  });

  it("does no harm where it is longer, as in Markdown", () => {
    expect(cosigns("S\n\nBody\n-----\n\nCo-signed-by: A <a@x>\n").claims).toHaveLength(1);
  });
});
