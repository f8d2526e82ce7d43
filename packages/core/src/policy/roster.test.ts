import { describe, expect, it } from "vitest";
import { fingerprint } from "../ssh/fingerprint.ts";
import { rankLevels } from "./levels.ts";
import type { Person, PersonKey, Policy } from "./policy.ts";
import type { Requirement } from "./requirement.ts";
import { findAblePeople, findAuthorLevel, findPersonByEmail, keyState } from "./roster.ts";

function key(
  text: string,
  { type = "ssh-ed25519", from, until }: { type?: string; from?: number; until?: number } = {},
): PersonKey {
  return { type, text, blob: new TextEncoder().encode(text), validFrom: from, validUntil: until };
}

const TOUCHED = key("touched", { type: "sk-ssh-ed25519@openssh.com" });
const REVOKED = key("revoked");
const LEAKED = key("leaked");

function person(
  name: string,
  level: string,
  keys: readonly PersonKey[] = [],
  accounts: Person["accounts"] = [],
): Person {
  return { name, emails: [`${name}@x`], level, keys, accounts };
}

const PEOPLE = [
  person("ada", "senior", [key("ada", { from: 100, until: 200 })]),
  person("grace", "principal", [TOUCHED]),
  person("ivy", "senior", [REVOKED, LEAKED]),
  person("jim", "junior", [key("jim")]),
  person("kay", "senior", [], [{ forge: "github", login: "kay" }]),
  person("lost", "nowhere", [key("lost")]),
  person("max", "junior", [], [{ forge: "gitea", login: "12-max" }]),
];

const POLICY = {
  levels: rankLevels(["junior", "senior", "principal"]),
  people: PEOPLE,
  peopleByEmail: new Map(PEOPLE.map((each) => [`${each.name}@x`, each])),
  revoked: new Set(["revoked", fingerprint(LEAKED)]),
} as unknown as Policy;

it("a person is found by an address in any case, and has the rank of their level", () => {
  expect(findPersonByEmail(POLICY, "ADA@X")?.name).toBe("ada");
  expect(findAuthorLevel(POLICY, "grace@x")).toBe(2);
  expect(findAuthorLevel(POLICY, "stranger@x")).toBeUndefined();
});

it("an author has the rank of the person whose account's address theirs is, who is found by it for nothing else", () => {
  expect(findAuthorLevel(POLICY, "3+Kay@users.noreply.github.com")).toBe(1);
  expect(findAuthorLevel(POLICY, "3+ada@users.noreply.github.com")).toBeUndefined();
  expect(findAuthorLevel(POLICY, "12-max@noreply.acme.example")).toBe(0);
  expect(findAuthorLevel(POLICY, "max@noreply.acme.example")).toBeUndefined();
  expect(findPersonByEmail(POLICY, "kay@users.noreply.github.com")).toBeUndefined();
});

describe("a key", () => {
  const ADA = key("ada", { from: 100, until: 200 });
  it.each<[state: string, key: PersonKey, now: number]>([
    ["not valid yet", ADA, 99],
    ["valid", ADA, 100],
    ["valid", ADA, 199],
    ["expired", ADA, 200],
    ["valid", key("forever"), 0],
    ["revoked", key("revoked", { from: 100 }), 0],
    ["revoked", LEAKED, 150],
  ])("is %s: %j at %i", (state, each, now) => {
    expect(keyState(POLICY, each, now)).toBe(state);
  });
});

describe("the people who can meet a requirement", () => {
  it.each<[names: readonly string[], asked: Pick<Requirement, "level" | "proof">, now: number]>([
    [["ada", "grace", "ivy", "kay"], { level: "senior", proof: "declared" }, 0],
    [["ada", "grace", "kay"], { level: "senior", proof: "reviewed" }, 150],
    [["grace", "kay"], { level: "senior", proof: "reviewed" }, 200],
    [["ada", "grace"], { level: "senior", proof: "signed" }, 150],
    [["grace"], { level: "senior", proof: "signed" }, 99],
    [["grace"], { level: "senior", proof: "hardware" }, 150],
    [["ada", "grace", "jim"], { level: "junior", proof: "signed" }, 150],
    [[], { level: "chief", proof: "declared" }, 150],
  ])("are %j of %j at %i", (names, asked, now) => {
    expect(findAblePeople(POLICY, asked as Requirement, now).map(({ name }) => name)).toEqual(names);
  });
});
