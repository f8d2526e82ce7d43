import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { parsePolicy } from "./file/parse-policy.ts";
import { findProtection, isLedger } from "./policy.ts";

const policy = parsePolicy(
  encodeText(
    'version: 1\nprotect:\n  - branches: [main, "release/*"]\n  - { branches: ["**/1", hotfix], mode: warn }\n',
  ),
  "test",
);

it.each([
  ["main", 0],
  ["release/1", 0],
  ["hotfix", 1],
  ["topic/1", 1],
  ["constructor", undefined],
  ["refs/heads/main", undefined],
  ["Main", undefined],
  ["", undefined],
])("the branch %j is governed by the first entry that matches: %s", (branch, entry) => {
  expect(findProtection(policy, branch)).toBe(entry === undefined ? undefined : policy.protect[entry]);
});

it("the ledger is governed by no entry, though a pattern means it", () => {
  const withLedger = parsePolicy(
    encodeText('version: 1\nprotect: [{ branches: ["**"] }]\nledger: countersign/ledger\n'),
    "test",
  );
  expect(findProtection(withLedger, "countersign/ledger")).toBeUndefined();
  expect(findProtection(withLedger, "countersign/ledgers")).toBe(withLedger.protect[0]);
  expect(isLedger(withLedger, "countersign/ledger")).toBe(true);
  expect(isLedger(withLedger, "refs/heads/countersign/ledger")).toBe(false);
  expect(isLedger(policy, "countersign/ledger")).toBe(false);
});
