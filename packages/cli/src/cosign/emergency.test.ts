import { type CommitVerdict, parseCommit, parsePolicyFile } from "@countersign/core";
import { zeroOid } from "@countersign/core/internal";
import { expect, it } from "vitest";
import { findUrgent } from "./emergency.ts";

const POLICY = `version: 1
levels: [junior, senior]
people: [{ name: Ada, emails: [ada@acme.example], level: senior }]
protect: [{ branches: [main] }]
disclosure: required
emergency: { level: senior, reviewWithin: 3d }
`;
const COMMIT = Buffer.from(`tree ${"1".repeat(40)}
author Bob <bob@acme.example> 1800000000 +0000
committer Bob <bob@acme.example> 1800000000 +0000

work
`);

/** What Ada can sign for a commit of which that much is asked. */
async function findFor(isAsked: boolean): Promise<ReturnType<typeof findUrgent>> {
  const policy = await parsePolicyFile(Buffer.from(POLICY), "countersign.config.yaml");
  const [ada] = policy.people;
  if (!ada) throw new Error("the policy has a person");
  const commit = parseCommit({ oid: zeroOid("sha1"), size: COMMIT.length, bytes: COMMIT });
  const verdict: CommitVerdict = {
    commit: commit.oid,
    subject: "work",
    provenance: { state: "undeclared", class: undefined, agents: [], evidence: [] },
    requirements: isAsked ? [{ requirement: policy.cosign, rules: [], met: false, by: [] }] : [],
    cosigns: [],
    violations: [],
  };
  return findUrgent(policy, ada, commit, verdict, "uploads fail");
}

it("an emergency takes the place of a co-sign that is missing", async () => {
  expect(await findFor(true)).toMatchObject([{ rules: ["emergency"], met: false }]);
});

it("an emergency is not signed for a commit of which no co-sign is asked", async () => {
  expect(await findFor(false)).toEqual({ given: true, reason: "it needs none" });
});
