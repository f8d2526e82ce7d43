import { describe, expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import type { ObjectId } from "../../object/oid.ts";
import { parsePolicy } from "../../policy/file/parse-policy.ts";
import type { Policy, Protection } from "../../policy/policy.ts";
import { change } from "../commit-verdict.fixture.ts";
import { askOfAssisted, askOfDispute, askOfEmergency, askOfPolicyChange } from "./ask.ts";

const COMMIT = "c".repeat(40) as ObjectId;

function policyOf(more: string): { readonly policy: Policy; readonly protection: Protection } {
  const text = `version: 1\nprotect: [{ branches: [main] }]\npeople: [{ name: Ada, emails: [ada@x], level: senior }]\n${more}`;
  const policy = parsePolicy(encodeText(text), "test");
  const [protection] = policy.protect;
  if (!protection) throw new Error("it protects main");
  return { policy, protection };
}

const FACTS = { changes: [change("infra/a")], agents: ["kiro"], authorLevel: -1 };

describe("of assisted work is asked", () => {
  const RULES = `rules:
  - { name: infra, paths: ["infra/**"], cosign: { count: 2 } }
  - { name: no, paths: ["infra/**"], deny: Not here. }
`;

  it("what the policy says, by which rules, and which of them refuse it", () => {
    const { policy, protection } = policyOf(RULES);
    const { asks, denials } = askOfAssisted(policy, protection, FACTS, COMMIT);
    expect(asks).toMatchObject([{ why: "assisted", rules: ["infra"], requirement: { count: 2 } }]);
    expect(denials).toEqual([
      { code: "DENIED_BY_RULE", data: { reason: "Not here.", agents: ["kiro"] }, commit: COMMIT, rules: ["no"] },
    ]);
  });

  it("the same of what is no commit yet", () => {
    const { policy, protection } = policyOf(RULES);
    const { denials } = askOfAssisted(policy, protection, FACTS);
    expect(denials).toEqual([
      { code: "DENIED_BY_RULE", data: { reason: "Not here.", agents: ["kiro"] }, rules: ["no"] },
    ]);
    expect(Object.keys(denials[0] ?? {})).not.toContain("commit");
  });
});

describe("of a change of the policy is asked", () => {
  const { policy, protection } = policyOf("policyChange: { count: 2 }\n");
  const FILE = "countersign.config.yaml";

  it("what the policy says of that, for the files that it changes", () => {
    expect(askOfPolicyChange(policy, protection, [change(FILE), change(".countersignrc", "000000")])).toMatchObject({
      why: "policy change",
      rules: ["policyChange"],
      requirement: { count: 2 },
      paths: [FILE, ".countersignrc"],
      removal: false,
    });
  });

  it.each([["000000"], ["120000"], ["160000"]])("it as a removal where what is left is of mode %s", (mode) => {
    expect(askOfPolicyChange(policy, protection, [change(FILE, mode)])).toMatchObject({ removal: true });
  });
});

describe("a dispute is asked", () => {
  const waived = [{ ...askOfPolicyChange(policyOf("").policy, policyOf("").protection, []), why: "assisted" as const }];

  it("the word of one person of the level, as surely as what it waives", () => {
    const { policy, protection } = policyOf("disputes: { level: senior }\ncosign: { proof: declared, count: 3 }\n");
    expect(askOfDispute(policy, protection, [])).toMatchObject({
      why: "dispute",
      rules: ["disputes"],
      requirement: { count: 1, level: "senior", proof: "signed", self: true },
    });
    const sure = waived.map((ask) => ({ ...ask, requirement: { ...ask.requirement, proof: "hardware" as const } }));
    expect(askOfDispute(policy, protection, sure)?.requirement.proof).toBe("hardware");
  });

  it("nothing where the policy takes nobody's word", () => {
    const { policy, protection } = policyOf("");
    expect(askOfDispute(policy, protection, waived)).toBeUndefined();
  });
});

describe("an emergency is asked", () => {
  const TERMS = "emergency: { level: senior, reviewWithin: 3d }\n";
  const asked = (count: number, more = TERMS) => {
    const { policy, protection } = policyOf(`${more}cosign: { count: ${count} }\n`);
    const [ask] = askOfAssisted(policy, protection, FACTS).asks;
    if (!ask) throw new Error("something is asked");
    return askOfEmergency(policy, ask);
  };

  it("one person of the level in place of what is asked", () => {
    expect(asked(2)).toMatchObject({
      why: "emergency",
      rules: ["emergency"],
      requirement: { count: 1, level: "senior", self: true },
    });
  });

  it("nothing where nothing is asked, or the policy knows none", () => {
    expect(asked(0)).toBeUndefined();
    expect(asked(2, "")).toBeUndefined();
  });
});
