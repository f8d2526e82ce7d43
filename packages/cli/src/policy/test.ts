import { access } from "node:fs/promises";
import { join } from "node:path";
import { CountersignError } from "@countersign/core";
import { type ExitCode, POLICY_TEST_FILES, readPolicyTests, runPolicyTest } from "@countersign/core/internal";
import { findWorkTree, readWorkTreePolicy, withRepository } from "@countersign/git/internal";
import { formatPolicyTests, policyTestsToJson, type TestedFile } from "@countersign/report";
import { type CommandContext, currentTime, printJson, printProse } from "../context.ts";
import { readNamedFile } from "../read-named-file.ts";
import { readPolicyAt } from "./policy-at.ts";

export interface TestPolicyOptions {
  readonly policy?: string;
  readonly format: "text" | "json";
}

/** Runs the tests of a policy: 0 where all pass, 1 where one fails. */
export function testPolicy(
  context: CommandContext,
  named: readonly string[],
  options: TestPolicyOptions,
): Promise<ExitCode> {
  return withRepository<ExitCode>(context, async (repository) => {
    const inForce = await (options.policy === undefined
      ? readWorkTreePolicy(repository)
      : readPolicyAt(repository, options.policy));
    const root = named.length > 0 ? context.cwd : await findWorkTree(repository);
    const files: TestedFile[] = [];
    for (const file of named.length > 0 ? named : await findTests(root)) {
      const { tests, now = currentTime() } = await readPolicyTests(await readNamedFile(root, file), file);
      files.push({ file, results: tests.map((test) => runPolicyTest(inForce.policy, test, now)) });
    }
    if (options.format === "json") await printJson(context.stdout, policyTestsToJson(files, inForce));
    else await printProse(context.stdout, formatPolicyTests(files, inForce, context.paint));
    return files.every(({ results }) => results.every(({ passed }) => passed)) ? 0 : 1;
  });
}

/** The files of tests beside the policy of the work tree. */
async function findTests(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of POLICY_TEST_FILES) {
    const there = await access(join(root, name)).then(
      () => true,
      () => false,
    );
    if (there) found.push(name);
  }
  if (found.length === 0) throw new CountersignError("TESTS_MISSING", { files: POLICY_TEST_FILES });
  return found;
}
