import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Commit } from "../object/commit.ts";
import { parsePolicy } from "../policy/file/parse-policy.ts";
import type { Person } from "../policy/policy.ts";
import { leastRank, readWorkOf, roleOf, signedAuthors, withSigned } from "./authors.ts";

const POLICY = parsePolicy(
  encodeText(`version: 1
protect: [{ branches: [main] }]
levels: [junior, senior]
people:
  - { name: Ada, emails: [ada@x], level: senior }
  - { name: Jim, emails: [jim@x], level: junior }
`),
  "policy.yml",
);
const AGENT = "noreply@anthropic.com";

function commit(author: string, coAuthors: readonly string[] = [], committer = "Carol@X"): Commit {
  const trailers = coAuthors.map((email) => `Co-authored-by: A <${email}>\n`).join("");
  return {
    author: { name: "A", email: author },
    committer: { name: "C", email: committer },
    message: encodeText(`Subject\n\n${trailers}`),
  } as Commit;
}

function of(...emails: readonly string[]) {
  return new Map(emails.map((email) => [email, "author"] as const));
}

it("a person has the part of whichever address of theirs is named", () => {
  const ada: Person = { name: "Ada", emails: ["ada@x", "ada@home"], level: "senior", keys: [], accounts: [] };
  const authors = new Map([["ada@home", "co-author"] as const, ["bob@x", "author"] as const]);
  expect(roleOf(ada, authors)).toBe("co-author");
  expect(roleOf(ada, of("bob@x"))).toBeUndefined();
});

it("a person has the part of the address that a forge gives their account", () => {
  const accounts = [{ forge: "github", login: "ada-l" } as const];
  const ada: Person = { name: "Ada", emails: ["ada@x"], level: "senior", keys: [], accounts };
  expect(roleOf(ada, of("7+ada-l@users.noreply.github.com"))).toBe("author");
  expect(roleOf(ada, of("ada-l@users.noreply.github.com"))).toBe("author");
  expect(roleOf(ada, of("7+ada@users.noreply.github.com", "ada-l@acme.example"))).toBeUndefined();
});

it("a person with several accounts has the part of whichever is named, and before it that of an address", () => {
  const accounts = [{ forge: "gitlab", login: "lovelace" } as const, { forge: "github", login: "ada-l" } as const];
  const ada: Person = { name: "Ada", emails: ["ada@x"], level: "senior", keys: [], accounts };
  const byAccount = ["7+ada-l@users.noreply.github.com", "author"] as const;
  expect(roleOf(ada, new Map([byAccount]))).toBe("author");
  expect(roleOf(ada, new Map([byAccount, ["ada@x", "co-author"]]))).toBe("co-author");
});

it("whoever a signature names is an author too, and what the commit itself says of them stands", () => {
  const authors = new Map([["bob@x", "co-author"] as const]);
  expect(withSigned(authors, ["bob@x"])).toBe(authors);
  expect([...withSigned(authors, ["bob@x", "eve@x"])]).toEqual([
    ["bob@x", "co-author"],
    ["eve@x", "author"],
  ]);
});

describe("the rank of the least of the authors", () => {
  it.each<[what: string, authors: readonly string[], rank: number]>([
    ["one on the roster", ["ada@x"], 1],
    ["two, whichever comes first", ["ada@x", "jim@x"], 0],
    ["two in the other order", ["jim@x", "ada@x"], 0],
    ["a stranger beside a senior", ["ada@x", "eve@x"], -1],
    ["a person beside an agent, who is nobody", ["ada@x", AGENT], 1],
    ["an agent alone", [AGENT], -1],
    ["nobody", [], -1],
  ])("is that of %s", (_, authors, rank) => {
    expect(leastRank(POLICY, of(...authors))).toBe(rank);
  });
});

describe("the authors that are signed", () => {
  it.each<[what: string, made: Commit, authors: readonly string[]]>([
    ["the author and the co-authors", commit("bob@x", ["eve@x"]), ["eve@x", "bob@x"]],
    ["the committer too, where only agents are named", commit(AGENT), [AGENT, "Carol@X"]],
    ["the agent alone, where there is no committer", commit(AGENT, [], ""), [AGENT]],
    ["a person beside an agent, and no committer", commit("bob@x", [AGENT]), [AGENT, "bob@x"]],
    ["the committer, where nobody is named", commit(""), ["Carol@X"]],
    ["an empty address, where there is nobody at all", commit("", [], ""), [""]],
  ])("are %s", (_, made, authors) => {
    expect(signedAuthors(POLICY, made)).toEqual(authors);
  });

  it("are compared in lower case, beside those that the commit names", () => {
    const { authors, makers } = readWorkOf(POLICY, commit(AGENT));
    expect([...authors.keys()]).toEqual([AGENT]);
    expect([...makers.keys()].sort()).toEqual(["carol@x", AGENT].sort());
  });
});
