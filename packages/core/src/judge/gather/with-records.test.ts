import { expect, it } from "vitest";
import type { Person } from "../../policy/policy.ts";
import { provenanceUnder } from "../../provenance/under-policy.ts";
import { AI, History, headFor, LEDGER, ledgerOf, TYPED } from "../history.fixture.ts";
import type { RefusedReview } from "../records/record-source.ts";
import { openCase } from "./open-case.ts";
import { withRecords } from "./with-records.ts";

const history = new History();
const policy = history.policy(`ledger: ${LEDGER}\ndisputes: { level: senior }\n`);
const start = history.make("Start\n");

async function found(message: string, project = "acme/payments", refused?: readonly RefusedReview[]) {
  const oid = history.make(message, { parents: [start], files: { a: "1" } });
  history.restore(new Map());
  history.addParts([await history.part(oid, policy)], { head: headFor(start, { project }) });
  const read = await history.read(oid);
  const reading = { ...read, provenance: provenanceUnder(policy)(read.commit), policyChanges: [], mechanical: false };
  const [protection] = policy.protect;
  if (!protection) throw new Error("it protects main");
  const before = openCase(policy, { branch: "main", protection }, reading);
  const ledger = ledgerOf(history, policy);
  if (refused) Object.assign(ledger, { refusedReviews: async () => refused });
  return {
    before,
    after: await withRecords(before, reading, ledger),
    without: await withRecords(before, reading, undefined),
  };
}

const person = (name: string): Person => ({ ...(policy.people[0] as Person), name });
const refusal = (of: Person): RefusedReview => ({
  person: of,
  mismatch: { email: `${of.name}@acme.example`, forge: "github", review: of.name, reason: "it asks for changes" },
});

it("a case has the co-signs of the ledger beside those of its message", async () => {
  const { after } = await found(TYPED);
  expect(after.claims.map(({ where }) => where.carrier)).toEqual(["trailer", "ledger"]);
  expect(after.mismatches).toEqual([]);
});

it("a case has what is about something else, of people who are not heard", async () => {
  const { after } = await found(AI, "acme/other");
  expect(after.claims).toEqual([]);
  expect(after.mismatches).toMatchObject([
    { email: "ada@acme.example", reason: "it was signed for the project acme/other" },
  ]);
  expect((await found(TYPED, "acme/other")).after.mismatches).toEqual([]);
});

it("a case has verdicts on a forge that approve nothing, of three people who are not heard", async () => {
  const ada = policy.people[0] as Person;
  const refused = [ada, ...["a", "b", "c", "d"].map(person)].map(refusal);
  const { after } = await found(AI, "acme/payments", refused);
  expect(after.mismatches.map(({ email }) => email[0])).toEqual(["a", "b", "c"]);
  const beside = await found(AI, "acme/other", refused.slice(1, 2));
  expect(beside.after.mismatches.map((each) => Object.keys(each))).toEqual([
    ["email", "record", "block", "reason"],
    ["email", "forge", "review", "reason"],
  ]);
});

it("nothing is looked up where nothing is asked, or where there is no ledger", async () => {
  const { before, after } = await found("Work\n");
  expect(after).toBe(before);
  const { before: open, without } = await found(AI);
  expect(without).toBe(open);
});

it("it is looked up for a dispute alone", async () => {
  const { before } = await found(AI);
  const oid = history.make(AI, { parents: [start], files: { a: "1" } });
  const read = await history.read(oid);
  const reading = { ...read, provenance: before.summary.provenance, policyChanges: [], mechanical: false };
  const [ask] = before.asks;
  if (!ask) throw new Error("something is asked");
  const disputed = { ...before, asks: [], dispute: { reason: "a formatter", line: 3, ask } };
  expect((await withRecords(disputed, reading, ledgerOf(history, policy))).claims).toHaveLength(1);
});
