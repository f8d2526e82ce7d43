import { stripVTControlCharacters } from "node:util";
import { abbreviate, branchName, redactUrls } from "@countersign/core/internal";
import { type CheckResult, fine, problem } from "../check-result.ts";
import type { Probe, ProbePush, ProbeUpdate } from "../probe/probe.ts";
import type { HookInspection } from "./inspect-hook.ts";

/** How long a hook may take. Some run a whole test suite. */
export const LIMIT_MS = 120_000;

/** A hook that is to be proven, and how a probe is pushed past it. */
export interface HookProof {
  readonly hook: "pre-push" | "pre-receive";
  readonly inspection: HookInspection;
  readonly probe: Probe;
  push(updates: readonly ProbeUpdate[]): Promise<ProbePush>;
}

/**
 * Pushes commits that must be refused to two branches, then commits that must pass. The ids of a probe are nobody else's:
 * a refusal that names both of them is one by a hook that ran, was given both branches, and judged them.
 */
export async function proveHook(trial: HookProof): Promise<readonly CheckResult[]> {
  const { hook, inspection, probe } = trial;
  // Where the system finds no interpreter, git waits for ever.
  const unrunnable = inspection.causes.filter((cause) => cause.state !== "ok" && cause.code === "HOOK_LINE_ENDS");
  if (unrunnable.length > 0) return unrunnable;
  const failure = explainFailure(trial, await trial.push(probe.assisted));
  if (failure) return failure;
  const innocent = await trial.push(probe.innocent);
  if (innocent.late) return [late(hook)];
  if (innocent.status !== 0 || !innocent.moved)
    return [problem("INNOCENT_REFUSED", { hook, said: whatWasSaid(innocent) })];
  const by = inspection.manager ? `, run by ${inspection.manager.name}` : "";
  return [
    fine(
      `${hook}${by}: a push of AI-assisted commits to two branches was refused for both, and an innocent one went through`,
    ),
  ];
}

/** Why a push of the assisted commits did not end as it must; undefined if it did. */
function explainFailure(trial: HookProof, push: ProbePush): readonly CheckResult[] | undefined {
  const { hook, inspection, probe } = trial;
  if (push.late) return [late(hook)];
  const said = whatWasSaid(push);
  if (push.status !== 0 && push.status !== 1) return [problem("PROBE_FAILED", { said })];
  if (push.status === 0 || push.moved) return explainPassage(trial, push);
  const missed = probe.assisted.filter((update) => !isNamed(push, update));
  if (missed.length === 0) return undefined;
  const manager = inspection.manager?.name ?? "what runs the hook";
  if (missed.length < probe.assisted.length) {
    return [problem("ONE_REF_ONLY", { manager, missed: missed.map(({ ref }) => branchName(ref) ?? ref).join(", ") })];
  }
  if (push.output.includes("STDIN_EMPTY")) {
    const fix = inspection.manager?.stdinFix;
    return [problem("STDIN_NOT_PASSED", { manager, ...(fix === undefined ? {} : { fix }) })];
  }
  return said.some((line) => OURS.test(line))
    ? [problem("HOOK_BROKEN", { hook, said })]
    : [problem("REFUSED_OTHERWISE", { hook, said })];
}

/** A line of ours: the program's name, or a code. */
const OURS = /countersign|^[A-Z]+(?:_[A-Z]+)+: /;

function explainPassage({ hook, inspection }: HookProof, { output }: ProbePush): readonly CheckResult[] {
  if (inspection.causes.length > 0) return inspection.causes;
  const { manager } = inspection;
  if (manager?.leftOut?.test(output)) return [problem("JOB_PASSED_OVER", { manager: manager.name })];
  if (manager?.oneRef) return [problem("ONE_REF_ONLY", { manager: manager.name, missed: "the other" })];
  return [problem("PUSH_UNSEEN", { hook })];
}

/** Whether a push of the assisted commits was refused for each of them. */
export function isProven({ assisted }: Probe, push: ProbePush): boolean {
  return push.status === 1 && !push.moved && assisted.every((update) => isNamed(push, update));
}

/** Whether the refusal is for this commit. Its id alone proves nothing: git names what it could not push. */
function isNamed({ output }: ProbePush, { oid }: ProbeUpdate): boolean {
  return output.includes(`COSIGN_MISSING: ${abbreviate(oid)}`);
}

function late(hook: string): CheckResult {
  return problem("HOOK_LATE", { hook, seconds: LIMIT_MS / 1000 });
}

const LINES_TOLD = 4;

/** What the hook said, without what git adds to it and without anyone's credentials. */
function whatWasSaid({ output }: ProbePush): readonly string[] {
  const lines = stripVTControlCharacters(output)
    .split("\n")
    .map((line) => line.replace(/^(?:remote:)?[ -]*/, "").trimEnd());
  return lines
    .filter((line) => line !== "" && !/^(?:To |error: failed to push| ?! \[|Everything up-to-date)/.test(line))
    .map(redactUrls)
    .slice(0, LINES_TOLD);
}
