import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import type { Commit } from "../object/commit.ts";
import { type ObjectId, zeroOid } from "../object/oid.ts";
import { parsePolicy } from "../policy/parse.ts";
import type { Protection } from "../policy/policy.ts";
import type { CommitVerdict } from "./commit-verdict.ts";
import { judgeCommit } from "./judge-commit.ts";
import { detectUnder } from "./see-commits.ts";

const ROSTER = `version: 1
people:
  - { name: Ada, emails: [ada@acme.example, ada@home.example], level: senior }
  - { name: Grace, emails: [grace@acme.example], level: principal }
  - { name: Bob, emails: [bob@acme.example], level: mid }
  - { name: Jim, emails: [jim@acme.example], level: junior }
protect:
  - branches: [main]
`;
const DECLARED = "cosign: { proof: declared }\n";
const AGENT = "Co-authored-by: Claude <noreply@anthropic.com>";
const ADA = "Co-signed-by: Ada <ada@acme.example>";
const GRACE = "Co-signed-by: Grace <grace@acme.example>";
const BOB = "Co-signed-by: Bob <bob@acme.example>";
const EVE = "Co-signed-by: Eve <eve@evil.example>";

function change(path: string, newMode = "100644"): Change {
  const [oldOid, newOid] = [zeroOid("sha1"), "1".repeat(40) as ObjectId];
  return {
    path: encodeText(path),
    oldMode: "100644",
    newMode,
    oldOid,
    newOid,
    status: newMode === "000000" ? "D" : "M",
  };
}

interface Case {
  /** The lines of the last paragraph. */
  readonly trailers?: readonly string[];
  readonly body?: string;
  readonly author?: string;
  readonly changes?: readonly Change[];
  readonly commit?: Partial<Commit>;
}

/** The verdict over a commit that is to land on `main` under the roster and what `policy` adds to it. */
function judge(
  policy: string,
  { trailers = [], body = "", author = "bob@acme.example", changes = [], commit }: Case,
): CommitVerdict {
  const parsed = parsePolicy(encodeText(ROSTER + policy), "test");
  const subject: Commit = {
    oid: "c".repeat(40) as ObjectId,
    tree: undefined,
    parents: [],
    author: { name: "Somebody", email: author },
    committer: { name: "Somebody", email: author },
    message: encodeText(`Retry uploads\n\n${body}${trailers.join("\n")}\n`),
    ...commit,
  };
  const provenance = detectUnder(parsed)(subject);
  const policyChanges = changes.filter(({ path }) => new TextDecoder().decode(path).startsWith("countersign.config"));
  return judgeCommit(
    parsed,
    parsed.protect[0] as Protection,
    { commit: subject, provenance, changes, policyChanges },
    { branch: "refs/heads/main", now: 1_800_000_000 },
  );
}

function codes(policy: string, subject: Case): string[] {
  return judge(policy, subject).violations.map(({ code }) => code);
}

const POLICY_FILE = change("countersign.config.yaml");

describe("a person's own work", () => {
  it.each<[what: string, policy: string, subject: Case]>([
    ["needs no co-sign", DECLARED, {}],
    ["may carry a co-sign that counts for nothing", DECLARED, { trailers: [EVE] }],
    ["may say that no AI took part", DECLARED, { trailers: ["Assisted-by: none"] }],
    ["may say so where that is asked for", `${DECLARED}disclosure: required\n`, { trailers: ["Assisted-by: none"] }],
    ["is not denied by a rule about agents", `${DECLARED}rules: [{ name: r, agents: [kiro], deny: No. }]\n`, {}],
    ["may be in any encoding", DECLARED, { commit: { encoding: "IBM037" } }],
  ])("%s", (_, policy, subject) => {
    expect(codes(policy, subject)).toEqual([]);
  });
});

describe("assisted work passes", () => {
  it.each<[what: string, policy: string, subject: Case]>([
    ["with a senior's co-sign", DECLARED, { trailers: [AGENT, ADA] }],
    ["with a higher level's co-sign", DECLARED, { trailers: [AGENT, GRACE] }],
    [
      "with a co-sign under the person's second address",
      DECLARED,
      { trailers: [AGENT, "Co-signed-by: A <ADA@home.example>"] },
    ],
    ["with one good co-sign beside bad ones", DECLARED, { trailers: [AGENT, EVE, BOB, "Co-signed-by: x", ADA] }],
    [
      "with as many people as are asked for",
      "cosign: { proof: declared, count: 2 }\n",
      { trailers: [AGENT, ADA, GRACE] },
    ],
    [
      "by a rule that asks for nobody",
      `${DECLARED}rules: [{ name: docs, paths: ["docs/**"], cosign: { count: 0 } }]\n`,
      { trailers: [AGENT], changes: [change("docs/a.md")] },
    ],
    [
      "by a rule that takes an author's own co-sign",
      `${DECLARED}rules: [{ name: own, authors: { level: senior }, cosign: { self: true } }]\n`,
      { trailers: [AGENT, ADA], author: "ada@acme.example" },
    ],
    ["in Latin-1", DECLARED, { trailers: [AGENT, ADA], commit: { encoding: "ISO-8859-1" } }],
    ["with a policy change that a senior co-signed", DECLARED, { trailers: [AGENT, ADA], changes: [POLICY_FILE] }],
    ["with a thousand trailers", DECLARED, { trailers: [...Array.from({ length: 998 }, () => "K: v"), AGENT, ADA] }],
  ])("%s", (_, policy, subject) => {
    expect(codes(policy, subject)).toEqual([]);
  });
});

describe("a commit", () => {
  it("that does not say how it was made is refused where that is asked for", () => {
    expect(codes(`${DECLARED}disclosure: required\n`, {})).toEqual(["DISCLOSURE_MISSING"]);
    expect(codes(`${DECLARED}disclosure: required\n`, { trailers: [AGENT, ADA] })).toEqual([]);
  });

  it("that is malformed is refused for that alone, whatever else it holds", () => {
    const subject = { trailers: [AGENT, ADA], changes: [POLICY_FILE], commit: { malformed: "it has two authors" } };
    const { violations, requirements, cosigns } = judge(DECLARED, subject);
    expect(violations).toEqual([
      expect.objectContaining({ code: "COMMIT_MALFORMED", facts: { problem: "it has two authors" } }),
    ]);
    expect({ requirements, cosigns }).toEqual({ requirements: [], cosigns: [] });
  });

  it("is told with each of its co-signs and what keeps it from counting", () => {
    expect(judge(DECLARED, { trailers: [AGENT, EVE, ADA] }).cosigns).toEqual([
      { email: "eve@evil.example", proof: "declared", line: 4, refused: "COSIGN_UNKNOWN_SIGNER" },
      { email: "ada@acme.example", proof: "declared", line: 5 },
    ]);
  });
});
