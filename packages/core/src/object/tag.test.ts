import { describe, expect, it } from "vitest";
import { decodeText, encodeText } from "../bytes.ts";
import { parseTag } from "./tag.ts";

const OBJECT = `object ${"1".repeat(40)}`;
const TYPE = "type commit";
const NAME = "tag v1.0";
const TAGGER = "tagger Ada <ada@acme.example> 1 +0000";

function headed(...lines: readonly string[]) {
  return parseTag(encodeText(`${lines.join("\n")}\n\nRelease\n`));
}

describe("an annotated tag", () => {
  it("is read in full", () => {
    const tag = headed(OBJECT, TYPE, NAME, TAGGER);
    expect({ ...tag, message: decodeText(tag.message) }).toEqual({
      object: "1".repeat(40),
      type: "commit",
      name: "v1.0",
      tagger: { name: "Ada", email: "ada@acme.example" },
      message: "Release\n",
    });
  });

  it.each<[what: string, lines: readonly string[]]>([
    ["without a tagger, as very old ones are", [OBJECT, TYPE, NAME]],
    ["of a tag", [OBJECT, "type tag", NAME, TAGGER]],
    ["of a SHA-256 object", [`object ${"1".repeat(64)}`, TYPE, NAME, TAGGER]],
    ["with another header", [OBJECT, TYPE, NAME, TAGGER, "gpgsig-sha256 x\n y"]],
  ])("is sound %s", (_, lines) => {
    expect(headed(...lines).malformed).toBeUndefined();
  });

  it.each<[what: string, lines: readonly string[], problem: RegExp]>([
    ["without an object", [TYPE, NAME, TAGGER], /object, type, tag and tagger/],
    ["without a type", [OBJECT, NAME, TAGGER], /object, type, tag and tagger/],
    ["with two objects", [OBJECT, OBJECT, TYPE, NAME, TAGGER], /each once/],
    ["with two taggers", [OBJECT, TYPE, NAME, TAGGER, TAGGER], /each once/],
    ["in another order", [TYPE, OBJECT, NAME, TAGGER], /each once/],
    ["with an object that is no id", ["object HEAD", TYPE, NAME, TAGGER], /"object" is not an object id/],
    ["with a NUL in a header", [OBJECT, TYPE, "tag v\0", TAGGER], /NUL/],
  ])("is malformed %s", (_, lines, problem) => {
    expect(headed(...lines).malformed).toMatch(problem);
  });

  it("names no object where its header holds none", () => {
    expect(headed("object HEAD", TYPE, NAME).object).toBeUndefined();
  });
});
