import { describe, expect, it } from "vitest";
import type { Block } from "../../cosign/lines.ts";
import type { VerifiedClaim } from "../../cosign/verify.ts";
import { HEAD } from "../../ledger/ledger-world.fixture.ts";
import type { ObjectId } from "../../object/oid.ts";
import { findPersonByEmail } from "../../policy/roster.ts";
import { SigningKey } from "../../ssh/signing-key.fixture.ts";
import { AI, allOf, destinationOf, History, headFor, LEDGER, ledgerOf } from "../history.fixture.ts";
import { readCosigned, verifyClaims } from "../relate/read-claims.ts";
import { LedgerClaims } from "./ledger-claims.ts";
import { openLedger } from "./open-ledger.ts";

const TERMS = `ledger: ${LEDGER}
disputes: { level: senior }
emergency: { level: senior, reviewWithin: 3d }
`;
const DISPUTE = "Retry uploads\n\nAssisted-by: none (the editor added it)\n";
const URGENT = "Retry uploads\n\nEmergency: uploads fail\n";

/** A file, one with another beginning, and either with another end. */
const TEXT = Array.from({ length: 20 }, (_, line) => `${line}\n`).join("");
const MOVED = `new\n\n${TEXT}`;
const lastIs = (line: string, text = TEXT) => text.replace("19", line);

/** A history with a commit of Bob's on `main`, of which a record is written. */
async function approved(message = AI, more: Partial<Block> = {}, head = {}) {
  const history = new History();
  const policy = history.policy(TERMS);
  const start = history.make("Start\n", { files: { "a.txt": TEXT } });
  const commit = history.make(message, { parents: [start], files: { "a.txt": lastIs("five") } });
  const part = await history.part(commit, policy);
  const id = history.addParts([{ ...part, block: { ...part.block, ...more } }], { head: headFor(start, head) });
  return { history, policy, start, commit, part, id };
}

type World = Awaited<ReturnType<typeof approved>>;

async function claimsOf({ history, policy }: World, oid: ObjectId, options?: { readonly urgent: boolean }) {
  return ledgerOf(history, policy).of(await history.read(oid), undefined, options);
}

const signerOf = ({ email, signatures }: VerifiedClaim) => [
  email,
  ...signatures.map(({ result }) => ("code" in result ? result.code : result.proof)),
];

