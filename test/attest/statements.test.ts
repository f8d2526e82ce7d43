import type { Block, ObjectId } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { openAuditWorld, POLICY_FILE } from "../audit/audit-world.ts";
import type { World } from "../landings/world.ts";
import { publishedValidator } from "../rig/installed/published-validator.ts";
import { attestWorld, PLACE } from "./attest-world.ts";

/** Puts a commit on main, whatever a gate would say. */
function land(w: World, files: Record<string, string | null>, { ai = false } = {}): ObjectId {
  w.main = w.commit(w.main, files, "work\n", { ai });
  return w.main;
}

/** A branch of an agent's two commits, which Ada signs. */
async function signedBranch(w: World): Promise<ObjectId> {
  const first = w.commit(w.main, { "b.txt": "1\n" }, "first\n", { ai: true });
  const head = w.commit(first, { "c.txt": "2\n" }, "second\n", { ai: true });
  await w.sign(head);
  return head;
}

const validate = publishedValidator("cosign");

describe("a landing that was co-signed", () => {
  it("as one change has a summary that says so, and one statement of the co-sign", async () => {
    const w = openAuditWorld();
    const before = w.main;
    w.main = await w.button("squash", await signedBranch(w));
    const { summaries, cosigns } = await attestWorld(w, w.main);
    const digest = { gitCommit: w.main };
    expect(summaries).toMatchObject([
      {
        _type: "https://in-toto.io/Statement/v1",
        subject: [{ uri: `${PLACE.resource}@${w.main}`, digest, annotations: { sourceRefs: ["refs/heads/main"] } }],
        predicateType: "https://slsa.dev/verification_summary/v1",
        predicate: {
          verifier: { id: "urn:test", version: { countersign: "0" } },
          timeVerified: "2027-01-15T08:00:00Z",
          resourceUri: "git+https://git.example/acme/x",
          policy: { uri: `${PLACE.resource}@${before}#${POLICY_FILE}`, digest: { gitBlob: expect.any(String) } },
          verificationResult: "PASSED",
          verifiedLevels: [
            "SLSA_SOURCE_LEVEL_0",
            "ORG_SOURCE_COUNTERSIGN_POLICY_MET",
            "ORG_SOURCE_COUNTERSIGN_AI_COSIGNED",
          ],
          slsaVersion: "1.2",
          "urn:countersign:landing:v1": { commit: w.main, parent: before, violations: [], commits: 1, assisted: 1 },
        },
      },
    ]);
    expect(cosigns).toMatchObject([
      {
        subject: [{ digest, annotations: { block: 3 } }],
        predicateType: "urn:countersign:cosign:v1",
        predicate: {
          cosigner: { name: "ada", email: "ada@acme.example", level: "senior" },
          proof: "signed",
          time: "2027-01-15T08:00:00Z",
          project: "acme/x",
          branch: "refs/heads/main",
          landing: { digest },
          carrier: { kind: "ledger", ref: "refs/heads/countersign/ledger" },
          review: null,
          key: { fingerprint: expect.stringMatching(/^SHA256:/), publicKey: expect.stringMatching(/^ssh-ed25519 /) },
        },
      },
    ]);
    expect(validate(cosigns[0]?.predicate) || validate.errors).toBe(true);
  });

  it("by a merge has one statement of one signature, about each commit that it is for", async () => {
    const w = openAuditWorld();
    const head = await signedBranch(w);
    const first = w.repository.parentsOf(head)[0];
    w.main = await w.button("merge", head);
    const { cosigns } = await attestWorld(w, w.main);
    expect(
      cosigns.map(({ subject }) => subject.map(({ digest, annotations }) => [digest.gitCommit, annotations])),
    ).toEqual([
      expect.arrayContaining([
        [first, { block: 1 }],
        [head, { block: 2 }],
      ]),
    ]);
    const one = await attestWorld(w, head);
    expect(one.cosigns.map(({ subject }) => subject.map(({ digest }) => digest.gitCommit))).toEqual([[head]]);
  });

  it("commit by commit is a landing for each, and a range names them", async () => {
    const w = openAuditWorld();
    const before = w.main;
    w.main = await w.button("rebase", await signedBranch(w));
    const { summaries, cosigns } = await attestWorld(w, { from: before, to: w.main });
    expect(summaries.map(({ predicate }) => predicate.verificationResult)).toEqual(["PASSED", "PASSED"]);
    expect(cosigns.map(({ subject }) => subject[0]?.annotations)).toEqual([{ block: 1 }, { block: 2 }]);
    expect((await attestWorld(w, { from: w.main, to: w.main })).summaries).toEqual([]);
    expect((await attestWorld(w, w.main, w.main, { from: before, to: w.main })).summaries).toHaveLength(2);
  });

  it("for the merge as a whole names the merge at each commit that it vouches for", async () => {
    const w = openAuditWorld({ cosign: "coverage: merge" });
    const head = await signedBranch(w);
    w.ledger = undefined;
    await w.sign(head, { what: "sum" });
    w.main = await w.button("merge", head);
    const { summaries, cosigns } = await attestWorld(w, w.main);
    expect(summaries[0]?.predicate.verificationResult).toBe("PASSED");
    expect(cosigns).toHaveLength(1);
    expect(cosigns[0]?.subject.map(({ annotations }) => annotations)).toEqual([
      { block: 1, merge: w.main },
      { block: 1, merge: w.main },
    ]);
  });

  it("in its message names the line, and what was signed there", async () => {
    const w = openAuditWorld();
    w.main = await w.trailer(w.commit(w.main, { "b.txt": "1\n" }, "work\n", { ai: true }));
    const { cosigns } = await attestWorld(w, w.main);
    expect(cosigns).toMatchObject([
      { subject: [{ annotations: { block: 1 } }], predicate: { carrier: { kind: "trailer", commit: w.main } } },
    ]);
    expect(validate(cosigns[0]?.predicate) || validate.errors).toBe(true);
  });

  it("by a typed line alone is declared, and has nothing to check", async () => {
    const w = openAuditWorld({ cosign: "proof: declared" });
    w.main = w.commit(w.main, { "b.txt": "1\n" }, "work\n\nAssisted-by: Kiro\nCo-signed-by: ada <ada@acme.example>\n");
    const { summaries, cosigns } = await attestWorld(w, w.main);
    expect(summaries[0]?.predicate.verificationResult).toBe("PASSED");
    expect(cosigns).toMatchObject([{ predicate: { proof: "declared", time: null, key: null, signed: null } }]);
    expect(validate(cosigns[0]?.predicate) || validate.errors).toBe(true);
  });

  it("on the word of a forge names the review, and the witness's key", async () => {
    const w = openAuditWorld({ cosign: "proof: reviewed" });
    const head = w.commit(w.main, { "b.txt": "1\n" }, "work\n", { ai: true });
    await w.sign(head, { key: "gate", head: { reviewed: { witness: "gate", forge: "github", review: "7", head } } });
    w.main = await w.button("squash", head);
    const { cosigns } = await attestWorld(w, w.main);
    expect(cosigns).toMatchObject([
      { predicate: { proof: "reviewed", review: { forge: "github", id: "7", head, witness: "gate" } } },
    ]);
    expect(validate(cosigns[0]?.predicate) || validate.errors).toBe(true);
  });
});

