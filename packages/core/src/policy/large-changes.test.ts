import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import { zeroOid } from "../object/oid.ts";
import { requirementsOf } from "./commit-requirements.ts";
import { parsePolicy } from "./file/parse-policy.ts";
import type { Protection } from "./policy.ts";

it("the requirements of a commit are looked up for 100,000 paths and 50 rules", () => {
  const rules = Array.from(
    { length: 50 },
    (_, n) => `  - { name: r${n}, paths: ["a${n}/**", "**/*.x${n}"], cosign: { count: ${n} } }`,
  );
  const text = `version: 1\nprotect: [{ branches: [main] }]\nrules:\n${rules.join("\n")}\n`;
  const policy = parsePolicy(encodeText(text), "test");
  const oid = zeroOid("sha1");
  const sides = { oldMode: "100644", newMode: "100644", oldOid: oid, newOid: oid };
  const changes = Array.from({ length: 100_000 }, (_, n): Change => {
    return { path: encodeText(`a${n % 60}/b/c/file${n}.x${n % 70}`), status: "M", ...sides };
  });
  const facts = { changes, agents: [], authorLevel: undefined };
  const { requirements } = requirementsOf(policy, policy.protect[0] as Protection, facts);
  expect(requirements.length).toBeLessThanOrEqual(51);
});