describe("a record speaks for a commit", () => {
  it("with the same change, and says all that was approved", async () => {
    const world = await approved();
    const { history, start, commit, part, id } = world;
    const [claim, ...others] = await claimsOf(world, commit);
    expect(others).toEqual([]);
    expect(claim).toMatchObject({
      bearer: commit,
      email: "ada@acme.example",
      where: { carrier: "ledger", record: id, block: 1 },
      person: { name: "ada" },
    });
    expect(claim).not.toHaveProperty("reapplied");
    const [signature] = claim?.signatures ?? [];
    expect(signature?.key?.text).toBe(history.ada.text);
    expect(signature?.result).toMatchObject({ id, time: Date.parse(HEAD.time) / 1000, proof: "signed" });
    expect(signature?.result).not.toHaveProperty("emergency");
    const approval = signature && "approval" in signature.result ? signature.result.approval : undefined;
    expect(approval).toMatchObject({ base: start, block: { change: part.block.change }, signed: { block: 1 } });
    expect(approval?.signed.signature).toBeInstanceOf(Uint8Array);
    expect(approval?.changes.map(({ newOid }) => newOid)).toEqual(part.changes.map(({ newOid }) => newOid));
    expect([...(approval?.authors ?? [])]).toEqual([["bob@acme.example", "author"]]);
  });

  it("as the work of all that it names, and of those that the record does", async () => {
    const world = await approved(`${AI}Co-authored-by: Eve <eve@acme.example>\n`, { authors: ["ada@acme.example"] });
    const [claim] = await claimsOf(world, world.commit);
    const [signature] = claim?.signatures ?? [];
    const approval = signature && "approval" in signature.result ? signature.result.approval : undefined;
    expect([...(approval?.authors.keys() ?? [])].sort()).toEqual([
      "ada@acme.example",
      "bob@acme.example",
      "eve@acme.example",
    ]);
  });

  it("with the same change on files that have moved on, and names those", async () => {
    const world = await approved();
    const { history, start } = world;
    const moved = history.make("Move on\n", { parents: [start], files: { "a.txt": MOVED } });
    const again = history.make(AI, { parents: [moved], files: { "a.txt": lastIs("five", MOVED) } });
    const [claim] = await claimsOf(world, again);
    expect(claim?.reapplied?.map((path) => Buffer.from(path).toString())).toEqual(["a.txt"]);
  });

  it("not with another change of the same path", async () => {
    const world = await approved();
    const other = world.history.make(AI, { parents: [world.start], files: { "a.txt": lastIs("six") } });
    expect(await claimsOf(world, other)).toEqual([]);
  });

  it("not for another project or another branch", async () => {
    const foreign = await approved(AI, {}, { project: "acme/other" });
    expect(await claimsOf(foreign, foreign.commit)).toEqual([]);
    const elsewhere = await approved(AI, {}, { branches: [{ ref: "refs/heads/next", base: undefined }] });
    expect(await claimsOf(elsewhere, elsewhere.commit)).toEqual([]);
  });

  it("as one of several branches, and of any where no branch is asked for", async () => {
    const base = "7".repeat(40) as ObjectId;
    const world = await approved(
      AI,
      {},
      {
        branches: [
          { ref: "refs/heads/next", base: undefined },
          { ref: "refs/heads/main", base },
        ],
      },
    );
    const { history, policy, commit } = world;
    expect(await claimsOf(world, commit)).toMatchObject([{ signatures: [{ result: { approval: { base } } }] }]);
    const destination = destinationOf({ [LEDGER]: history.commitAll() });
    const any = openLedger(history, { destination }, policy);
    expect(any?.place).toEqual({ project: "acme/payments", ref: undefined });
    expect(await any?.of(await history.read(commit))).toMatchObject([
      { signatures: [{ result: { approval: { base: undefined } } }] },
    ]);
    expect(ledgerOf(history, policy).place).toEqual({ project: "acme/payments", ref: "refs/heads/main" });
  });

  it("with the same dispute alone", async () => {
    const disputed = await approved(DISPUTE);
    expect((await claimsOf(disputed, disputed.commit)).map(signerOf)).toEqual([["ada@acme.example", "signed"]]);
    const undisputed = await approved(DISPUTE, { dispute: undefined });
    expect(await claimsOf(undisputed, undisputed.commit)).toEqual([]);
    const other = await approved(AI, { dispute: "the editor added it" });
    expect(await claimsOf(other, other.commit)).toEqual([]);
  });

  it("in an emergency with its reason, or without any", async () => {
    const urgent = await approved(URGENT, { emergency: "uploads fail" });
    expect(await claimsOf(urgent, urgent.commit)).toMatchObject([
      { signatures: [{ result: { emergency: "uploads fail" } }] },
    ]);
    const plain = await approved(URGENT);
    expect((await claimsOf(plain, plain.commit)).map(signerOf)).toEqual([["ada@acme.example", "signed"]]);
    const other = await approved(URGENT, { emergency: "downloads fail" });
    expect(await claimsOf(other, other.commit)).toEqual([]);
  });

  it("whose message says nothing of its emergency any more, where that is asked for", async () => {
    const lost = await approved(AI, { emergency: "uploads fail" });
    expect(await claimsOf(lost, lost.commit)).toEqual([]);
    expect(await claimsOf(lost, lost.commit, { urgent: true })).toMatchObject([
      { signatures: [{ result: { emergency: "uploads fail" } }] },
    ]);
  });

  it("not once its signer has taken it back", async () => {
    const world = await approved();
    const { history, id, commit, part } = world;
    const folder = [...history.files.keys()].find((path) => path.endsWith("/record"))?.replace("/record", "") ?? "";
    expect(folder).toContain(part.block.paths.slice(2));
    history.withdraw(folder, id, { head: headFor(undefined) });
    expect(await claimsOf(world, commit)).toMatchObject([
      {
        signatures: [
          { result: { code: "COSIGN_WITHDRAWN", data: { email: "ada@acme.example", record: id, block: 1 } } },
        ],
      },
    ]);
  });
});

