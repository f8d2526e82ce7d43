import { type Equivalent, FASTER } from "./equivalent.ts";

const TITLE = "a message's first line is its title, and no trailer block begins there";

export const TRAILER: readonly Equivalent[] = [
  { file: "trailer/block.ts", code: "line >= 0", mutated: "line > 0", why: TITLE },
  { file: "trailer/block.ts", code: "at >= from", mutated: "at > from", why: "the line at `from` is not blank" },
  { file: "trailer/parse.ts", code: "start < end", mutated: "true", why: FASTER },
  { file: "trailer/parse.ts", code: "start < end", mutated: "start <= end", why: FASTER },
  { file: "trailer/parse.ts", code: "at < end", mutated: "at <= end", why: "no block begins with a blank line" },
  {
    file: "trailer/parse.ts",
    code: "next < end",
    mutated: "true",
    why: "only blank lines follow, and values are trimmed",
  },
  {
    file: "trailer/parse.ts",
    code: "next < end",
    mutated: "next <= end",
    why: "only blank lines follow, and values are trimmed",
  },
  { file: "trailer/parse.ts", code: "trailer.key.length === key.length", mutated: "true", why: FASTER },
  { file: "trailer/parse.ts", code: "!value.includes(LF)", mutated: "false", why: FASTER },
];
