import { expect, it } from "vitest";
import { html, trusted } from "./html.ts";

it.each<[text: string, shown: string]>([
  ["</script><script>alert(1)</script>", "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"],
  [`"><img src=x onerror='x'>`, "&quot;&gt;&lt;img src=x onerror=&#39;x&#39;&gt;"],
  ["a & b &lt;", "a &amp; b &amp;lt;"],
  ["\u202egpj.exe", "\\u{202e}gpj.exe"],
  ["\u0000\u001b[2J", "\\u{0}\\u{1b}[2J"],
])("%j is text in a page, not HTML", (text, shown) => {
  expect(html`<p title="${text}">${text}</p>`.html).toBe(`<p title="${shown}">${shown}</p>`);
});

it("HTML that was made so stands as it is, alone and in a list", () => {
  expect(html`<ul>${[html`<li>${1}</li>`, html`<li>${"<"}</li>`]}</ul>${trusted("<hr>")}`.html).toBe(
    "<ul><li>1</li><li>&lt;</li></ul><hr>",
  );
});