describe("a record of a merge", () => {
  /** `main` and a topic, both of which change `a.txt`, and a merge that settles it. */
  async function merged(more: Partial<Block> = {}) {
    const history = new History();
    const policy = history.policy(TERMS);
    const start = history.make("Start\n", { files: { "a.txt": "1\n" } });
    const main = history.make("Main\n", { parents: [start], files: { "a.txt": "2\n" } });
    const topic = history.make(AI, { parents: [start], files: { "a.txt": "3\n" } });
    const merge = history.make(`Merge\n\n${AI}`, { parents: [main, topic], files: { "a.txt": "4\n" } });
    const part = await history.part(merge, policy);
    history.addParts([{ ...part, block: { ...part.block, ...more } }], { head: headFor(main) });
    return { history, policy, main, topic, start, merge };
  }

  it("speaks for that merge", async () => {
    const { history, policy, merge } = await merged();
    expect(await ledgerOf(history, policy).of(await history.read(merge))).toHaveLength(1);
  });

  it("speaks for no merge of another branch, nor for a plain commit with its change, and the other way about", async () => {
    const { history, policy, main, start, merge } = await merged();
    const other = history.make("Other\n", { parents: [start], files: { "a.txt": "3\n" } });
    const sibling = history.make("Merge\n", { parents: [main, other], filesOf: merge });
    const plain = history.make(AI, { parents: [main], filesOf: merge });
    const ledger = ledgerOf(history, policy);
    expect(await ledger.of(await history.read(sibling))).toEqual([]);
    expect(await ledger.of(await history.read(plain))).toEqual([]);
    const flat = await merged({ parents: 1, otherParents: [], own: undefined });
    expect(await ledgerOf(flat.history, flat.policy).of(await flat.history.read(flat.merge))).toEqual([]);
  });

  it("speaks for no merge that does something else itself", async () => {
    const { history, policy, merge } = await merged({ own: "0".repeat(64) });
    expect(await ledgerOf(history, policy).of(await history.read(merge))).toEqual([]);
  });

  it("is applied to no file that has moved on", async () => {
    const history = new History();
    const policy = history.policy(TERMS);
    const start = history.make("Start\n", { files: { "a.txt": TEXT } });
    const topic = history.make(AI, { parents: [start], files: { b: "1" } });
    const merge = history.make("Merge\n", { parents: [start, topic], files: { "a.txt": lastIs("five") } });
    history.addParts([await history.part(merge, policy)], { head: headFor(start) });
    const moved = history.make("Move on\n", { parents: [start], files: { "a.txt": MOVED } });
    const late = { parents: [moved], files: { "a.txt": lastIs("five", MOVED) } };
    const ledger = ledgerOf(history, policy);
    expect(await ledger.of(await history.read(history.make(AI, late)))).toEqual([]);
    const again = history.make("Merge\n", { ...late, parents: [moved, topic] });
    expect(await ledger.of(await history.read(again))).toEqual([]);
  });
});

describe("a record of a whole branch", () => {
  it("speaks for the commit that it is squashed into, as the work of those that its block names", async () => {
    const world = await approved(`${AI}Co-authored-by: Eve <eve@acme.example>\n`, {
      commits: 2,
      authors: ["ada@acme.example"],
    });
    const [claim] = await claimsOf(world, world.commit);
    const [signature] = claim?.signatures ?? [];
    const approval = signature && "approval" in signature.result ? signature.result.approval : undefined;
    expect([...(approval?.authors.keys() ?? [])].sort()).toEqual(["ada@acme.example", "bob@acme.example"]);
    const { history, policy, commit } = world;
    const all = await allOf(ledgerOf(history, policy).records());
    const records = { recordsOf: async () => all, records: async function* () {}, isWithdrawn: async () => false };
    const makers = new Map([[commit, new Map([["carol@acme.example", "author"]] as const)]]);
    const made = new LedgerClaims(history, policy, "main", { ref: "", records, makers });
    const [named] = await made.of(await history.read(commit));
    const [by] = named?.signatures ?? [];
    expect(by && "approval" in by.result && [...(by.result.approval?.authors.keys() ?? [])].sort()).toEqual([
      "ada@acme.example",
      "bob@acme.example",
      "carol@acme.example",
    ]);
  });

  it("vouches for a merge, where it is no dispute and no emergency; so does one of the merge itself", async () => {
    const vouching = async (more: Partial<Block>) => {
      const { history, policy, commit } = await approved(AI, more);
      const found = await ledgerOf(history, policy).vouchingOf(await history.read(commit));
      return found.map(({ signatures }) =>
        signatures.map(({ result }) => "approval" in result && [...(result.approval?.authors.keys() ?? [])]),
      );
    };
    expect(await vouching({ commits: 2, parents: 1 })).toEqual([[["bob@acme.example"]]]);
    expect(await vouching({})).toEqual([[["bob@acme.example"]]]);
    expect(await vouching({ commits: 2, emergency: "uploads fail" })).toEqual([]);
    expect(await vouching({ commits: 2, dispute: "a formatter" })).toEqual([]);
    const world = await approved(AI, { commits: 2 });
    const { history, policy, start, commit } = world;
    const side = history.make("Side\n", { parents: [start], files: { b: "1" } });
    const merge = history.make("Merge\n", { parents: [start, side], filesOf: commit });
    expect(await ledgerOf(history, policy).vouchingOf(await history.read(merge))).toHaveLength(1);
    expect(await ledgerOf(history, policy).of(await history.read(merge))).toEqual([]);
  });
});

it("a record of a plain commit vouches for no merge that changes the same", async () => {
  const { history, policy, start, commit } = await approved();
  const side = history.make("Side\n", { parents: [start], files: { b: "1" } });
  const merge = history.make("Merge\n", { parents: [start, side], filesOf: commit });
  expect(await ledgerOf(history, policy).vouchingOf(await history.read(merge))).toEqual([]);
});

