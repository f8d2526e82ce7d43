import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import type { ObjectId } from "../object/oid.ts";
import { parsePolicy } from "../policy/file/parse-policy.ts";
import type { Protection } from "../policy/policy.ts";
import { ADA, AGENT, BOB, change, DECLARED, GRACE, POLICY_FILE } from "./judge-case.fixture.ts";
import { judgeCommit } from "./judge-commit.ts";
import { detectUnder } from "./see-commits.ts";

const ROSTER = `version: 1
people:
  - { name: Ada, emails: [ada@acme.example], level: senior }
  - { name: Grace, emails: [grace@acme.example], level: principal }
  - { name: Bob, emails: [bob@acme.example], level: mid }
protect:
  - branches: [main]
`;

interface Case {
  readonly trailers?: readonly string[];
  readonly changes: readonly Change[];
}

/** The codes of a commit that makes these changes to the policy, under the roster and what `policy` adds to it. */
function codes(policy: string, { trailers = [], changes }: Case): string[] {
  const parsed = parsePolicy(encodeText(ROSTER + policy), "test");
  const jim = { name: "Jim", email: "jim@acme.example" };
  const message = encodeText(`Change the policy\n\n${trailers.join("\n")}\n`);
  const commit = {
    oid: "c".repeat(40) as ObjectId,
    tree: undefined,
    parents: [],
    author: jim,
    committer: jim,
    message,
  };
  const subject = { commit, provenance: detectUnder(parsed)(commit), changes, policyChanges: changes };
  return judgeCommit(parsed, parsed.protect[0] as Protection, subject, {
    branch: "refs/heads/main",
    now: 1_800_000_000,
  }).violations.map(({ code }) => code);
}

describe("a change of the policy", () => {
  const removed = change("countersign.config.yaml", "000000");

  it.each<[what: string, policy: string, subject: Case, expected: readonly string[]]>([
    ["needs a co-sign, AI-assisted or not", DECLARED, { changes: [POLICY_FILE] }, ["POLICY_CHANGED"]],
    ["passes with a senior's co-sign", DECLARED, { changes: [POLICY_FILE], trailers: [ADA] }, []],
    [
      "needs one where nothing else does",
      "cosign: { count: 0, proof: declared }\n",
      { changes: [POLICY_FILE] },
      ["POLICY_CHANGED"],
    ],
    [
      "can be asked more of",
      `${DECLARED}policyChange: { count: 2 }\n`,
      { changes: [POLICY_FILE], trailers: [ADA] },
      ["POLICY_CHANGED"],
    ],
    [
      "passes with all that is asked",
      `${DECLARED}policyChange: { count: 2 }\n`,
      { changes: [POLICY_FILE], trailers: [ADA, GRACE] },
      [],
    ],
    [
      "tells why a co-sign does not count",
      DECLARED,
      { changes: [POLICY_FILE], trailers: [BOB] },
      ["COSIGN_LEVEL", "POLICY_CHANGED"],
    ],
    [
      "is not freed by a rule about paths",
      `${DECLARED}rules: [{ name: all, paths: ["**"], cosign: { count: 0 } }]\n`,
      { changes: [POLICY_FILE], trailers: [AGENT] },
      ["POLICY_CHANGED"],
    ],
    [
      "by an agent needs both",
      DECLARED,
      { changes: [POLICY_FILE], trailers: [AGENT] },
      ["COSIGN_MISSING", "POLICY_CHANGED"],
    ],
    [
      "that removes the file is refused, whoever co-signs it",
      DECLARED,
      { changes: [removed], trailers: [ADA, GRACE] },
      ["POLICY_REMOVED"],
    ],
    [
      "that leaves a link in the file's place is refused",
      DECLARED,
      { changes: [change("countersign.config.yaml", "120000")], trailers: [ADA] },
      ["POLICY_REMOVED"],
    ],
    [
      "that renames the file passes with a co-sign",
      DECLARED,
      { changes: [change("countersign.config.json"), removed], trailers: [ADA] },
      [],
    ],
  ])("%s", (_, policy, subject, expected) => {
    expect(codes(policy, subject)).toEqual(expected);
  });
});
