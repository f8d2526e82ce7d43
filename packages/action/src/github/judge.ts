import { isCountersignError } from "@countersign/core";
import { EXIT_CODES, type ExitCode } from "@countersign/core/internal";
import { changesPolicy } from "../gate/changes-policy.ts";
import type { Forge } from "../gate/forge.ts";
import { type GateRepository, withGateRepository } from "../gate/gate-repository.ts";
import { judgeLanded } from "../gate/judge-landed.ts";
import { namesWitness } from "../gate/judge-landing.ts";
import { openRequests } from "../gate/open-requests.ts";
import { type Report, report } from "../gate/report.ts";
import { type Showing, settleQueue, settleRequest } from "../gate/settle-request.ts";
import { formatComments, type WrittenComment } from "./comment.ts";
import type { GithubEvent } from "./event.ts";
import { github } from "./github.ts";
import { requestsOf } from "./requests-of.ts";
import type { Runner } from "./runner.ts";

const NEXT =
  "The check runs again when the co-sign arrives; a comment `/countersign` starts it too. If you may not push here, add `--print` and paste what it prints into a comment.";

/** What a judging run works with. */
interface Session {
  readonly runner: Runner;
  readonly forge: Forge;
  readonly place: GateRepository;
  readonly showing: Showing;
}

/** Judges what the event is about, and writes the verdict. The comment is another job's, whose token may write comments. */
export async function judge(runner: Runner): Promise<ExitCode> {
  const { event } = runner;
  if (event.kind === "nothing") {
    runner.print(`countersign: nothing to judge: ${event.why}`);
    return EXIT_CODES.allow;
  }
  const showing = { context: runner.input("context"), run: runner.url, next: NEXT };
  const forge = github(runner.access);
  return withGateRepository(forge.source, runner.environment, (place) =>
    judgeEvent({ runner, forge, place, showing }, event),
  );
}

async function judgeEvent(
  session: Session,
  event: Exclude<GithubEvent, { readonly kind: "nothing" }>,
): Promise<ExitCode> {
  const { runner, forge, place, showing } = session;
  switch (event.kind) {
    case "queue":
      return show(runner, await settleQueue(forge, place, event, showing));
    case "push": {
      const judged = await judgeLanded(forge, place, event);
      if (!judged) return EXIT_CODES.allow;
      const { judgement, requests } = judged;
      const landed = show(runner, report(judgement, event.ref));
      // A key that was revoked, or a rule that was added, is for what is open as well.
      const open = (await changesPolicy(place, event)) ? await openRequests(forge, []) : [];
      const code = open.length === 0 ? EXIT_CODES.allow : await judgeRequests(session, open);
      // One that was merged as soon as it was approved was closed before a witness could write that down.
      if (namesWitness(judgement) && requests.length > 0) runner.output("witness", "true");
      return code === EXIT_CODES.undecided ? code : landed;
    }
    default: {
      const code = await judgeRequests(session, await requestsOf(forge, event));
      // The verdicts stand at the pull requests; a run that someone started did its work, unless it could not.
      const isStarted = event.kind === "dispatch" || event.kind === "head";
      return isStarted && code === EXIT_CODES.deny ? EXIT_CODES.allow : code;
    }
  }
}

/** Judges requests one after the other; what happens to one keeps none of the others from a verdict. */
async function judgeRequests(
  { runner, forge, place, showing }: Session,
  numbers: readonly number[],
): Promise<ExitCode> {
  let worst: ExitCode = EXIT_CODES.allow;
  const comments: WrittenComment[] = [];
  let witnessed = false;
  for (const number of numbers) {
    try {
      const settled = await settleRequest(forge, place, number, showing);
      if (!settled) {
        runner.print(`countersign: pull request ${number} is not open`);
        continue;
      }
      comments.push({ number, ...settled.comment });
      witnessed ||= settled.witnessed;
      if (numbers.length > 1) runner.summarise(`## #${number}`);
      worst = worse(worst, show(runner, settled.report));
    } catch (error) {
      if (!isCountersignError(error)) throw error;
      worst = EXIT_CODES.undecided;
      runner.fail(error);
    }
  }
  runner.output("comments", formatComments(comments));
  runner.output("witness", witnessed ? "true" : "");
  return worst;
}

function worse(one: ExitCode, other: ExitCode): ExitCode {
  return one > other ? one : other;
}

function show(runner: Runner, { outcome, title, summary, annotations }: Report): ExitCode {
  runner.print(`countersign: ${title}`, ...annotations);
  runner.summarise(summary);
  return EXIT_CODES[outcome];
}
