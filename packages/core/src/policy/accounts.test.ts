import { describe, expect, it } from "vitest";
import { type Account, AccountMap, accountsOfNoreply } from "./accounts.ts";

describe("the accounts whose address one may be", () => {
  it.each<[address: string, accounts: readonly Account[]]>([
    ["ada-l@users.noreply.github.com", [{ login: "ada-l" }]],
    ["12345+ada-l@users.noreply.github.com", [{ login: "ada-l", id: 12345 }, { login: "12345+ada-l" }]],
    ["12345-ada-l@users.noreply.gitlab.com", [{ login: "ada-l", id: 12345 }, { login: "12345-ada-l" }]],
    ["ada-l@noreply.gitea.acme.example", [{ login: "ada-l" }]],
    ["7+Ada@Users.NoReply.GitHub.com", [{ login: "ada", id: 7 }, { login: "7+ada" }]],
    ["x7+ada@users.noreply.github.com", [{ login: "x7+ada" }]],
    ["7+@users.noreply.github.com", [{ login: "7+" }]],
    ["7_ada@noreply.x", [{ login: "7_ada" }]],
  ])("of %s", (address, accounts) => {
    expect(accountsOfNoreply(address)).toEqual(accounts);
  });

  it.each([
    "ada@acme.example",
    "noreply@github.com",
    "@users.noreply.github.com",
    "ada@usersxnoreply.github.com",
    "ada@users.noreplyx.github.com",
    "ada@x.noreply.github.com",
    "ada@users.users.noreply.github.com",
    "ada@acme.example users.noreply.github.com",
    "x\nada@users.noreply.github.com",
    "",
  ])("are none of %j, which no forge gives", (address) => {
    expect(accountsOfNoreply(address)).toEqual([]);
  });
});

describe("values by account", () => {
  const values = new AccountMap<string>();
  values.set({ login: "Ada", id: 1 }, "numbered");
  values.set({ login: "bob" }, "unnumbered");

  it.each<[what: string, account: Account, value: string | undefined]>([
    ["by the number", { login: "ada", id: 1 }, "numbered"],
    ["by the number alone, whatever the login is now", { login: "lovelace", id: 1 }, "numbered"],
    ["not by the login of another number", { login: "ada", id: 2 }, undefined],
    ["by the login in any case where no number is asked for", { login: "ADA" }, "numbered"],
    ["by the login where none is known", { login: "Bob", id: 3 }, "unnumbered"],
    ["by the login where there is no number at all", { login: "bob" }, "unnumbered"],
    ["not by another login", { login: "eve" }, undefined],
    ["not by another login with a number", { login: "eve", id: 9 }, undefined],
  ])("are found %s", (_, account, value) => {
    expect(values.get(account)).toBe(value);
  });
});