describe("an approval on a forge", () => {
  const review = { forge: "github", review: "7", head: "d".repeat(40) as ObjectId } as const;

  it("that a witness wrote down stands in the ledger", async () => {
    const history = new History();
    const gate = new SigningKey();
    const policy = history.policy(`${TERMS}witnesses: [{ name: gate, keys: ["${gate.text}"] }]\n`);
    const commit = history.make(AI, { files: { a: "1" } });
    const head = headFor(undefined, { reviewed: { ...review, witness: "gate" } });
    const id = history.addParts([await history.part(commit, policy)], { head, key: gate });
    expect(await ledgerOf(history, policy).of(await history.read(commit))).toMatchObject([
      { where: { carrier: "ledger", record: id, block: 1 }, signatures: [{ result: { proof: "reviewed" } }] },
    ]);
  });

  it("that nobody wrote down stands on the forge, as do verdicts that approve nothing", async () => {
    const { history, policy, commit, part, start } = await approved();
    const all = await allOf(ledgerOf(history, policy).records());
    const head = headFor(start, { reviewed: { ...review, witness: undefined } });
    const [record] = all.map(({ signature: _, ...one }) => ({ ...one, lines: { ...one.lines, head } }));
    const eve = findPersonByEmail(policy, "eve@acme.example");
    if (!eve) throw new Error("she is on the roster");
    const refused = {
      person: eve,
      mismatch: { email: "eve@acme.example", forge: "github", review: "8", reason: "it asks for changes" },
    } as const;
    const reviewed = {
      recordsOf: async () => [],
      records: async function* () {},
      knowsBetter: () => false,
      refusedOf: async (paths: string) => (paths === part.block.paths ? [refused] : []),
    };
    const records = { ...reviewed, recordsOf: async () => (record ? [record] : []), isWithdrawn: async () => false };
    const ledger = new LedgerClaims(history, policy, "main", { ref: "", records, reviewed });
    const spoken = await history.read(commit);
    expect(await ledger.of(spoken)).toMatchObject([{ where: { carrier: "review", forge: "github", review: "7" } }]);
    expect(await ledger.refusedReviews(spoken.changes)).toEqual([refused]);
    expect(await ledger.refusedReviews([])).toEqual([]);
    expect(
      await new LedgerClaims(history, policy, "main", { ref: "", records }).refusedReviews(spoken.changes),
    ).toEqual([]);
  });
});

it("a co-sign in a message counts no more once its signer has taken it back in the ledger", async () => {
  const history = new History();
  const policy = history.policy(TERMS);
  const start = history.make("Start\n");
  const commit = await history.cosign(AI, { parents: [start], files: { a: "1" } }, { policy, base: start });
  const commits = await allOf(readCosigned(history, [commit]));
  const [cosigned] = await allOf(verifyClaims(history, policy, "main", commits));
  const [claim] = cosigned?.claims ?? [];
  if (!claim) throw new Error("it is co-signed");
  const result = claim.signatures[0]?.result;
  const id = result && "id" in result ? result.id : "";
  expect(await ledgerOf(history, policy).afterWithdrawals([claim])).toEqual([claim]);
  const part = await history.part(commit, policy);
  const folder = `${part.block.paths.slice(0, 2)}/${part.block.paths.slice(2)}/${id}-1`;
  history.withdraw(folder, id, { head: headFor(undefined) });
  const data = { email: "ada@acme.example", line: expect.any(Number) };
  expect(await ledgerOf(history, policy).afterWithdrawals([claim])).toMatchObject([
    { signatures: [{ key: { text: history.ada.text }, result: { code: "COSIGN_WITHDRAWN", data } }] },
  ]);
  const failed = { ...claim, signatures: [{ key: undefined, result: { code: "COSIGN_KEY_REVOKED", data } as never }] };
  const taken = { ...claim, signatures: [{ key: undefined, result: { id, time: 1, proof: "signed" } as const }] };
  expect(await ledgerOf(history, policy).afterWithdrawals([failed, taken])).toEqual([failed, taken]);
});

it("what a block approves is found by its record, its number and its paths", async () => {
  const { history, policy, id, part } = await approved();
  const ledger = ledgerOf(history, policy);
  expect((await ledger.changesOf(id, 1, part.block.paths))?.map(({ newOid }) => newOid)).toEqual(
    part.changes.map(({ newOid }) => newOid),
  );
  expect(await ledger.changesOf(id, 2, part.block.paths)).toBeUndefined();
  expect(await ledger.changesOf("0".repeat(64), 1, part.block.paths)).toBeUndefined();
  expect(await ledger.changesOf(id, 1, "0".repeat(64))).toBeUndefined();
});
