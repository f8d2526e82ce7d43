import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Policy } from "@countersign/core";
import { findDestination, findProtection } from "@countersign/core/internal";
import { findRemoteAddress, type GitRepository } from "@countersign/git/internal";
import { escapeText, statusName } from "@countersign/report";
import { CI_FILES, CI_FOLDERS } from "../../ci/ci-files.ts";
import { readText } from "../../files/file-state.ts";
import { type CheckResult, fine, problem } from "../check-result.ts";
import type { Circumstances } from "../circumstances.ts";
import { askRules, type BranchRules, findAccess } from "../forge/ask-github.ts";
import { type JudgingWorkflow, readWorkflow, seesPushes, seesTurns } from "../forge/read-workflow.ts";
import { mentionsCountersign, runsGate } from "../hook/mentions.ts";

/** A file of the CI, from the root, that runs countersign. */
interface CiFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Whether a CI configuration of the work tree runs countersign, for all that it must be run for, and whether a branch
 * requires it, where its forge may be asked.
 */
export async function checkCi(
  repository: GitRepository,
  root: string,
  policy: Policy | undefined,
  circumstances: Circumstances,
): Promise<readonly CheckResult[]> {
  const files = [...CI_FILES, ...CI_FOLDERS.flatMap((folder) => listYaml(root, folder))];
  const found = files
    .map((file): CiFile => ({ file, text: readText(join(root, file)) }))
    .filter(({ text }) => mentionsCountersign(text) || runsGate(text));
  const [first] = found;
  if (!first) return [problem("CI_ABSENT", {})];
  const judging = found.flatMap(({ file, text }) => {
    const workflow = file.startsWith(".github/") ? readWorkflow(text) : undefined;
    return workflow ? [{ file, text, workflow }] : [];
  });
  const { destination, remote } = await findDestination(repository);
  const branches = [...new Set([destination.defaultBranch, ...destination.branches.keys()])];
  const guarded = branches.flatMap((name) =>
    name !== undefined && policy && findProtection(policy, name) ? [name] : [],
  );
  const [branch] = guarded;
  const results = [
    fine(`${first.file} runs countersign`),
    ...judging.flatMap((one) => [...describeTriggers(one), ...describePushes(one, guarded)]),
  ];
  if (branch === undefined) return results;
  const names = judging.flatMap(({ text, workflow: { jobs } }) =>
    // The gate's own status, not its job: that is green as well where the policy leaves a branch alone.
    runsGate(text) ? [statusName(branch)] : jobs,
  );
  const address = remote === undefined ? undefined : await findRemoteAddress(repository.context, remote);
  const access = address && findAccess(address, circumstances.env);
  const look = { branch: escapeText(branch), names: names.map((name) => escapeText(name)) };
  if (!access || names.length === 0)
    return [...results, problem("CI_REQUIREMENT_UNSEEN", { ...look, reason: undefined })];
  try {
    const rules = await askRules(access, branch, circumstances.signal);
    return [...results, ...describeRules(look, rules, policy?.ledger !== undefined)];
  } catch (error) {
    const reason = escapeText(error instanceof Error ? error.message : String(error));
    return [...results, problem("CI_REQUIREMENT_UNSEEN", { ...look, reason })];
  }
}

function describeTriggers({ file, workflow }: CiFile & { readonly workflow: JudgingWorkflow }): readonly CheckResult[] {
  const { events } = workflow;
  const shown = escapeText(file);
  return [
    ...(events.has("pull_request_target") ? [] : [problem("CI_SELF_JUDGED", { file: shown })]),
    ...(seesTurns(workflow) ? [] : [problem("CI_TURN_UNJUDGED", { file: shown })]),
    ...(events.has("merge_group") ? [] : [problem("CI_QUEUE_UNJUDGED", { file: shown })]),
  ];
}

/** Only the gate judges what landed. */
function describePushes(
  { file, text, workflow }: CiFile & { readonly workflow: JudgingWorkflow },
  guarded: readonly string[],
): readonly CheckResult[] {
  const missed = runsGate(text) ? guarded.filter((branch) => !seesPushes(workflow, branch)) : [];
  const branches = missed.map((branch) => escapeText(branch));
  return missed.length === 0 ? [] : [problem("CI_LANDED_UNJUDGED", { file: escapeText(file), branches })];
}

function describeRules(
  { branch, names }: { readonly branch: string; readonly names: readonly string[] },
  { required, workflows, squash }: BranchRules,
  ledger: boolean,
): readonly CheckResult[] {
  // GitHub compares names of checks without regard to case.
  const known = new Set(required.map((name) => name.toLowerCase()));
  const others = [...required, ...workflows].map((name) => escapeText(name));
  // What a workflow of the organisation runs is not seen from here: where it lies has to say it.
  const waited =
    names.find((name) => known.has(name.toLowerCase())) ??
    workflows.map((path) => escapeText(path)).find((path) => /countersign/i.test(path));
  return [
    ...(waited !== undefined
      ? [fine(`${branch} requires ${waited}, as GitHub has it`)]
      : [problem("CI_NOT_REQUIRED", { branch, names, required: others })]),
    ...(squash && !ledger ? [problem("CI_SQUASH_LOSES", { branch })] : []),
  ];
}

function listYaml(root: string, folder: string): readonly string[] {
  try {
    return readdirSync(join(root, folder))
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}