describe("a landing that was not", () => {
  it("failed, and the summary says what it lacked", async () => {
    const w = openAuditWorld();
    const bypass = land(w, { "b.txt": "b\n" }, { ai: true });
    const { summaries, cosigns } = await attestWorld(w, bypass);
    expect(summaries).toMatchObject([
      {
        subject: [{ digest: { gitCommit: bypass } }],
        predicate: {
          verificationResult: "FAILED",
          verifiedLevels: ["FAILED"],
          "urn:countersign:landing:v1": { outcome: "deny", violations: [{ code: "COSIGN_MISSING", commit: bypass }] },
        },
      },
    ]);
    expect(cosigns).toEqual([]);
  });

  it("passed where the policy only warned, without a property that it has not shown", async () => {
    const w = openAuditWorld({ rest: "mode: warn\n" });
    const { summaries } = await attestWorld(w, land(w, { "b.txt": "b\n" }, { ai: true }));
    expect(summaries[0]?.predicate).toMatchObject({
      verificationResult: "PASSED",
      verifiedLevels: ["SLSA_SOURCE_LEVEL_0"],
      "urn:countersign:landing:v1": { mode: "warn", violations: [{ code: "COSIGN_MISSING" }] },
    });
  });

  it("needed nothing where a person made it", async () => {
    const w = openAuditWorld();
    const { summaries, cosigns } = await attestWorld(w, land(w, { "b.txt": "b\n" }));
    expect(summaries[0]?.predicate.verifiedLevels).toEqual([
      "SLSA_SOURCE_LEVEL_0",
      "ORG_SOURCE_COUNTERSIGN_POLICY_MET",
      "ORG_SOURCE_COUNTERSIGN_NO_AI_MARKS",
    ]);
    expect(summaries[0]?.predicate["urn:countersign:landing:v1"].subject).toBe("work");
    expect(cosigns).toEqual([]);
  });

  it("is not called co-signed where the policy asks for nobody", async () => {
    const w = openAuditWorld({ cosign: "count: 0" });
    const { summaries } = await attestWorld(w, land(w, { "b.txt": "b\n" }, { ai: true }));
    expect(summaries[0]?.predicate.verifiedLevels).toEqual([
      "SLSA_SOURCE_LEVEL_0",
      "ORG_SOURCE_COUNTERSIGN_POLICY_MET",
    ]);
  });

  it.each([
    ["is not called co-signed, nor without marks", false, []],
    ["is called co-signed for its other commits alone", true, ["ORG_SOURCE_COUNTERSIGN_AI_COSIGNED"]],
  ])("whose marks are proven wrong %s", async (_, hasOther, shown) => {
    const w = openAuditWorld({ rest: "disputes: { level: senior }\n" });
    const base = w.main;
    const message = "work\n\nAssisted-by: Kiro\nAssisted-by: none (a formatter)\n";
    const disputed = w.commit(base, { "b.txt": "b\n" }, message);
    const block = (same: Block): Block => ({ ...same, dispute: "a formatter" });
    await w.sign(disputed, { what: "each", block });
    const other = hasOther ? w.commit(disputed, { "c.txt": "c\n" }, "other\n", { ai: true }) : undefined;
    if (other) await w.sign(other, { since: disputed, what: "each" });
    w.main = await w.button("merge", other ?? disputed);
    const { summaries, cosigns } = await attestWorld(w, w.main);
    expect(summaries[0]?.predicate.verifiedLevels).toEqual([
      "SLSA_SOURCE_LEVEL_0",
      "ORG_SOURCE_COUNTERSIGN_POLICY_MET",
      ...shown,
    ]);
    expect(cosigns.flatMap(({ subject }) => subject.map(({ digest }) => digest.gitCommit))).toContain(disputed);
  });

  it("has the statement of each co-sign that counts, though more were needed", async () => {
    const w = openAuditWorld({ cosign: "count: 2" });
    w.main = await w.button("squash", await signedBranch(w));
    const { summaries, cosigns } = await attestWorld(w, w.main);
    expect(summaries[0]?.predicate.verificationResult).toBe("FAILED");
    expect(cosigns).toHaveLength(1);
  });

  it("passes once somebody has remedied it, and so does a squash that lost its marks", async () => {
    const w = openAuditWorld();
    const stood = w.main;
    const bypass = land(w, { "b.txt": "b\n" }, { ai: true });
    await w.sign(bypass, { branches: { main: stood }, target: stood, what: "each" });
    const topic = w.commit(bypass, { "c.txt": "c\n" }, "work\n", { ai: true });
    await w.sign(topic);
    w.main = await w.button("squash", topic, { message: "Title (#1)\n" });
    const lost = w.main;
    await w.sign(lost, { branches: { main: bypass }, target: bypass, what: "each" });
    const { summaries, cosigns } = await attestWorld(w, bypass, lost);
    for (const { predicate } of summaries) {
      expect(predicate.verificationResult).toBe("PASSED");
      expect(predicate.verifiedLevels).toContain("ORG_SOURCE_COUNTERSIGN_AI_COSIGNED");
    }
    const subjects = cosigns.map(({ subject }) => subject.map(({ digest }) => digest.gitCommit));
    expect(new Set(subjects.flat())).toEqual(new Set([bypass, lost]));
  });

  it("passed in an emergency with no property while the review is due, and the co-sign says what it is for", async () => {
    const w = openAuditWorld({ rest: "emergency: { level: principal, reviewWithin: 3d }\n" });
    const message = "fix\n\nEmergency: the site is down\nAssisted-by: Kiro\n";
    const head = w.commit(w.main, { "b.txt": "b\n" }, message, { date: w.now });
    const block = (same: Block): Block => ({ ...same, emergency: "the site is down" });
    await w.sign(head, { by: "kim", what: "each", block });
    w.main = head;
    const { summaries, cosigns } = await attestWorld(w, head);
    expect(summaries[0]?.predicate).toMatchObject({
      verificationResult: "PASSED",
      verifiedLevels: ["SLSA_SOURCE_LEVEL_0"],
      "urn:countersign:landing:v1": { notices: [{ code: "EMERGENCY_LANDING" }] },
    });
    expect(cosigns.map(({ subject }) => subject[0]?.annotations)).toEqual([
      { block: 1, emergency: "the site is down" },
    ]);
  });

  it("has no statement of a co-sign by a key that is revoked now", async () => {
    const w = openAuditWorld();
    w.main = await w.button("squash", await signedBranch(w));
    const landed = w.main;
    const [key] = /ssh-ed25519 [\w+/=]+/.exec(w.policyFile) ?? [];
    land(w, { [POLICY_FILE]: `${w.policyFile}revoked: ["${key}"]\n` });
    const { summaries, cosigns } = await attestWorld(w, landed);
    expect(summaries[0]?.predicate.verificationResult).toBe("FAILED");
    expect(cosigns).toEqual([]);
  });
});

