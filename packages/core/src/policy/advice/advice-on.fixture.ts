import { encodeText } from "../../bytes.ts";
import { readPolicyFile } from "../file/parse-policy.ts";
import { formatPath } from "../file/problem.ts";
import type { Adviser, PolicySurroundings } from "./advice.ts";

export const KEYS = ["K0Ad1w0CxymZmfqC6YuE9UgKo51MoSl4GnXxqHvr5WU", "F05diVxrs9ulYTcUWUtISpn7N/HhIARtqKqo0ntnzdS"].map(
  (body) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${body}`,
);

export const NOW = Date.parse("2026-06-01T00:00:00Z") / 1000;

const SURROUNDINGS: PolicySurroundings = {
  branches: ["main"],
  defaultBranch: "main",
  inForce: true,
  files: ["README.md", "src/a.ts"].map(encodeText),
  baselineKnown: undefined,
  now: NOW,
};

/** What one adviser says of a policy: each code, the part of the file that it is about, and its data. */
export function adviceBy(adviser: Adviser, lines: string, surroundings: Partial<PolicySurroundings> = {}) {
  const { policy, problems } = readPolicyFile(encodeText(`version: 1\n${lines}`));
  if (!policy) throw new Error(JSON.stringify(problems));
  const found = [...adviser(policy, { ...SURROUNDINGS, ...surroundings })];
  return found.map(({ code, path, data }) => [code, formatPath(path), data]);
}
