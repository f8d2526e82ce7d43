import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { parsePolicy } from "./file/parse-policy.ts";
import { layFloor } from "./floor.ts";
import type { Policy } from "./policy.ts";

const ADA = "{ name: Ada, emails: [ada@acme.example], level: senior }";
const EVE = "{ name: Eve, emails: [eve@acme.example], level: senior }";
const KEYS = ["a", "b"].map((digit) => `SHA256:${digit.repeat(43)}`);

function policy(...lines: readonly string[]): Policy {
  return parsePolicy(encodeText(`version: 1\nprotect: [{ branches: [main] }]\n${lines.join("\n")}\n`), "policy");
}

const OWN = policy("project: acme/payments", "ledger: ledger", `people: [${ADA}]`, `revoked: ["${KEYS[0]}"]`);

it("a floor takes project, ledger and people from the repository, and counts what either revokes", () => {
  const floor = layFloor(
    policy("project: acme/all", "ledger: other", `revoked: ["${KEYS[1]}"]`, "cosign: { count: 2 }"),
    OWN,
  );
  expect({ ...floor, people: floor.people.map(({ name }) => name), revoked: [...floor.revoked].sort() }).toMatchObject({
    project: "acme/payments",
    ledger: "refs/heads/ledger",
    people: ["Ada"],
    revoked: KEYS,
    cosign: { count: 2 },
  });
  expect(floor.peopleByEmail.has("ada@acme.example")).toBe(true);
});

it("a floor that names people knows nobody else", () => {
  const floor = layFloor(policy(`people: [${EVE}]`), OWN);
  expect([...floor.peopleByEmail.keys()]).toEqual(["eve@acme.example"]);
});

it("a floor believes the witnesses of whoever names the people", () => {
  const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0Ad1w0CxymZmfqC6YuE9UgKo51MoSl4GnXxqHvr5WU";
  const own = policy(`people: [${ADA}]`, `witnesses: [{ name: gate, keys: [${key}] }]`);
  const witnessesUnder = (...lines: readonly string[]) =>
    layFloor(policy(...lines), own).witnesses.map(({ name }) => name);
  expect(witnessesUnder("cosign: { count: 2 }")).toEqual(["gate"]);
  expect(witnessesUnder(`people: [${EVE}]`)).toEqual([]);
});

it("a floor under a repository without a policy has its own people alone, no project and no ledger", () => {
  const floor = policy("project: acme/all", "ledger: other", `people: [${EVE}]`, `revoked: ["${KEYS[1]}"]`);
  expect(layFloor(floor, undefined)).toEqual({ ...floor, project: undefined, ledger: undefined });
  expect(layFloor(policy("cosign: { count: 2 }"), undefined).people).toEqual([]);
});
