import { type Equivalent, FASTER } from "./equivalent.ts";

const BEHIND = "behind the end there is no byte";
const EXACT = "what is read is written again, and must give the same bytes";
const FOR_TYPES = "it is always there, which the compiler does not know";
const NO_TEXT = "the texts that no match gives are refused, whichever they are";
const WORD = "a pattern reads `undefined` as that word, which may stand there";

export const COSIGN: readonly Equivalent[] = [
  { file: "cosign/approve.ts", code: "[]", mutated: '["Stryker was here"]', why: FOR_TYPES },
  { file: "cosign/authors.ts", code: "accounts.length === 0", mutated: "false", why: FASTER },
  { file: "cosign/authors.ts", code: "known", mutated: "false", why: FASTER },
  { file: "cosign/authors.ts", code: '""', mutated: '"Stryker was here!"', why: "no agent has that name" },
  { file: "cosign/emergency.ts", code: "trailer.value.length > LIMIT", mutated: "false", why: FASTER },

  { file: "cosign/lines.ts", code: "once.length < 2", mutated: "false", why: FASTER },
  { file: "cosign/lines.ts", code: "project !== undefined", mutated: "true", why: WORD },
  { file: "cosign/lines.ts", code: "witness !== undefined", mutated: "true", why: WORD },
  { file: "cosign/lines.ts", code: "reason !== undefined", mutated: "true", why: WORD },

  { file: "cosign/near-miss.ts", code: "at < end", mutated: "at <= end", why: BEHIND },
  { file: "cosign/near-miss.ts", code: "stride || 1", mutated: "true", why: FASTER },
  { file: "cosign/near-miss.ts", code: "start < 0", mutated: "false", why: "before the beginning there is no byte" },
  { file: "cosign/near-miss.ts", code: "byte < 0x80", mutated: "false", why: FASTER },
  {
    file: "cosign/near-miss.ts",
    code: "byte < 0x80",
    mutated: "byte <= 0x80",
    why: "no character begins with that byte",
  },
  { file: "cosign/near-miss.ts", code: '""', mutated: '"Stryker was here!"', why: "neither text is the key" },
  {
    file: "cosign/near-miss.ts",
    code: "foreign?.codePointAt(0)?.toString",
    mutated: "foreign?.codePointAt(0).toString",
    why: FOR_TYPES,
  },

  { file: "cosign/parse-lines.ts", code: '""', mutated: '"Stryker was here!"', why: EXACT },
  { file: "cosign/parse-lines.ts", code: "[]", mutated: '["Stryker was here"]', why: EXACT },
  { file: "cosign/parse-lines.ts", code: "time === undefined", mutated: "false", why: "`undefined` is no time" },
  {
    file: "cosign/parse-lines.ts",
    code: "change === undefined || paths === undefined",
    mutated: "false",
    why: "`undefined` is no digest",
  },
  {
    file: "cosign/parse-lines.ts",
    code: "change === undefined || paths === undefined",
    mutated: "change === undefined && paths === undefined",
    why: "`undefined` is no digest",
  },
  {
    file: "cosign/parse-lines.ts",
    code: "change === undefined",
    mutated: "false",
    why: "`undefined` is no digest",
  },
  { file: "cosign/parse-lines.ts", code: "paths === undefined", mutated: "false", why: "`undefined` is no digest" },

  { file: "cosign/trailer.ts", code: "!mentionsCosign(commit.message)", mutated: "false", why: FASTER },
  { file: "cosign/trailer.ts", code: "[]", mutated: '["Stryker was here"]', why: NO_TEXT },
  { file: "cosign/trailer.ts", code: '""', mutated: '"Stryker was here!"', why: NO_TEXT },
  {
    file: "cosign/verify.ts",
    code: "lines.blocks[0]?.emergency",
    mutated: "lines.blocks[0].emergency",
    why: FOR_TYPES,
  },
  { file: "cosign/withdrawal.ts", code: '""', mutated: '"Stryker was here!"', why: "neither text is a withdrawal" },
  {
    file: "cosign/withdrawal.ts",
    code: "recordId === undefined",
    mutated: "false",
    why: "`undefined` is no digest",
  },
];
