import { CountersignError, type PolicyInForce, parseObjectId, type UpdateVerdict } from "@countersign/core";
import { conclude, DEFAULT_REQUIREMENT, violation, zeroOid } from "@countersign/core/internal";
import { expect, it } from "vitest";
import { decisionToJson } from "./decision-json.ts";

const COMMIT = parseObjectId("1f".repeat(20));
const NEEDS = { ...DEFAULT_REQUIREMENT, proof: "declared" } as const;
const SIGN = {
  kind: "trailer",
  agent: "claude-code",
  where: { line: 3 },
  text: "\u001b\u202e</script>",
  strength: "strong",
  class: "authored",
} as const;
const POLICY = {
  ref: "refs/heads/main",
  commit: COMMIT,
  entry: { path: ".countersignrc", mode: "100644", oid: COMMIT },
};

const UPDATE: UpdateVerdict = {
  update: { ref: "refs/heads/main", old: zeroOid("sha1"), new: COMMIT },
  branch: "main",
  mode: "enforce",
  commits: 3,
  assisted: 1,
  judged: [
    {
      commit: COMMIT,
      subject: "Retry\u2028uploads",
      provenance: { state: "assisted", class: "authored", agents: ["claude-code"], evidence: [SIGN] },
      requirements: [{ requirement: NEEDS, rules: ["infra", "prod"], met: false, by: [] }],
      cosigns: [
        { email: "ada@acme.example", proof: "declared", where: { carrier: "trailer", line: 4 } },
        {
          email: "eve@evil.example",
          proof: "declared",
          where: { carrier: "trailer", line: 5 },
          refused: violation("COSIGN_UNKNOWN_SIGNER", { email: "eve@evil.example", line: 5 }, { commit: COMMIT }),
        },
      ],
      violations: [
        violation(
          "COSIGN_MISSING",
          { have: 0, needs: NEEDS, rules: ["infra", "prod"] },
          { commit: COMMIT, rules: ["infra", "prod"] },
        ),
      ],
    },
  ],
  violations: [violation("BRANCH_DELETED", {})],
  faults: [new CountersignError("POLICY_MALFORMED", { source: "main", problems: ["line 1: x", "line 2: y"] })],
};

it("holds the whole decision as plain data", () => {
  const json = decisionToJson(conclude(POLICY as unknown as PolicyInForce, [UPDATE]));
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  expect(json).toMatchObject({
    version: 1,
    outcome: "deny",
    policy: { ref: "refs/heads/main", oid: COMMIT, path: ".countersignrc", blob: COMMIT },
    updates: [
      {
        ref: "refs/heads/main",
        old: zeroOid("sha1"),
        new: COMMIT,
        branch: "main",
        mode: "enforce",
        commits: 3,
        assisted: 1,
      },
    ],
  });
});

it("gives every violation its code, commit, rule and words", () => {
  const [update] = decisionToJson(conclude(undefined, [UPDATE])).updates;
  expect(update?.violations).toEqual([
    {
      code: "BRANCH_DELETED",
      commit: null,
      rule: null,
      what: expect.any(String),
      why: expect.any(String),
      fix: expect.any(String),
    },
    {
      code: "COSIGN_MISSING",
      commit: COMMIT,
      rule: "infra, prod",
      what: expect.any(String),
      why: expect.any(String),
      fix: expect.any(String),
    },
  ]);
});

it("gives every fault its code, words and details", () => {
  const [update] = decisionToJson(conclude(undefined, [UPDATE])).updates;
  expect(update?.faults).toEqual([
    expect.objectContaining({
      code: "POLICY_MALFORMED",
      what: "main is not a valid policy",
      details: ["line 1: x", "line 2: y"],
    }),
  ]);
});

it("tells which co-signs count, and what keeps the others from it", () => {
  const [update] = decisionToJson(conclude(undefined, [UPDATE])).updates;
  expect(update?.judged[0]).toMatchObject({
    state: "assisted",
    class: "authored",
    agents: ["claude-code"],
    requirements: [{ count: 1, level: "senior", proof: "declared", rules: ["infra", "prod"], met: false, by: [] }],
    cosigns: [
      { email: "ada@acme.example", counts: true, refused: null },
      { email: "eve@evil.example", counts: false, refused: "COSIGN_UNKNOWN_SIGNER" },
    ],
  });
});

it("has the bytes of a subject that is not UTF-8, in base64", () => {
  const [judged] = UPDATE.judged;
  const lossy = {
    ...UPDATE,
    judged: [{ ...judged, subject: "gr\ufffdn", rawSubject: Uint8Array.of(0x67, 0x72, 0xfc, 0x6e) }],
  };
  const [update] = decisionToJson(conclude(undefined, [lossy as UpdateVerdict])).updates;
  expect(update?.judged[0]).toMatchObject({ subject: "gr\ufffdn", raw: { subject: "Z3L8bg==" } });
});

it("has the details of a violation", () => {
  const broken = violation("POLICY_BROKEN", { problem: "it is cut", details: ["line 3: no"] }, { commit: COMMIT });
  const [update] = decisionToJson(conclude(undefined, [{ ...UPDATE, violations: [broken] }])).updates;
  expect(update?.violations[0]).toMatchObject({ code: "POLICY_BROKEN", details: ["line 3: no"] });
});

it("keeps text as it is, for programs", () => {
  const [update] = decisionToJson(conclude(undefined, [UPDATE])).updates;
  expect(update?.judged[0]).toMatchObject({ subject: "Retry\u2028uploads", evidence: [{ ...SIGN, where: "line 3" }] });
});

it("says null where no policy is in force and no branch is protected", () => {
  const json = decisionToJson(
    conclude(undefined, [{ ...UPDATE, branch: undefined, violations: [], judged: [], faults: [] }]),
  );
  expect(json).toMatchObject({
    outcome: "allow",
    policy: null,
    updates: [{ branch: null, violations: [], faults: [], judged: [] }],
  });
});
