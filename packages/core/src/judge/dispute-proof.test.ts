import { describe, expect, it } from "vitest";
import { AGENT, type Case, change, codes, DECLARED, judge } from "./commit-verdict.fixture.ts";

const MAY = "disputes: { level: senior }\n";
const SIGNED = 'rules:\n  - { name: infra, paths: ["infra/**"], cosign: { proof: signed } }\n';
const HARDWARE = 'rules:\n  - { name: infra, paths: ["infra/**"], cosign: { proof: hardware } }\n';
const DENY = 'rules:\n  - { name: no, paths: ["prod/**"], deny: Not here. }\n';
const ADA = "Co-signed-by: Ada <ada@acme.example>";
const TYPED = [AGENT, "Assisted-by: none (the editor added it)", ADA];

function provenBy(policy: string, changes: Case["changes"] = []): string | undefined {
  return judge(policy, { trailers: TYPED, changes }).dispute?.requirement.requirement.proof;
}

describe("a dispute is proven", () => {
  it.each<[what: string, policy: string, path: string, proof: string]>([
    ["by a signature, where a typed line is enough for the work itself", DECLARED, "a.txt", "signed"],
    ["by a signature, where a rule asks for one", DECLARED + SIGNED, "infra/a.tf", "signed"],
    ["by a touch, where a rule asks for one", DECLARED + HARDWARE, "infra/a.tf", "hardware"],
    ["by a touch, where one of the paths asks for one", HARDWARE, "infra/a.tf", "hardware"],
    ["by a signature, where that rule is about other paths", DECLARED + HARDWARE, "docs/a.md", "signed"],
    ["by a touch, where all work needs one", "cosign: { proof: hardware }\n", "a.txt", "hardware"],
  ])("%s", (_, policy, path, proof) => {
    expect(provenBy(policy + MAY, [change("docs/b.md"), change(path)])).toBe(proof);
  });
});

describe("a typed line", () => {
  it.each<[what: string, policy: string, path: string, expected: readonly string[]]>([
    ["lifts no denial", DECLARED + DENY, "prod/a", ["DENIED_BY_RULE", "DISPUTE_UNPROVEN"]],
    ["stands in for no signature", DECLARED + SIGNED, "infra/a.tf", ["COSIGN_DECLARED_ONLY", "DISPUTE_UNPROVEN"]],
  ])("%s", (_, policy, path, expected) => {
    expect(codes(policy + MAY, { trailers: TYPED, changes: [change(path)] })).toEqual(expected);
  });

  it("still co-signs the work itself where that is all that is asked, whatever the commit says of its marks", () => {
    expect(codes(DECLARED + MAY, { trailers: TYPED, changes: [change("a.txt")] })).toEqual([]);
  });
});
