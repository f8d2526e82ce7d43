import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import { zeroOid } from "../object/oid.ts";
import { isPolicyChange, POLICY_FILES } from "./policy-files.ts";

function changed(path: Uint8Array): Change {
  const oid = zeroOid("sha1");
  return { path, status: "M", oldMode: "100644", newMode: "100644", oldOid: oid, newOid: oid };
}

it("a policy stands at the root, in YAML or JSON, under one of seven names", () => {
  expect(POLICY_FILES).toEqual([
    "countersign.config.yaml",
    "countersign.config.yml",
    "countersign.config.json",
    ".countersignrc",
    ".countersignrc.yaml",
    ".countersignrc.yml",
    ".countersignrc.json",
  ]);
});

it.each(POLICY_FILES)("a change of %s is a change of the policy", (path) => {
  expect(isPolicyChange(changed(encodeText(path)))).toBe(true);
});

it.each([
  "",
  "README.md",
  ".countersign",
  ".countersignrc.toml",
  ".Countersignrc",
  "/.countersignrc",
  "docs/.countersignrc",
  ".countersignrc/config",
  "countersign.config.yaml.orig",
  "countersign.config.yaml\0",
])("a change of %j is not", (path) => {
  expect(isPolicyChange(changed(encodeText(path)))).toBe(false);
});

it("a path that is not text is not the policy's", () => {
  expect(isPolicyChange(changed(Uint8Array.of(...encodeText(".countersignrc"), 0xff)))).toBe(false);
});
