import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import type { Commit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { parsePolicy } from "../policy/file/parse-policy.ts";
import { findPersonByEmail } from "../policy/roster.ts";
import type { AuthorAddresses } from "../provenance/authors.ts";
import { fingerprint } from "../ssh/fingerprint.ts";
import { SigningKey } from "../ssh/signing-key.fixture.ts";
import { parseSshSignature, type SshSignature } from "../ssh/ssh-signature.ts";
import type { CoSignature } from "./claim.ts";
import { digestOf } from "./digest.ts";
import { formatLines, NAMESPACE, type SignedLines } from "./lines.ts";
import { reviewOf, type VerifiedClaim, type VerifiedSignature, verifyClaim } from "./verify.ts";
import { type SignedBy, type SignedWork, signedLines, workOf } from "./work.ts";

const oid = (digit: string): ObjectId => digit.repeat(40) as ObjectId;
const BEARER = oid("9");
const FILE = new SigningKey();
const TOUCHED = new SigningKey(1);
const UNTOUCHED = new SigningKey(0);

const POLICY = parsePolicy(
  encodeText(`version: 1
protect: [{ branches: [main, next] }]
emergency: { level: senior, reviewWithin: 24h }
people:
  - { name: Ada, emails: [ada@x], level: senior, keys: [${[FILE, TOUCHED, UNTOUCHED].map(({ text }) => `"${text}"`)}] }
  - { name: Jim, emails: [jim@x], level: senior }
`),
  "policy.yml",
);
const ADA = findPersonByEmail(POLICY, "ada@x");
const CHANGES: readonly Change[] = [
  { path: encodeText("a"), oldMode: "100644", newMode: "100644", oldOid: oid("1"), newOid: oid("2"), status: "M" },
];
const NAMED: AuthorAddresses = new Map([["bob@x", "author"]]);
const SIGNER: SignedBy = { cosigner: "ada@x", time: "2026-11-23T10:00:00Z", base: oid("5"), authors: ["bob@x"] };
const NOT_OVER = "the signature does not verify against what had to be signed";

function work(message = "Subject\n", branch = "main"): SignedWork {
  const bob = { name: "Bob", email: "bob@x" };
  const commit: Commit = {
    oid: BEARER,
    tree: undefined,
    parents: [oid("3")],
    author: bob,
    committer: bob,
    message: encodeText(message),
  };
  return workOf(POLICY, branch, { commit, changes: CHANGES });
}

const PLAIN = work();
const URGENT = work("Subject\n\nEmergency: the site is down\n");

/** A signature over these lines as a message holds it, which may say something else of them. */
function signature(over: SignedLines, { by = FILE, namespace = NAMESPACE, says = SIGNER } = {}): CoSignature {
  const made = parseSshSignature(by.sign(formatLines(over), namespace));
  if (typeof made === "string") throw new Error(made);
  return { time: says.time, base: says.base, authors: says.authors, signature: made };
}

function verify(
  signatures: readonly CoSignature[],
  { of = PLAIN, email = "ada@x", authors = NAMED } = {},
): VerifiedClaim {
  const claim = { name: "Anybody", email, where: { carrier: "trailer", line: 3 }, signatures } as const;
  return verifyClaim(POLICY, claim, BEARER, of, authors);
}

function verified(...about: Parameters<typeof verify>): VerifiedSignature {
  const result = verify(...about).signatures[0]?.result;
  if (!result || !("proof" in result)) throw new Error(JSON.stringify(result));
  return result;
}

function reason(...about: Parameters<typeof verify>): string | undefined {
  const result = verify(...about).signatures[0]?.result;
  return result && "code" in result && result.code === "COSIGN_MISMATCH" ? result.data.reason : undefined;
}

describe("a claim", () => {
  it("is of the person on the roster who has its address, whatever name it gives", () => {
    expect(verify([])).toEqual({
      bearer: BEARER,
      email: "ada@x",
      where: { carrier: "trailer", line: 3 },
      person: ADA,
      signatures: [],
    });
  });

  it("of a stranger is nobody's, and no signature of it is looked at", () => {
    const { person, signatures } = verify([signature(signedLines(PLAIN, SIGNER))], { email: "eve@x" });
    expect({ person, signatures }).toEqual({ person: undefined, signatures: [] });
  });

  it("has all of its signatures, in their order", () => {
    const lines = signedLines(PLAIN, SIGNER);
    const both = [signature(lines, { by: new SigningKey() }), signature(lines, { by: TOUCHED })];
    expect(verify(both).signatures.map(({ key }) => key?.text)).toEqual([undefined, TOUCHED.text]);
  });
});

describe("a signature over the commit's work", () => {
  const lines = signedLines(PLAIN, SIGNER);
  const given = signature(lines);

  it("approves it, as of the time and for the base that were signed", () => {
    expect(verify([given]).signatures).toEqual([
      {
        key: expect.objectContaining({ text: FILE.text }),
        value: given.signature.value,
        result: {
          id: digestOf(formatLines(lines)),
          time: Date.UTC(2026, 10, 23, 10) / 1000,
          proof: "signed",
          approval: {
            base: oid("5"),
            block: { ...PLAIN.block, authors: ["bob@x"] },
            changes: CHANGES,
            authors: NAMED,
            signed: { lines, block: 1, signature: given.signature.blob },
          },
        },
      },
    ]);
  });

  it("is proof by hardware where a security key says that it was touched, and only there", () => {
    expect(verified([signature(lines, { by: TOUCHED })]).proof).toBe("hardware");
    expect(verified([signature(lines, { by: UNTOUCHED })]).proof).toBe("signed");
  });

  it("makes authors of all whom it names, in lower case, beside those of the commit", () => {
    const says = { ...SIGNER, authors: ["Eve@X", "bob@x"] };
    const { approval } = verified([signature(signedLines(PLAIN, says), { says })]);
    expect([...(approval?.authors ?? [])]).toEqual([
      ["eve@x", "author"],
      ["bob@x", "author"],
    ]);
    expect(approval?.block.authors).toEqual(["Eve@X", "bob@x"]);
  });

  it("lets an emergency land only where its reason was signed", () => {
    const urgent = verified([signature(signedLines(URGENT, SIGNER, "the site is down"))], { of: URGENT });
    expect([urgent.emergency, urgent.approval?.block.emergency]).toEqual(["the site is down", "the site is down"]);
    const plain = verified([given], { of: URGENT });
    expect(plain).not.toHaveProperty("emergency");
    expect(plain.approval?.block).not.toHaveProperty("emergency");
  });

  it("stands for no review on a forge", () => {
    expect(reviewOf(verified([given]))).toBeUndefined();
    expect(reviewOf(undefined)).toBeUndefined();
    expect(reviewOf({ id: "", time: 0, proof: "signed" })).toBeUndefined();
  });
});

it("a review on a forge is the one that the signed head names", () => {
  const review = { witness: "gate", forge: "github", review: "1", head: oid("7") } as const;
  const found = verified([signature(signedLines(PLAIN, SIGNER))]);
  const { approval } = found;
  if (!approval) throw new Error("it has no approval");
  const { lines } = approval.signed;
  const signed = { ...approval.signed, lines: { ...lines, head: { ...lines.head, reviewed: review } } };
  expect(reviewOf({ ...found, approval: { ...approval, signed } })).toBe(review);
});

describe("a signature that does not count", () => {
  const lines = signedLines(PLAIN, SIGNER);

  it("is by a key that the roster lists for nobody, or for somebody else", () => {
    for (const [by, email] of [
      [new SigningKey(), "ada@x"],
      [FILE, "jim@x"],
    ] as const) {
      const made = signature(lines, { by });
      const data = { email, fingerprint: fingerprint(made.signature.key) };
      expect(verify([made], { email }).signatures).toEqual([
        { key: undefined, result: { code: "COSIGN_KEY_UNKNOWN", data } },
      ]);
    }
  });

  it("is over other work, and says on which line it stands", () => {
    const other = signature({ ...lines, blocks: [{ ...PLAIN.block, change: "c".repeat(64), authors: ["bob@x"] }] });
    expect(verify([other]).signatures).toEqual([
      {
        key: expect.objectContaining({ text: FILE.text }),
        value: other.signature.value,
        result: { code: "COSIGN_MISMATCH", data: { email: "ada@x", line: 3, reason: NOT_OVER } },
      },
    ]);
    expect(reason([other], { of: URGENT })).toBe(NOT_OVER);
  });

  it("is in another namespace, such as git's own", () => {
    expect(reason([signature(lines, { namespace: "git" })])).toBe(
      "the signature is not in the namespace countersign@v1",
    );
  });

  it("is of a commit whose lines nobody can sign", () => {
    const says = { ...SIGNER, authors: ["bob\u0007@x"] };
    expect(reason([{ ...signature(lines), authors: says.authors }])).toBe(
      "an author's address holds control characters or is not UTF-8",
    );
  });

  it("is of an emergency that the commit does not name", () => {
    expect(reason([signature(signedLines(PLAIN, SIGNER, "the site is down"))])).toBe(NOT_OVER);
  });

  it("is for another branch, and then says which", () => {
    const other = signature(signedLines(work("Subject\n", "next"), SIGNER));
    expect(reason([other])).toBe("it was signed for next, and not for main");
  });

  it("is over other work, though the commit names an author whom no line can hold", () => {
    const other = signature(signedLines(PLAIN, { ...SIGNER, authors: ["eve@x"] }));
    expect(reason([other], { authors: new Map([["eve@x", "author"]]) })).toBe(
      "its line names other authors than were signed",
    );
    expect(reason([other], { authors: new Map([["bob\u0007@x", "author"]]) })).toBe(NOT_OVER);
  });

  it("was changed by one bit", () => {
    const made = signature(lines);
    const value = made.signature.value.map((byte, at) => (at === 0 ? byte ^ 1 : byte));
    const changed: SshSignature = { ...made.signature, value };
    expect(reason([{ ...made, signature: changed }])).toBe(NOT_OVER);
  });
});
