import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { parsePolicy } from "../policy/file/parse-policy.ts";
import type { Policy } from "../policy/policy.ts";
import { differingParts } from "./policy-parts.ts";

const read = (lines: string): Policy =>
  parsePolicy(encodeText(`version: 1\nprotect: [{ branches: [main] }]\n${lines}`), "test");
const rules = (...items: readonly string[]): string => `rules:\n${items.map((item) => `  - ${item}\n`).join("")}`;

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0Ad1w0CxymZmfqC6YuE9UgKo51MoSl4GnXxqHvr5WU";
const A = "{ name: a, cosign: { count: 2 } }";
const B = "{ name: b, cosign: { count: 3 } }";
const C = '{ name: c, paths: ["docs/**"], cosign: { count: 0 } }';

describe("the parts in which policies differ", () => {
  it.each<[what: string, before: string, after: string, parts: readonly string[]]>([
    ["none, whatever the file looks like", rules(A, B), `# again\n${rules(A, B)}`, []],
    [
      "none where no verdict depends on them",
      "stamp: Generated-by\nmode: enforce\n",
      `baseline: ${"1f".repeat(20)}\n`,
      [],
    ],
    ["a rule that is added", rules(A), rules(A, B), ["added rule b"]],
    ["a rule that is removed", rules(A, B), rules(B), ["removed rule a"]],
    ["a rule whose pattern changed", rules(C), rules(C.replace("docs", "doc")), ["changed rule c"]],
    ["the order", rules(A, B, C), rules(C, A, B), ["changed field the order of the rules"]],
    ["a rule and the order", rules(A, B), rules(B, C, A), ["added rule c", "changed field the order of the rules"]],
    [
      "people",
      "people: [{ name: Ada, emails: [a@x], level: mid }]\n",
      "people: [{ name: Ada, emails: [a@x], level: senior }]\n",
      ["changed field people"],
    ],
    [
      "people's accounts",
      "people: [{ name: Ada, emails: [a@x], level: mid, github: ada }]\n",
      "people: [{ name: Ada, emails: [a@x], level: mid, github: { login: ada, id: 7 } }]\n",
      ["changed field people"],
    ],
    ["witnesses", "", `witnesses: [{ name: gate, keys: [${KEY}] }]\n`, ["changed field witnesses"]],
    ["the mode", "mode: warn\n", "", ["changed field mode"]],
    ["what is asked for", "cosign: { count: 2 }\n", "cosign: { proof: declared }\n", ["changed field cosign"]],
    ["whose records count", "", "evidence: { gitAiNotes: true }\n", ["changed field evidence"]],
    ["exemptions", "exempt: [a@x]\n", "exempt: [b@x]\n", ["changed field exempt"]],
  ])("are %s", (_, before, after, parts) => {
    const found = differingParts(read(before), read(after));
    expect(found.map(({ change, kind, name }) => `${change} ${kind} ${name}`)).toEqual(parts);
  });

  it("are each taken over alone, a rule at its place", () => {
    const [part] = differingParts(read(rules(A, B)), read(`cosign: { count: 2 }\n${rules(A, C, B)}`)).slice(1);
    expect(part?.mixed.rules.map(({ name }) => name)).toEqual(["a", "c", "b"]);
    expect(part?.mixed.cosign.count).toBe(1);
    const [first] = differingParts(read(rules(A)), read(rules(C, A)));
    expect(first?.mixed.rules.map(({ name }) => name)).toEqual(["c", "a"]);
  });

  it("include people with their addresses", () => {
    const person = "people: [{ name: Ada, emails: [a@x], level: senior }]\n";
    const [part] = differingParts(read(""), read(person));
    expect(part?.mixed.peopleByEmail.get("a@x")?.name).toBe("Ada");
  });
});
