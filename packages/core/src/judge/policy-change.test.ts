import { describe, expect, it } from "vitest";
import { ADA, AGENT, BOB, type Case, change, codes, DECLARED, GRACE, POLICY_FILE } from "./commit-verdict.fixture.ts";

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
    ["that removes the file is refused without a co-sign", DECLARED, { changes: [removed] }, ["POLICY_REMOVED"]],
    ["that removes the file passes with a senior's co-sign", DECLARED, { changes: [removed], trailers: [ADA] }, []],
    [
      "that removes the file needs all that a change of it needs",
      `${DECLARED}policyChange: { count: 2 }\n`,
      { changes: [removed], trailers: [ADA] },
      ["POLICY_REMOVED"],
    ],
    [
      "that removes the file tells why a co-sign does not count",
      DECLARED,
      { changes: [removed], trailers: [BOB] },
      ["COSIGN_LEVEL", "POLICY_REMOVED"],
    ],
    [
      "that leaves a link in the file's place counts as a removal",
      DECLARED,
      { changes: [change("countersign.config.yaml", "120000")] },
      ["POLICY_REMOVED"],
    ],
    [
      "that renames the file passes with a co-sign",
      DECLARED,
      { changes: [change("countersign.config.json"), removed], trailers: [ADA] },
      [],
    ],
  ])("%s", (_, policy, subject, expected) => {
    expect(codes(policy, { author: "jim@acme.example", ...subject })).toEqual(expected);
  });
});
