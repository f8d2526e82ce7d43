import { describe, expect, it } from "vitest";
import { decodeText, encodeText } from "../bytes.ts";
import { parseTrailers } from "./parse.ts";

const COSIGN = "Co-signed-by: Ada <ada@x>";

function trailers(message: string): string[] {
  return parseTrailers(encodeText(message)).map(({ key, value }) => `${key}: ${decodeText(value)}`);
}

/** A message whose last paragraph has these lines. */
function below(...lines: readonly string[]): string[] {
  return trailers(["Subject", "", ...lines, ""].join("\n"));
}

describe("folding", () => {
  it.each<[what: string, lines: readonly string[], expected: readonly string[]]>([
    ["continues a value by a blank", ["Co-signed-by: Ada", " <ada@x>"], ["Co-signed-by: Ada <ada@x>"]],
    ["continues a value by a tab", ["Co-signed-by: Ada", "\t<ada@x>"], ["Co-signed-by: Ada <ada@x>"]],
    ["makes one space of all the blanks", ["K: a", " \t  b", "  c"], ["K: a b c"]],
    ["begins with an empty value", ["Co-signed-by:", " Ada <ada@x>"], ["Co-signed-by: Ada <ada@x>"]],
    ["swallows what looks like a trailer", ["Reviewed-by: B", ` ${COSIGN}`], [`Reviewed-by: B ${COSIGN}`]],
    ["does not begin a block", [` ${COSIGN}`], []],
    ["leaves no carriage return behind", ["Co-signed-by: Ada\r", " <ada@x>\r"], ["Co-signed-by: Ada <ada@x>"]],
    ["takes one carriage return for a part of the line's end", ["K: a\r\r", "\tb\r"], ["K: a\r b"]],
    ["leaves a carriage return within a line", ["K: a\rb", " c"], ["K: a\rb c"]],
  ])("%s", (_, lines, expected) => {
    expect(below(...lines)).toEqual(expected);
  });
});

describe("only a line feed ends a line", () => {
  it.each([
    ["carriage return", "\r"],
    ["line separator", "\u2028"],
    ["paragraph separator", "\u2029"],
    ["next line", "\u0085"],
    ["vertical tab", "\v"],
    ["form feed", "\f"],
  ])("and a %s does not", (_, character) => {
    expect(below(`Reviewed-by: B${character}${COSIGN}`)).toEqual([`Reviewed-by: B${character}${COSIGN}`]);
  });

  it.each([
    ["a vertical tab", "\v"],
    ["a form feed", "\f"],
    ["a no-break space", "\u00a0"],
    ["a byte order mark", "\ufeff"],
    ["a zero-width space", "\u200b"],
  ])("and a line of %s is no blank one", (_, character) => {
    expect(trailers(`Subject\n\nBody\n${character}\n${COSIGN}\n`)).toEqual([]);
  });

  it.each([
    ["blanks", "   "],
    ["tabs", "\t\t"],
    ["carriage returns", "\r"],
    ["all of these", " \t\r "],
  ])("and a line of %s is a blank one", (_, blank) => {
    expect(trailers(`Subject\n\nBody\n${blank}\n${COSIGN}\n`)).toEqual([COSIGN]);
  });
});

describe("a key", () => {
  it.each<[line: string, expected: string]>([
    ["Co-signed-by:Ada <ada@x>", COSIGN],
    ["Co-signed-by :Ada <ada@x>", COSIGN],
    ["Co-signed-by \t : Ada <ada@x>", COSIGN],
    ["CO-SIGNED-BY: Ada <ada@x>", "CO-SIGNED-BY: Ada <ada@x>"],
    ["Co-signed-by::Ada", "Co-signed-by: :Ada"],
    ["-: x", "-: x"],
    ["9: x", "9: x"],
    ["az-AZ-09: x", "az-AZ-09: x"],
    ["https://example.org", "https: //example.org"],
  ])("stands in %j", (line, expected) => {
    expect(below(line)).toEqual([expected]);
  });

  it.each<[what: string, line: string]>([
    ["an underscore", "Co_signed_by: Ada <ada@x>"],
    ["blanks", "Co signed by: Ada <ada@x>"],
    ["an equals sign", "Co-signed-by= Ada <ada@x>"],
    ["a no-break space before the colon", "Co-signed-by\u00a0: Ada <ada@x>"],
    ["a byte order mark before it", "\ufeffCo-signed-by: Ada <ada@x>"],
    ["a Cyrillic letter", "\u0421o-signed-by: Ada <ada@x>"],
    ["a soft hyphen", "Co\u00adsigned-by: Ada <ada@x>"],
    ["a full-width colon", "Co-signed-by\uff1a Ada <ada@x>"],
    ["a full stop", "Co.signed.by: Ada <ada@x>"],
    ["no letter at all", ": Ada <ada@x>"],
    ["a quotation mark before it", `> ${COSIGN}`],
  ])("is none with %s, and spoils the block", (_, line) => {
    expect(below(line)).toEqual([]);
    expect(below("Acked-by: B", line)).toEqual([]);
  });
});

describe("a message with carriage returns", () => {
  it.each<[what: string, message: string, expected: readonly string[]]>([
    ["has the trailers of its twin", `Subject\n\nBody\n\nAcked-by: B\n${COSIGN}\n`, ["Acked-by: B", COSIGN]],
    ["folds as its twin", "Subject\n\nCo-signed-by: Ada\n <ada@x>\n", ["Co-signed-by: Ada <ada@x>"]],
    ["has none where its twin has none", `Subject\n\nBody\n${COSIGN}\n`, []],
  ])("%s", (_, message, expected) => {
    expect(trailers(message.replaceAll("\n", "\r\n"))).toEqual(expected);
  });
});

describe("a value", () => {
  it.each<[what: string, line: string, expected: string]>([
    ["may be empty", "Co-signed-by:", "Co-signed-by: "],
    ["is trimmed of git's white space", "K: \t a b \t\r", "K: a b"],
    ["is not trimmed of other blanks", "K: \u00a0a\u3000", "K: \u00a0a\u3000"],
  ])("%s", (_, line, expected) => {
    expect(below(line)).toEqual([expected]);
  });

  it("keeps bytes that are no UTF-8", () => {
    const [trailer] = parseTrailers(Uint8Array.from([...encodeText("S\n\nK: a"), 0xff, 0x0a]));
    expect([...(trailer?.value ?? [])]).toEqual([0x61, 0xff]);
  });
});
