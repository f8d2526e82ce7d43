import { NAMESPACE } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { makeSigner, signedPolicy, writeSignature } from "../rig/keys/cosign-commit.ts";
import { codesOf, judge, startWith } from "./judge-in-memory.ts";

const ada = makeSigner();
const bob = makeSigner();
const POLICY = signedPolicy({ ada: [ada.line], bob: [bob.line] });
const MARK = "Co-authored-by: Claude <noreply@anthropic.com>";
const BOB = "Co-signed-by: Bob <bob@acme.example>";

/** A well-formed signature over something else, made at a second of its own. */
function signature(by: typeof ada, email: string, second: number): string {
  const time = new Date(Date.UTC(2026, 10, 23, 9, 0, second)).toISOString().replace(".000Z", "Z");
  const blob = by.sign(NAMESPACE, Buffer.from("something else"));
  return writeSignature(`${email} ${time} - <bob@acme.example>`, blob.toString("base64"));
}

function times(count: number, line: (index: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, index) => line(index));
}

async function verdictOn(trailers: readonly string[], policy = POLICY) {
  const { repository, main } = startWith(policy);
  const tip = repository.add(`Work\n\n${[MARK, ...trailers].join("\n")}\n`, {
    parents: [main],
    files: { "a.txt": "1\n" },
  });
  const decision = await judge(repository, main, tip);
  return { outcome: decision.outcome, codes: codesOf(decision), decision };
}

describe("a message with more co-signs than are checked is not decided on", () => {
  it.each<[what: string, trailers: readonly string[]]>([
    [
      "with 200 forged signatures of a senior",
      ["Co-signed-by: Ada <ada@acme.example>", ...times(200, (second) => signature(ada, "ada@acme.example", second))],
    ],
    ["with 101 addresses", times(101, (index) => `Co-signed-by: N <n${index}@acme.example>`)],
    [
      "with 20 signatures for each of six addresses",
      times(6, (index) => `Co-signed-by: N <n${index}@acme.example>`).flatMap((line, index) => [
        line,
        ...times(20, (second) => signature(bob, `n${index}@acme.example`, second)),
      ]),
    ],
  ])("%s", async (_, trailers) => {
    const { outcome, codes, decision } = await verdictOn(trailers);
    expect({ outcome, codes }).toEqual({ outcome: "undecided", codes: ["COSIGNS_TOO_MANY"] });
    expect(decision.updates[0]?.faults[0]?.what).toMatch(/has \d+ co-signs with \d+ signatures/);
  });
});

it("200 lines of one name with 200 times one signature are one co-sign", async () => {
  const { codes, decision } = await verdictOn([
    ...times(200, () => BOB),
    ...times(200, () => signature(bob, "bob@acme.example", 1)),
  ]);
  expect(codes).toEqual(["COSIGN_SELF"]);
  expect(decision.updates[0]?.judged[0]?.cosigns).toHaveLength(1);
});

it("a whole team may co-sign a release", async () => {
  const team = times(60, (index) => `Co-signed-by: Engineer ${index} <e${index}@acme.example>`);
  const people = times(60, (index) => `  - { name: E${index}, emails: [e${index}@acme.example], level: senior }\n`);
  const policy = POLICY.replace("people:\n", `people:\n${people.join("")}`).replace(
    "proof: signed",
    "proof: declared, count: 60",
  );
  expect(await verdictOn(team, policy)).toMatchObject({ outcome: "allow", codes: [] });
});

it("what is wrong with the other commits of the push is said beside it", async () => {
  const { repository, main } = startWith(POLICY);
  const first = repository.add(`Work\n\n${MARK}\n`, { parents: [main], files: { "a.txt": "1\n" } });
  const names = times(101, (index) => `Co-signed-by: N <n${index}@acme.example>`).join("\n");
  const second = repository.add(`Work\n\n${MARK}\n${names}\n`, { parents: [first], files: { "a.txt": "2\n" } });
  const decision = await judge(repository, main, second);
  expect({ outcome: decision.outcome, codes: codesOf(decision) }).toEqual({
    outcome: "deny",
    codes: ["COSIGN_MISSING", "COSIGNS_TOO_MANY"],
  });
});
