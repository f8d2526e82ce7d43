import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { ObjectFormat } from "./oid.ts";
import { parseTree } from "./tree-entries.ts";

function tree(
  format: ObjectFormat,
  entries: readonly (readonly [mode: string, name: string | readonly number[], fill: number])[],
) {
  const length = format === "sha1" ? 20 : 32;
  const bytes = entries.flatMap(([mode, name, fill]) => [
    ...encodeText(`${mode} `),
    ...(typeof name === "string" ? encodeText(name) : name),
    0,
    ...Array<number>(length).fill(fill),
  ]);
  return Uint8Array.from(bytes);
}

describe.each<[ObjectFormat, number]>([
  ["sha1", 40],
  ["sha256", 64],
])("a tree named by %s", (format, digits) => {
  it("gives its entries in order, with modes of six digits", () => {
    const bytes = tree(format, [
      ["100644", ".countersignrc", 0xab],
      ["120000", "a b", 0x20],
      ["40000", "src", 0],
      ["160000", "vendor", 0x0a],
    ]);
    expect([...parseTree(bytes, format)]).toEqual([
      { mode: "100644", path: ".countersignrc", oid: "ab".repeat(digits / 2) },
      { mode: "120000", path: "a b", oid: "20".repeat(digits / 2) },
      { mode: "040000", path: "src", oid: "00".repeat(digits / 2) },
      { mode: "160000", path: "vendor", oid: "0a".repeat(digits / 2) },
    ]);
  });

  it("is empty where it has no bytes", () => {
    expect([...parseTree(new Uint8Array(), format)]).toEqual([]);
  });

  it("ends before an entry that is cut", () => {
    const bytes = tree(format, [
      ["100644", "a", 1],
      ["100644", "b", 2],
    ]);
    const paths = (end: number) => [...parseTree(bytes.subarray(0, end), format)].map(({ path }) => path);
    expect(paths(bytes.length)).toEqual(["a", "b"]);
    for (let end = bytes.length - 1; end > bytes.length / 2; end -= 1) expect(paths(end)).toEqual(["a"]);
  });
});

it("does not take a name that is no UTF-8 for the policy's", () => {
  const name = [...encodeText("countersign.config.yaml"), 0xff];
  const [entry] = parseTree(tree("sha1", [["100644", name, 1]]), "sha1");
  expect(entry?.path).not.toBe("countersign.config.yaml");
});
