import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { parseTrailers } from "../trailer/parse.ts";
import { findNearMisses, findNearStamps, mentionsCosign } from "./near-miss.ts";

function misses(message: string) {
  return findNearMisses(message, parseTrailers(encodeText(message)));
}

function below(line: string): string {
  return `Retry uploads\n\nBody\n\n${line}\n`;
}

const PLACE = /stand in the last paragraph/;

describe("a co-sign in the wrong place is pointed out", () => {
  it.each<[what: string, message: string, line: number]>([
    ["in a middle paragraph", "S\n\nCo-signed-by: A <a@x>\n\nMore text\n", 3],
    ["below prose", "S\n\nBody\nCo-signed-by: A <a@x>\n", 4],
    ["above prose", "S\n\nCo-signed-by: A <a@x>\nBody\n", 3],
    ["in the title", "Co-signed-by: A <a@x>\n", 1],
    ["with blanks before its colon", "S\n\nBody\nCo-signed-by \t: A <a@x>\n", 4],
    ["behind carriage returns", "S\r\n\r\nBody\r\nCo-signed-by: A <a@x>\r\n", 4],
  ])("%s", (_, message, line) => {
    expect(misses(message)).toEqual([{ line, problem: expect.stringMatching(PLACE) }]);
  });
});

describe("a co-sign that is written otherwise is pointed out", () => {
  it.each<[what: string, line: string, told: RegExp]>([
    ["without hyphens", "Cosignedby: A <a@x>", /"Cosignedby:"/],
    ["as Cosigned-by", "Cosigned-by: A <a@x>", /"Cosigned-by:"/],
    ["as Co-signed-off-by", "Co-signed-off-by: A <a@x>", /"Co-signed-off-by:"/],
    ["as Co-sign-by", "Co-sign-by: A <a@x>", /"Co-sign-by:"/],
    ["as Co-signed-off-by-by", "Co-signed-off-by-by: A <a@x>", /"Co-signed-off-by-by:"/],
    ["as Countersigned-by", "Countersigned-by: A <a@x>", /"Countersigned-by:"/],
    ["with underscores", "Co_signed_by: A <a@x>", /"Co_signed_by:"/],
    ["with blanks", "Co signed by: A <a@x>", /"Co signed by:"/],
    ["with an equals sign", "Co-signed-by= A <a@x>", /"Co-signed-by=/],
    ["with a full-width colon", "Co-signed-by： A <a@x>", /U\+FF1A/],
    ["with a no-break space before the colon", "Co-signed-by\u00a0: A <a@x>", /U\+00A0/],
    ["with a byte order mark before it", "\ufeffCo-signed-by: A <a@x>", /U\+FEFF/],
    ["with a Cyrillic letter", "\u0421o-signed-by: A <a@x>", /U\+0421/],
    ["with a Greek letter", "C\u03bf-signed-by: A <a@x>", /U\+03BF/],
    ["in full-width letters", "Ｃｏ-signed-by: A <a@x>", /U\+FF23/],
    ["in mathematical letters", "\u{1d402}o-signed-by: A <a@x>", /U\+1D402/],
    ["with another hyphen", "Co\u2010signed\u2010by: A <a@x>", /U\+2010/],
    ["with a soft hyphen", "Co\u00ad-signed-by: A <a@x>", /U\+00AD/],
    ["with a zero-width space", "Co-\u200bsigned-by: A <a@x>", /U\+200B/],
    ["as a quotation", "> Co-signed-by: A <a@x>", /start of a line/],
    ["as an item of a list", "- Co-signed-by: A <a@x>", /start of a line/],
    ["in bold type", "**Co-signed-by**: A <a@x>", /start of a line/],
    ["behind a blank", " Co-signed-by: A <a@x>", /start of a line/],
  ])("%s", (_, line, told) => {
    const found = misses(below(line));
    expect(found).toEqual([{ line: 5, problem: expect.stringMatching(told) }]);
    expect(found[0]?.problem).toMatch(/it must be "Co-signed-by:" at the start of a line/);
    expect(mentionsCosign(encodeText(below(line)))).toBe(true);
  });
});

/** What a person takes for these letters of the keys, large and small. */
const LOOK_ALIKES: readonly [letter: string, alike: string][] = [
  ["A", "\u0410\u0391"],
  ["a", "\u0430\u03b1\u0251"],
  ["B", "\u0412\u0392"],
  ["b", "\u0432\u042c\u044c\u0299"],
  ["C", "\u0421\u03f9"],
  ["c", "\u0441\u03f2"],
  ["d", "\u0501"],
  ["E", "\u0415\u0395"],
  ["e", "\u0435\u04bd"],
  ["g", "\u0261\u050d"],
  ["I", "\u0406\u0399\u04c0"],
  ["i", "\u0456\u03b9\u0131\u0269\u026a\u04cf"],
  ["N", "\u039d"],
  ["n", "\u043f"],
  ["O", "\u041e\u039f"],
  ["o", "\u043e\u03bf\u03c3"],
  ["S", "\u0405"],
  ["s", "\u0455"],
  ["T", "\u0422\u03a4"],
  ["t", "\u0442\u03c4"],
  ["Y", "\u0423\u03a5\u04ae"],
  ["y", "\u0443\u03b3\u04af\u0263\u028f"],
];
const DISGUISES = LOOK_ALIKES.flatMap(([letter, alike]) => [...alike].map((character) => [letter, character] as const));

describe.each(["Co-signed-by", "CO-SIGNED-BY", "Assisted-by", "ASSISTED-BY"])("%s is pointed out", (key) => {
  it.each(DISGUISES.filter(([letter]) => key.includes(letter)))("with %s as %s", (letter, character) => {
    const text = below(`${key.replace(letter, character)}: x`);
    const find = /^co/i.test(key) ? findNearMisses : findNearStamps;
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
    const problem = expect.stringContaining(`with the character U+${code}`);
    expect(find(text, parseTrailers(encodeText(text)))).toMatchObject([{ line: 5, problem }]);
    if (find === findNearMisses) expect(mentionsCosign(encodeText(text))).toBe(true);
  });

  it("and not where it is written as it should be", () => {
    const text = below(`${key}: x`);
    for (const find of [findNearMisses, findNearStamps])
      expect(find(text, parseTrailers(encodeText(text)))).toEqual([]);
  });
});

it.each(["Assistedby", "Asisted-by", "Assited-by", "Assisted-from", "Assist-by", "Assistant-by"])(
  "a stamp that is written as %s is pointed out",
  (key) => {
    const text = below(`${key}: Kiro`);
    const problem = `it is written "${key}:"; it must be "Assisted-by:" at the start of a line`;
    expect(findNearStamps(text, parseTrailers(encodeText(text)))).toEqual([{ line: 5, problem }]);
  },
);

describe("what is no near miss", () => {
  it.each<[what: string, line: string]>([
    ["a good trailer", "Co-signed-by: A <a@x>"],
    ["a sign-off", "Signed-off-by: A <a@x>"],
    ["a co-author", "Co-authored-by: A <a@x>"],
    ["prose about co-signs", "The co-signed-by line is written by a tool"],
    ["a sentence with a colon", "This was co-signed by two people: Ada and Grace"],
    ["a designer", "Codesigned-by: A <a@x>"],
    ["a stamp", "Assisted-by: Kiro"],
    ["another language", "Асистент: Клод"],
    ["another language's key", "Βοήθησε: ο Κλοντ"],
  ])("%s", (_, line) => {
    expect(misses(below(line))).toEqual([]);
    expect(findNearStamps(below(line), parseTrailers(encodeText(below(line))))).toEqual([]);
  });
});

describe("what is said of a line that is written otherwise", () => {
  const MUST = 'it must be "Co-signed-by:" at the start of a line';

  it.each<[line: string, written: string]>([
    ["Co signed by: x", '"Co signed by:"'],
    ["  - > Co signed by = x", '"- > Co signed by ="'],
    ["\u0421o-signed-by: A", '"\u0421o-signed-by:", with the character U+0421'],
    ["Co signed by =x", '"Co signed by ="'],
    ["Co~signed-by: A", '"Co~signed-by:"'],
    [`${">".repeat(30)} Co signed by: x`, `"${">".repeat(30)} Co signed"`],
  ])("of %j is how it is written", (line, written) => {
    expect(misses(below(line)).map(({ problem }) => problem)).toEqual([`it is written ${written}; ${MUST}`]);
  });

  it("is nothing of a key longer than forty characters", () => {
    const key = (blanks: number): string => `Co${" ".repeat(blanks)}signed by: x`;
    expect(misses(below(key(29)))).toHaveLength(1);
    expect(misses(below(key(30)))).toEqual([]);
  });

  it("is nothing of a key that ends behind the first 400 characters of its line", () => {
    const line = (marks: number): string => `${">".repeat(marks)}Co signed by: x`;
    expect(misses(below(line(387)))).toHaveLength(1);
    expect(misses(below(line(388)))).toEqual([]);
  });

  it("is of ten lines and no more", () => {
    expect(misses(`S\n\n${"Co signed by: x\n".repeat(11)}`)).toHaveLength(10);
  });
});

it("does not repeat what a hostile line holds", () => {
  const [found] = misses(below(`Co-signed-by${" ".repeat(20)}= ${"x".repeat(100_000)}`));
  expect(found?.problem.length).toBeLessThan(300);
});

describe("a message that may mention a co-sign", () => {
  it.each(["co-sign", "CO-SIGN", "Co_Sign", "co sign", "cosign", "countersign", "COUNTERSIGN"])(
    "holds %j, wherever it stands",
    (word) => {
      for (let before = 0; before < 8; before += 1) {
        expect(mentionsCosign(encodeText(`${"x".repeat(before)}${word}`)), `behind ${before}`).toBe(true);
      }
    },
  );

  it.each([
    ["a soft hyphen", "\u00ad"],
    ["an i without its dot", "\u0131"],
    ["a mathematical letter", "\u{1d402}"],
    ["a zero-width space", "\u200b"],
    ["a mark from right to left", "\u200f"],
    ["a hyphen", "\u2010"],
    ["a long dash", "\u2015"],
    ["a word joiner", "\u2060"],
    ["a minus sign", "\u2212"],
  ])("holds %s, at its very end too", (_, character) => {
    expect(mentionsCosign(encodeText(`Retry ${character}`))).toBe(true);
    expect(mentionsCosign(encodeText(`Retry ${character} uploads`))).toBe(true);
  });
});

describe("a message that mentions none", () => {
  it.each([
    "",
    "Retry uploads\n\nDesign of the cosine\n\nSigned-off-by: A <a@x>\n",
    "rowan",
    "Cosigma and co-sight",
    "sign",
    " sign",
    "esign",
    "xx sign",
    "do-sign",
    "\u00a9 2026",
    "\u010desky",
    "\u{1f680}",
    "\u65e5\u672c\u8a9e\u3001",
    "it\u2019s \u201cdone\u201d\u2016",
    "a \u2192 b",
    "m\u2070",
    "\u20a0",
    "\u2211",
    "\u2252",
  ])("is %j", (message) => {
    expect(mentionsCosign(encodeText(message))).toBe(false);
  });
});