describe("nothing is attested", () => {
  it("of a commit that is not on the branch", async () => {
    const w = openAuditWorld();
    const topic = w.commit(w.main, { "t.txt": "t\n" });
    await expect(attestWorld(w, topic)).rejects.toMatchObject({ code: "COMMIT_NOT_LANDED" });
    w.main = await w.button("merge", topic);
    expect((await attestWorld(w, topic)).summaries).toHaveLength(1);
  });

  it("of what landed before there was a policy, or brought the first one", async () => {
    const w = openAuditWorld();
    await expect(attestWorld(w, w.start)).rejects.toMatchObject({ code: "LANDING_UNJUDGED" });
    await expect(attestWorld(w, w.main)).rejects.toMatchObject({ code: "LANDING_UNJUDGED" });
  });

  it("of what landed while the policy protected other branches alone", async () => {
    const w = openAuditWorld({ protect: "{ branches: [release] }" });
    await expect(attestWorld(w, land(w, { "b.txt": "b\n" }))).rejects.toMatchObject({ code: "LANDING_UNJUDGED" });
  });

  it("of what landed before the baseline", async () => {
    const w = openAuditWorld();
    const old = land(w, { "b.txt": "b\n" });
    land(w, { [POLICY_FILE]: `${w.policyFile}baseline: ${old}\n` });
    const next = land(w, { "c.txt": "c\n" });
    for (const early of [old, w.start]) {
      await expect(attestWorld(w, early)).rejects.toMatchObject({
        code: "LANDING_UNJUDGED",
        what: `${early} landed on main no later than the policy's baseline ${old}`,
      });
    }
    expect((await attestWorld(w, next)).summaries).toHaveLength(1);
  });

  it("of what was judged by a policy that cannot be read", async () => {
    const w = openAuditWorld();
    land(w, { [POLICY_FILE]: "version: 2\n" });
    await expect(attestWorld(w, land(w, { "b.txt": "b\n" }))).rejects.toMatchObject({ code: "POLICY_MALFORMED" });
  });
});
