import { CountersignError, type Decision, isCountersignError } from "@countersign/core";
import { branchName, EXIT_CODES, type ExitCode, undecided } from "@countersign/core/internal";
import { nameRequest } from "@countersign/git/internal";
import { formatDecision } from "@countersign/report";
import { withGateRepository } from "../gate/gate-repository.ts";
import { judgeLanded, type LandedUpdate } from "../gate/judge-landed.ts";
import { namesWitness } from "../gate/judge-landing.ts";
import { judgeRequest } from "../gate/judge-request.ts";
import { describeWitnessed } from "../gate/ledger/describe-witnessed.ts";
import { witnessLanded } from "../gate/ledger/witness-landed.ts";
import { report } from "../gate/report.ts";
import { describeVerdict } from "../gate/settle-request.ts";
import { findDefaultBranch } from "./git-forge.ts";
import type { Pipeline } from "./pipeline.ts";
import type { Runner } from "./runner.ts";

/** What people do after a co-sign: GitLab starts nothing for a push to the ledger. */
const NEXT = "Then run the job again: nothing has to be pushed to the branch.";

/** Judges what the pipeline is about. The result of the job is the verdict. */
export async function judge(runner: Runner): Promise<ExitCode> {
  const { pipeline } = runner;
  return pipeline.kind === "push" ? judgePush(runner, pipeline) : judgeMergeRequest(runner, pipeline);
}

async function judgePush(runner: Runner, pipeline: Extract<Pipeline, { kind: "push" }>): Promise<ExitCode> {
  return withGateRepository(runner.source, runner.environment, async (place) => {
    const landed = { ...pipeline, defaultBranch: await findDefaultBranch(place) };
    const forge = runner.openForge(place, branchName(pipeline.ref) ?? pipeline.ref);
    const { judgement } = (await judgeLanded(forge, place, landed)) ?? {};
    if (judgement?.kind !== "judged") {
      runner.print("countersign: nothing is required of this branch");
      return EXIT_CODES.allow;
    }
    const code = show(runner, judgement.decision, report(judgement, pipeline.ref).title);
    const isWitnessed = !namesWitness(judgement) || (await witness(runner, landed));
    return isWitnessed ? code : EXIT_CODES.undecided;
  });
}

async function judgeMergeRequest(runner: Runner, pipeline: Extract<Pipeline, { kind: "request" }>): Promise<ExitCode> {
  const { number, head, base } = pipeline;
  return withGateRepository(runner.source, runner.environment, async (place) => {
    const forge = runner.openForge(place, base);
    const judged = await judgeRequest(forge, place, number);
    // Opened again, it would find this job's result still there.
    if (!judged) {
      const unfit = { event: "of this job", problem: `merge request ${number} is not open` };
      return show(runner, undecided(new CountersignError("FORGE_EVENT_UNFIT", unfit)));
    }
    const { request, judgement } = judged;
    if (request.head !== head) {
      const { name, head: found } = request;
      return show(runner, undecided(new CountersignError("REQUEST_NOT_FETCHED", { name, head, found })));
    }
    if (judgement.kind === "unprotected") {
      // Turned to a protected branch, it would bring the result of this job along.
      const ref = judgement.policy?.ref ?? request.defaultBranch;
      return show(runner, undecided(new CountersignError("BRANCH_UNPROTECTED", { branch: request.base, ref })));
    }
    const { report: said, comment } = describeVerdict(forge, judged, { run: runner.url, next: NEXT });
    const code = show(runner, judgement.decision, said.title);
    await orPrinted(runner, forge.writeComment(number, comment));
    return code;
  });
}

/**
 * GitLab hands the key of a witness to the pipelines of protected branches alone: what is approved is written down when it
 * lands. Whether all of it could be.
 */
async function witness(runner: Runner, landed: LandedUpdate): Promise<boolean> {
  const { key, forge } = runner.openWitness() ?? {};
  if (key === undefined || !forge) return true;
  let isWitnessed = true;
  await withGateRepository(forge.source, runner.environment, async (place) => {
    for await (const { number, written } of witnessLanded(forge, place, landed, key)) {
      if (isCountersignError(written)) {
        isWitnessed = false;
        runner.print(...formatDecision(undecided(written)));
      } else {
        runner.print(`countersign: ${nameRequest("!", number).name}: ${describeWitnessed(written)}`);
      }
    }
  });
  return isWitnessed;
}

function show(runner: Runner, decision: Decision, title?: string): ExitCode {
  runner.print(...formatDecision(decision), ...(title === undefined ? [] : [`countersign: ${title}`]));
  runner.report(decision);
  return EXIT_CODES[decision.outcome];
}

/** The job says what a comment says too: it is not part of the verdict. */
async function orPrinted(runner: Runner, writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    runner.print(`countersign: the comment was not written: ${error.code}: ${error.what}`);
  }
}
