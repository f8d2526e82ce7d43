import { describe, expect, it } from "vitest";
import { AI, allOf, History, headFor, LEDGER, ledgerOf, TYPED } from "../history.fixture.ts";
import { readClaims, readCosigned, readSpokenFor, verifyClaims } from "./read-claims.ts";

const history = new History();
const policy = history.policy(`ledger: ${LEDGER}\n`);
const start = history.make("Start\n", { files: { a: "1" } });
const at = { parents: [start], files: { b: "1" } };
const plain = history.make(AI, at);
const typed = history.make(TYPED, at);
const malformed = history.make(TYPED, { ...at, headers: "author Eve <eve@acme.example> 1 +0000\n" });
const crowd = (people: number) =>
  AI + Array.from({ length: people }, (_, n) => `Co-signed-by: P <p${n}@acme.example>\n`).join("");
const most = history.make(crowd(100), at);
const tooMany = history.make(crowd(101), at);
const signed = await history.cosign(AI, at, { policy, base: start });
const side = history.make("Side\n", { parents: [start], files: { c: "1" } });
const merged = { parents: [plain, side], files: { c: "2" } };
const merge = history.make(`Merge\n\n${TYPED}`, merged);
const signedMerge = await history.cosign("Merge\n\nAssisted-by: Kiro:x\n", merged, { policy, base: start });

const read = (...oids: (typeof start)[]) => Promise.all(oids.map(async (oid) => (await history.read(oid)).commit));

describe("co-signed commits", () => {
  it("are those that bear a co-sign, and no more of them than are checked", async () => {
    const found = await allOf(readCosigned(history, [start, plain, typed, malformed, most, tooMany, signed]));
    expect(found.map(({ oid }) => oid)).toEqual([typed, most, signed]);
  });

  it("are verified, each for itself", async () => {
    const found = await allOf(verifyClaims(history, policy, "main", await read(typed, signed, merge, signedMerge)));
    expect(
      found.map(({ oid, claims }) => [
        oid,
        claims.map(({ email, bearer, signatures }) => [
          email,
          bearer,
          signatures.map(({ result }) => "proof" in result),
        ]),
      ]),
    ).toEqual([
      [typed, [["ada@acme.example", typed, []]]],
      [signed, [["ada@acme.example", signed, [true]]]],
      [merge, [["ada@acme.example", merge, []]]],
      [signedMerge, [["ada@acme.example", signedMerge, [true]]]],
    ]);
  });

  it("are verified by what a merge does itself, though only some of them are signed", async () => {
    const typedToo = "Merge\n\nAssisted-by: Kiro:x\nCo-signed-by: Bob <bob@acme.example>\n";
    const both = await history.cosign(typedToo, merged, { policy, base: start });
    const [found] = await allOf(verifyClaims(history, policy, "main", await read(both)));
    expect(found?.claims.map(({ signatures }) => signatures.map(({ result }) => "proof" in result))).toEqual([
      [],
      [true],
    ]);
  });

  it("are verified for the branch where they are to land", async () => {
    const [found] = await allOf(verifyClaims(history, policy, "next", await read(signed)));
    expect(found?.claims[0]?.signatures).toMatchObject([{ result: { code: "COSIGN_MISMATCH" } }]);
  });
});

describe("what is spoken for", () => {
  it("is each commit with its change and what it does itself, where the change is wanted", async () => {
    const commits = await read(typed, merge, start);
    const all = await allOf(readSpokenFor(history, commits));
    expect(all.map(({ commit, changes, own }) => [commit.oid, changes.length, own.length])).toEqual([
      [typed, 1, 1],
      [merge, 1, 1],
      [start, 1, 1],
    ]);
    const wanted = await allOf(
      readSpokenFor(history, commits, (changes) => String(Buffer.from(changes[0]?.path ?? [])) === "b"),
    );
    expect(wanted.map(({ commit }) => commit.oid)).toEqual([typed]);
  });
});

describe("all co-signs that speak for a commit", () => {
  const found = async (oid: typeof start, ledger?: ReturnType<typeof ledgerOf>) => {
    const claims = await readClaims(history, policy, { branch: "main", ledger }, oid);
    return claims.map(({ where, signatures }) => [
      where.carrier,
      ...signatures.map(({ result }) => ("code" in result ? result.code : result.proof)),
    ]);
  };

  it("are those in its message, unless nobody can say what that is or there are too many", async () => {
    expect(await found(plain)).toEqual([]);
    expect(await found(typed)).toEqual([["trailer"]]);
    expect(await found(signed)).toEqual([["trailer", "signed"]]);
    expect(await found(malformed)).toEqual([]);
    expect(await found(most)).toHaveLength(100);
    expect(await found(tooMany)).toEqual([]);
  });

  it("are those of the ledger too, and of both none that was taken back counts", async () => {
    history.addParts([await history.part(plain, policy)], { head: headFor(start) });
    const ledger = ledgerOf(history, policy);
    expect(await found(plain, ledger)).toEqual([["ledger", "signed"]]);
    expect(await found(typed, ledger)).toEqual([["trailer"], ["ledger", "signed"]]);
    expect(await found(tooMany, ledger)).toEqual([["ledger", "signed"]]);
  });
});
