import { createHash } from "node:crypto";
import type { Change, Commit, ObjectId, Policy, Provenance } from "@countersign/core";
import type { Protection } from "@countersign/core/internal";
import fc from "fast-check";
import { expect, it } from "vitest";
import { decide } from "../../packages/core/src/judge/decide/decide.ts";
import { openCase } from "../../packages/core/src/judge/gather/open-case.ts";
import { NO_RELATIONS } from "../../packages/core/src/judge/relate/relations.ts";
import { parsePolicy } from "../../packages/core/src/policy/file/parse-policy.ts";
import { makeSigner, NAMESPACE, writeSignature } from "../rig/keys/cosign-commit.ts";
import { formatTime, MODES, MUTATIONS, type Signed } from "./cosign-mutations.ts";

// The lines and the digest that are signed are written here by the specification, not by the code that is under test.

const ada = makeSigner();
const NOW = Date.parse("2026-11-23T10:00:00Z") / 1000;

/** What a commit has besides. */
interface Rest {
  readonly subject: string;
  readonly body: string;
  readonly authorName: string;
  readonly committer: string;
  readonly trailer: string;
  readonly oid: ObjectId;
}

const oid = fc.stringMatching(/^[0-9a-f]{40}$/) as fc.Arbitrary<ObjectId>;
const path = fc.uint8Array({ minLength: 1, maxLength: 24 }).map((bytes) => bytes.map((byte) => byte || 0x2f));
const change: fc.Arbitrary<Change> = fc.record({
  path,
  oldMode: fc.constantFrom(...MODES),
  newMode: fc.constantFrom(...MODES),
  oldOid: oid,
  newOid: oid,
  status: fc.constantFrom("A", "M", "D", "T"),
}) as fc.Arbitrary<Change>;
const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);

const signedArbitrary: fc.Arbitrary<Signed> = fc.record({
  changes: fc.array(change, { maxLength: 4 }),
  author: word.map((name) => `${name}@maker.example`),
  branch: word.map((name) => `refs/heads/b-${name}`),
  project: word.map((name) => `acme/${name}`),
  time: fc.integer({ min: NOW - 29 * 86_400, max: NOW }).map(formatTime),
  cosigner: fc.constantFrom("ada@acme.example", "ada@home.example"),
  parents: fc.array(oid, { maxLength: 4 }),
  base: fc.option(oid, { nil: "-" }),
});
const restArbitrary: fc.Arbitrary<Rest> = fc.record({
  subject: word,
  body: word,
  authorName: word,
  committer: word,
  trailer: word,
  oid,
});

function signedLines({ changes, author, branch, project, time, cosigner, parents, base }: Signed): Buffer {
  const records = changes.flatMap(({ oldMode, newMode, oldOid, newOid, status, path }) => [
    Buffer.from(`:${oldMode} ${newMode} ${oldOid} ${newOid} ${status}\0`),
    path,
    Buffer.of(0),
  ]);
  const digest = createHash("sha256").update(Buffer.concat(records)).digest("hex");
  const paths = createHash("sha256");
  for (const { path } of changes) paths.update(path).update("\0");
  const others = parents.slice(1).map((parent) => ` ${parent}`);
  return Buffer.from(
    `countersign v1\nproject ${project}\nbranch ${branch} ${base}\ncosigner ${cosigner}\ntime ${time}\n` +
      `change sha256:${digest}\npaths sha256:${paths.digest("hex")}\nparents ${parents.length}${others.join("")}\n` +
      // The merges of this test do nothing themselves.
      `${parents.length > 1 ? `own sha256:${createHash("sha256").digest("hex")}\n` : ""}author ${author}\n`,
  );
}

const POLICY = parsePolicy(
  Buffer.from(`version: 1\nproject: acme/any\npeople:\n  - name: Ada\n    emails: [ada@acme.example, ada@home.example]
    level: senior\n    keys: [${ada.line}]\nprotect:\n  - branches: ["**"]\n`),
  "test",
);

/** The codes of what is wrong with a commit that bears this signature. */
function judge({ changes, author, branch, project, time, cosigner, parents, base }: Signed, rest: Rest, blob: Buffer) {
  const trailers = [
    "Assisted-by: Kiro:claude",
    `Reviewed-by: ${rest.trailer}`,
    `Co-signed-by: Ada <${cosigner}>`,
    writeSignature(`${cosigner} ${time} ${base} <${author.toLowerCase()}>`, blob.toString("base64")),
  ];
  const commit: Commit = {
    oid: rest.oid,
    tree: undefined,
    parents,
    author: { name: rest.authorName, email: author },
    committer: { name: rest.committer, email: `${rest.committer}@maker.example` },
    message: Buffer.from(`${rest.subject}\n\n${rest.body}\n\n${trailers.join("\n")}\n`),
  };
  const policy: Policy = { ...POLICY, project };
  const provenance: Provenance = { state: "assisted", class: "authored", agents: ["kiro"], evidence: [] };
  const target = { branch: branch.slice("refs/heads/".length), protection: policy.protect[0] as Protection };
  const of = openCase(policy, target, {
    commit,
    provenance,
    changes,
    own: parents.length > 1 ? [] : changes,
    policyChanges: [],
    mechanical: false,
  });
  return decide(policy, [of], NO_RELATIONS, () => NOW).flatMap(({ violations }) => violations.map(({ code }) => code));
}

const sign = (signed: Signed): Buffer => ada.sign(NAMESPACE, signedLines(signed));

it.each(MUTATIONS)("a signature does not hold with a change of %s", (_, mutate) => {
  fc.assert(
    fc.property(signedArbitrary, restArbitrary, fc.nat(), (signed, rest, at) => {
      const blob = sign(signed);
      const other = mutate(signed, at);
      fc.pre(!signedLines(other).equals(signedLines(signed)));
      expect(judge(signed, rest, blob)).toEqual([]);
      expect(judge(other, rest, blob)).toEqual(["COSIGN_MISMATCH"]);
    }),
    { numRuns: 200 },
  );
});

it("a signature does not hold with a bit of its own changed", () => {
  fc.assert(
    fc.property(signedArbitrary, restArbitrary, fc.nat(), (signed, rest, at) => {
      const blob = sign(signed);
      blob[at % blob.length] = (blob[at % blob.length] as number) ^ (1 << (at % 8));
      expect(judge(signed, rest, blob)).not.toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

it("a signature holds whatever else of the commit changes", () => {
  fc.assert(
    fc.property(signedArbitrary, restArbitrary, restArbitrary, oid, (signed, rest, other, first) => {
      const blob = sign(signed);
      const moved = {
        ...signed,
        author: signed.author.toUpperCase(),
        parents: signed.parents.map((parent, i) => (i === 0 ? first : parent)),
      };
      expect(judge(signed, rest, blob)).toEqual([]);
      expect(judge(moved, other, blob)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
