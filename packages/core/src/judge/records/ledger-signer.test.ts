import { describe, expect, it } from "vitest";
import { formatLines, type SignedHead } from "../../cosign/lines.ts";
import { blockOf } from "../../ledger/blocks.fixture.ts";
import { HEAD, LedgerWorld } from "../../ledger/ledger-world.fixture.ts";
import { parseRecordFile } from "../../ledger/record-file.ts";
import { formatSignedFile } from "../../ledger/signed-file.ts";
import type { ObjectId } from "../../object/oid.ts";
import { SigningKey } from "../../ssh/signing-key.fixture.ts";
import { History } from "../history.fixture.ts";
import { findLedgerSigner, isGenuineUnder } from "./ledger-signer.ts";

const world = new History();
const witness = new SigningKey();
const policy = world.policy(`witnesses: [{ name: gate, keys: ["${witness.text}"] }]\n`);
const REVIEWED = {
  ...HEAD,
  reviewed: { witness: "gate", forge: "github", review: "7", head: "d".repeat(40) as ObjectId },
} as const;

function statement(head: SignedHead, by: SigningKey, over = head) {
  const blocks = [blockOf([])];
  const file = formatSignedFile(formatLines({ head, blocks }), by.sign(formatLines({ head: over, blocks })));
  const parsed = parseRecordFile(file);
  if (!parsed) throw new Error("it is a record");
  return parsed;
}

describe("by a record speaks", () => {
  it("who is named, by a key that the roster has for them", () => {
    const found = findLedgerSigner(policy, statement(HEAD, world.ada));
    expect(found).toMatchObject({ person: { name: "ada" }, key: { text: world.ada.text }, proof: "signed" });
  });

  it("who is named, by a security key that was touched", () => {
    const hardware = new SigningKey(1);
    const people = policy.people.map((person) => {
      const [key] = person.keys;
      return key ? { ...person, keys: [key, { ...key, text: hardware.text }] } : person;
    });
    const peopleByEmail = new Map(people.flatMap((each) => each.emails.map((email) => [email, each])));
    const found = findLedgerSigner({ ...policy, people, peopleByEmail }, statement(HEAD, hardware));
    expect(found).toMatchObject({ person: { name: "ada" }, key: { text: hardware.text }, proof: "hardware" });
  });

  it("who approved on a forge, by the key of the witness who wrote that down", () => {
    const found = findLedgerSigner(policy, statement(REVIEWED, witness));
    expect(found).toMatchObject({ person: { name: "ada" }, key: { text: witness.text }, proof: "reviewed" });
    expect(isGenuineUnder(policy)(statement(REVIEWED, witness))).toBe(true);
  });

  it.each<[what: string, head: SignedHead, by: SigningKey]>([
    ["someone else's key", HEAD, world.eve],
    ["a key that nobody has", HEAD, new LedgerWorld().ada],
    ["a witness's key, without a review", HEAD, witness],
    ["the person's own key, under a review", REVIEWED, world.ada],
    ["a witness who is not known", { ...REVIEWED, reviewed: { ...REVIEWED.reviewed, witness: "other" } }, witness],
    [
      "a review that nobody witnessed",
      { ...REVIEWED, reviewed: { ...REVIEWED.reviewed, witness: undefined } },
      witness,
    ],
    ["a key, under a name that is not on the roster", { ...HEAD, cosigner: "mallory@acme.example" }, world.ada],
    [
      "a witness's key, for a person who is not on the roster",
      { ...REVIEWED, cosigner: "mallory@acme.example" },
      witness,
    ],
  ])("nobody by %s", (_, head, by) => {
    expect(findLedgerSigner(policy, statement(head, by))).toBeUndefined();
    expect(isGenuineUnder(policy)(statement(head, by))).toBe(false);
  });

  it("nobody by a signature over something else", () => {
    const other = { ...HEAD, time: "2026-11-23T10:00:01Z" };
    expect(findLedgerSigner(policy, statement(HEAD, world.ada, other))).toBeUndefined();
  });
});
