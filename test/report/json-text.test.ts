import { formatJson } from "@countersign/report";
import fc from "fast-check";
import { expect, it } from "vitest";

it.each<[text: string, written: string]>([
  ["plain", '"plain"'],
  ["Žofie 🤖 <ada@x>", '"Žofie 🤖 \\u003cada@x>"'],
  ["</script>", '"\\u003c/script>"'],
  ["\u202eevil", '"\\u202eevil"'],
  ["\u2028\u0085\u007f", '"\\u2028\\u0085\\u007f"'],
  ["\0\u001b\n", '"\\u0000\\u001b\\n"'],
  ["\ud800", '"\\ud800"'],
  ["\u{e0041}", '"\\udb40\\udc41"'],
])("%j is written as %s", (text, written) => {
  expect(formatJson(text)).toBe(written);
});

it("gives every text back, and holds nothing that a terminal acts upon", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const written = formatJson({ [text]: [text] }, 2);
      expect(JSON.parse(written)).toEqual({ [text]: [text] });
      expect(written).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]|</u);
    }),
  );
});
