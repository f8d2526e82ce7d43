import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { readCommitterTime } from "./committer-time.ts";
import { parseObjectId } from "./oid.ts";

function timeOf(headers: string, message = "x\n"): number | undefined {
  const bytes = encodeText(`${headers}\n\n${message}`);
  return readCommitterTime({ oid: parseObjectId("1".repeat(40)), size: bytes.length, bytes });
}

const AUTHOR = "author A <a@x> 1 +0000";

it.each<[what: string, headers: string, time: number | undefined]>([
  ["the committer's, not the author's", `${AUTHOR}\ncommitter C <c@x> 1700000000 +0100`, 1_700_000_000],
  ["behind the last bracket of a name with brackets", `${AUTHOR}\ncommitter C <c@x> <d@x> 17 -0930`, 17],
  ["none beyond every calendar", `${AUTHOR}\ncommitter C <c@x> 99999999999999999999 +0000`, undefined],
  ["none before 1970", `${AUTHOR}\ncommitter C <c@x> -1 +0000`, undefined],
  ["none where the line has no time", `${AUTHOR}\ncommitter C <c@x>`, undefined],
  ["none where there is no committer", AUTHOR, undefined],
])("the time of a commit is %s", (_, headers, time) => {
  expect(timeOf(headers)).toBe(time);
});

it("is not read from the message or from a header within a header", () => {
  expect(timeOf(AUTHOR, "committer C <c@x> 17 +0000\n")).toBeUndefined();
  expect(timeOf(`${AUTHOR}\nmergetag object 1\n committer C <c@x> 17 +0000`)).toBeUndefined();
});
