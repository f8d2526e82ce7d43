import { expect, it } from "vitest";
import { joinIdentities } from "./join-identities.ts";

function joined(...identities: readonly (readonly [name: string, email: string])[]): readonly string[] {
  const people = joinIdentities(identities.map(([name, email]) => ({ name, email, commits: 1 })));
  return people.map(({ name, emails, commits }) => `${name}: ${emails.join(", ")} (${commits})`);
}

it("takes two spellings of an address for one person, under the name that was used last", () => {
  expect(joined(["Ada Lovelace", "ada@acme.example"], ["ada", "Ada@ACME.example"])).toEqual([
    "Ada Lovelace: ada@acme.example (2)",
  ]);
});

it.each([["Ada Lovelace"], ["ADA LOVELACE"], ["Lovelace, Ada"], ["Àda  Lovelace"]])(
  "takes the full name %s with another address for the same person",
  (name) => {
    expect(
      joined(["Ada Lovelace", "ada@acme.example"], ["Bob Builder", "bob@acme.example"], [name, "ada@home.example"]),
    ).toEqual(["Ada Lovelace: ada@acme.example, ada@home.example (2)", "Bob Builder: bob@acme.example (1)"]);
  },
);

it("joins those whom a third identity has in common", () => {
  const found = joined(
    ["Ada Lovelace", "ada@acme.example"],
    ["ada-l", "ada@users.noreply.github.com"],
    ["Ada Lovelace", "ADA@users.noreply.github.com"],
  );
  expect(found).toEqual(["Ada Lovelace: ada@acme.example, ada@users.noreply.github.com (3)"]);
});

it.each([
  ["names of one word", "Alex", "Alex"],
  ["names without letters", "?", "?"],
  ["no names", "", ""],
  ["a shared first name", "Ada Lovelace", "Ada Byron"],
])("leaves people apart that have %s", (_, one, other) => {
  expect(joined([one, "a@acme.example"], [other, "b@acme.example"])).toHaveLength(2);
});
