import { type ObjectId, parsePolicyFile } from "@countersign/core";
import { comparePolicies, explainCommit, simulate } from "@countersign/core/internal";
import { formatExplanation } from "@countersign/report";
import { describe, expect, it } from "vitest";
import { Lab, NOW, policyOf } from "./lab.ts";

const FILES = { "a.js": "one\n\n\n\nfour\n", "b.js": "b\n" };

/** Two commits of an agent on a branch, which lands in some way; somebody may have signed it. */
async function landed(land: (lab: Lab, tip: string) => string, sign = true): Promise<Lab> {
  const lab = await Lab.open(policyOf(), FILES);
  lab.begin("topic");
  lab.assisted({ "a.js": "one\n\n\n\nfive\n" }, "First");
  const tip = lab.assisted({ "b.js": "bb\n" }, "Second");
  if (sign) await lab.sign(tip);
  lab.land(land(lab, tip));
  return lab;
}

async function simulated(lab: Lab) {
  const { destination, policy } = await lab.lands();
  if (!policy) throw new Error("main has a policy");
  const history = { tip: lab.main as ObjectId, exclude: [], most: 500 };
  const plan = { policy: policy.policy, branch: "main", destination, now: NOW, history };
  const { tally } = await simulate(lab.repository, plan);
  return { assisted: tally.assisted, refused: tally.refused, codes: [...tally.codes.keys()] };
}

const squash = (lab: Lab, tip: string): string => lab.squash(tip);
const asItIs = (_: Lab, tip: string): string => tip;

describe("a replay of history counts the co-signs of the ledger", () => {
  it.each<readonly [string, (lab: Lab, tip: string) => string, number]>([
    ["pushed as it is", asItIs, 2],
    ["squashed", squash, 1],
    ["merged", (lab, tip) => lab.merge(tip), 2],
    [
      "rebased over the same file",
      (lab, tip) => {
        lab.moveMain({ "a.js": "ONE\n\n\n\nfour\n" });
        return lab.rebase(tip);
      },
      2,
    ],
  ])("for a branch that was %s", async (_, land, assisted) => {
    await using signed = await landed(land);
    expect(await simulated(signed)).toEqual({ assisted, refused: 0, codes: [] });
    await using unsigned = await landed(land, false);
    expect(await simulated(unsigned)).toEqual({ assisted, refused: assisted, codes: ["COSIGN_MISSING"] });
  });

  it("and not for a part of what was approved", async () => {
    const part = async (whole: boolean): Promise<Lab> => {
      const lab = await Lab.open(policyOf(), FILES);
      lab.begin("topic");
      const first = lab.assisted({ "a.js": "one\n\n\n\nfive\n" });
      await lab.sign(lab.assisted({ "b.js": "bb\n" }), { whole });
      lab.land(first);
      return lab;
    };
    await using together = await part(true);
    expect(await simulated(together)).toMatchObject({ refused: 1, codes: ["COSIGN_INCOMPLETE"] });
    await using apart = await part(false);
    expect(await simulated(apart)).toMatchObject({ refused: 0 });
  });

  it("where two policies are compared", async () => {
    await using lab = await landed((of, tip) => {
      of.moveMain({ "a.js": "ONE\n\n\n\nfour\n" });
      return of.rebase(tip);
    });
    const { destination, policy } = await lab.lands();
    if (!policy) throw new Error("main has a policy");
    const after = await parsePolicyFile(
      Buffer.from(policyOf("proof: signed, reapply: never")),
      "countersign.config.yaml",
    );
    const history = { tip: lab.main as ObjectId, exclude: [], most: 500 };
    const plan = { before: policy.policy, after, branch: "main", destination, now: NOW, history };
    const { flips } = await comparePolicies(lab.repository, plan);
    expect(flips).toMatchObject([{ subject: "First", after: { outcome: "deny", codes: ["COSIGN_MISMATCH"] } }]);
  });

  it("where a commit is explained that landed", async () => {
    await using lab = await landed(squash);
    const { destination, policy } = await lab.lands();
    if (!policy) throw new Error("main has a policy");
    const of = { commit: lab.main as ObjectId, branch: "main", destination, policy, now: NOW };
    const { verdict } = await explainCommit(lab.repository, of);
    expect(verdict).toMatchObject({ violations: [], cosigns: [{ where: { carrier: "ledger" } }] });
  });

  it("and says of each co-sign in the ledger what it is worth, and why", async () => {
    await using lab = await Lab.open(policyOf(), FILES);
    lab.begin("topic");
    const tip = lab.assisted({ "a.js": "one\n\n\n\nfive\n" });
    await lab.sign(tip, { whole: false });
    await lab.sign(tip, { whole: false, by: "jim" });
    lab.moveMain({ "a.js": "ONE\n\n\n\nfour\n" });
    const landing = lab.rebase(tip) as ObjectId;
    const { destination, policy } = await lab.lands();
    if (!policy) throw new Error("main has a policy");
    const of = { commit: landing, branch: "main", destination, policy, now: NOW };
    const lines = formatExplanation(await explainCommit(lab.repository, of), policy);
    const cosigns = lines.slice(lines.findIndex((line) => line.startsWith("co-sign"))).sort();
    const worth = cosigns.map((line) => line.replace(/record [0-9a-f]{12}/, "record ID"));
    expect(worth).toEqual([
      "          jim@acme.example has level junior",
      "co-sign   ada@acme.example in the ledger, record ID, signed: counts, applied to a.js, which moved on",
      "co-sign   jim@acme.example in the ledger, record ID, signed: COSIGN_LEVEL",
      "verdict   may land",
    ]);
  });
});
