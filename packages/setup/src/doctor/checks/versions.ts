import { type GitContext, proveSigning, readGitVersion } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { type CheckResult, fine, problem } from "../check-result.ts";

const LEAST = { node: "20.19", git: "2.34" } as const;

/** The programs that countersign runs on and starts. */
export async function checkVersions(context: GitContext, node: string): Promise<readonly CheckResult[]> {
  const versions = { node, git: await readGitVersion(context) };
  const programs = ["node", "git"] as const;
  const old = programs.filter((program) => !isAtLeast(versions[program], LEAST[program]));
  const results = old.map((program) =>
    problem("PROGRAM_OLD", { program, version: versions[program], least: LEAST[program] }),
  );
  const signing = await proveSigning(context);
  if (signing.state === "unable") results.push(problem("SSH_KEYGEN_UNFIT", { reason: signing.reason }));
  if (signing.state === "program missing") results.push(problem("SIGNING_PROGRAM_MISSING", signing));
  const found = programs
    .filter((program) => !old.includes(program))
    .map((program) => `${program} ${versions[program]}`);
  if (signing.state === "proven") found.push("an ssh-keygen that signs");
  if (signing.state === "other program") found.push(`signatures by ${escapeText(signing.program)} (gpg.ssh.program)`);
  return found.length === 0 ? results : [fine(found.join(", ")), ...results];
}

/** Compares versions number by number. */
export function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => text.split(".").map(Number));
  for (const [index, number] of (want ?? []).entries()) {
    const difference = (have?.[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
