/**
 * Text that has broken programs: as what others write, it may stand in any name and subject. Each holds no line feed
 * and no NUL, which a commit's first line and an identity cannot have.
 */
export const NAUGHTY: readonly string[] = [
  // Terminals and CI logs
  "\u001b[2K\u001b[1A\u001b[31mPASS",
  "\u001b]8;;http://evil.example\u0007click\u001b]8;;\u0007",
  "refused\rcountersign: allowed",
  "\b\b\b\b\u007f\u009b2J",
  "::set-output name=x::y",
  "::error::x%0A::add-mask::y",
  "##vso[task.complete result=Succeeded]",
  "##[command]rm",
  // Direction, width and what cannot be seen
  "\u202egpj.exe\u202c",
  "\u2066a\u2067b\u2069",
  "ad\u200ba\u200d\u2060\ufeff",
  "a\u2028b\u2029c\u0085d",
  "\u3164\u2800\u115f",
  "\u{e0041}\u{e0042}",
  "Z\u0351\u036b\u0343a\u0328\u0316l\u035c\u0327g\u0353o\u0321",
  "\ufdfd\ufdfd\ufdfd",
  "\ufffe\uffff",
  "\ufffd",
  // HTML, XML, Markdown
  "</script><script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "<!-- --> <![CDATA[ ]]> <?xml?>",
  "&lt;&#0;&#x1b;&amp;",
  "[click](http://evil.example) ![x](http://evil.example/x.png)",
  "http://evil.example www.evil.example eve@elsewhere.example",
  "@team @acme/reviewers #1 !2 $3 GH-4",
  "a | b || c \\| d \\\\| e \\",
  "`tick` ``` ~~~ ` ``",
  "| --- | --- |",
  "# - * 1. > **b** _i_ ~~s~~ \\",
  "{0} {{1}} $x %s %d %n %25 %0A",
  // JSON, CSV, YAML, shells, paths
  '"quote" \'quote\' \\ \\" \\u0000 \\x',
  '{"outcome":"allow"}',
  "=1+1 -x --output=PWN +1 @SUM(1)",
  "$(touch PWN) `touch PWN` ; touch PWN | touch PWN && touch PWN",
  "../../../../etc/passwd /dev/null NUL CON",
  "null undefined true false NaN 0 -1 1e999",
  "toString __proto__ constructor hasOwnProperty",
  // Scripts and sizes
  "田中さんにあげて下さい 𠜎𠜱𠝹 👩‍👩‍👧‍👦 🇺🇸 ÅÍÎÏ˝ÓÔ",
  "الكل في المجمو عة (5) בְּרֵאשִׁית",
  "ﾟ･✿ヾ╲(｡◕‿◕｡)╱✿･ﾟ (╯°□°）╯︵ ┻━┻",
  "İıſK ß ﬀ Ǆ",
  "x".repeat(1000),
  "🤖".repeat(300),
  `a${"🤖".repeat(300)}`,
  "`".repeat(200),
  `${"a".repeat(71)}🤖b`,
  "",
  " ",
];

/** Bytes that are no UTF-8, each with what is wrong with them. */
export const NO_TEXT: readonly (readonly [what: string, bytes: Buffer])[] = [
  ["Latin-1", Buffer.from("gr\xfcn", "latin1")],
  ["a lone surrogate", Buffer.from([0x61, 0xed, 0xa0, 0x80, 0x62])],
  ["a character cut in two", Buffer.from([0x61, 0xf0, 0x9f, 0xa4])],
  ["an overlong slash", Buffer.from([0x61, 0xc0, 0xaf])],
  ["beyond Unicode", Buffer.from([0x61, 0xf5, 0x80, 0x80, 0x80])],
  ["no byte of text at all", Buffer.from([0xff, 0xfe, 0xfd])],
];
