import { type Equivalent, FASTER } from "./equivalent.ts";

const ROUND = "the next round finds the end of the pattern too; it is asked here for the types";
const BEHIND = "no byte stands behind a name's end, and none is like no pattern's";

export const POLICY: readonly Equivalent[] = [
  { file: "policy/glob/glob-class.ts", code: "escaped === undefined", mutated: "false", why: ROUND },
  { file: "policy/glob/glob-class.ts", code: "last === undefined", mutated: "false", why: ROUND },
  { file: "policy/glob/glob.ts", code: "kind !== BYTE", mutated: "true", why: FASTER },
  { file: "policy/glob/glob.ts", code: "i > 0", mutated: "false", why: FASTER },
  { file: "policy/glob/glob.ts", code: "name[j] !== tail[i]", mutated: "false", why: FASTER },
  {
    file: "policy/glob/glob.ts",
    code: "kind === ANYTHING && token === kinds.length",
    mutated: "false",
    why: FASTER,
  },
  { file: "policy/glob/glob.ts", code: "at < name.length", mutated: "true", why: BEHIND },
  { file: "policy/glob/glob.ts", code: "at < name.length", mutated: "at <= name.length", why: BEHIND },
  { file: "policy/glob/glob.ts", code: "starAt < name.length", mutated: "starAt <= name.length", why: BEHIND },
];
