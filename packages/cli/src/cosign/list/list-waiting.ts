import { CountersignError } from "@countersign/core";
import { type GitRepository, withRepository } from "@countersign/git/internal";
import { formatWaiting, type WaitingList, waitingToJson } from "@countersign/report";
import { type CommandContext, currentTime, printJson, printLines } from "../../context.ts";
import { withinTime } from "../../judging/within-time.ts";
import { showProgress } from "../../output/progress.ts";
import { type Choices, type CosignOptions, readLatest } from "../session.ts";
import { findSigner } from "../task.ts";
import { type Found, findWaiting } from "./find-waiting.ts";

/** Prints what waits for the person. Nothing is signed, so that it needs no terminal. */
export async function listWaiting(
  context: CommandContext,
  revisions: readonly string[],
  options: CosignOptions,
): Promise<void> {
  if (revisions.length > 0) {
    const problem = "it looks at every branch; leave out the branch, or --list";
    throw new CountersignError("OPTION_INVALID", { option: "--list", problem });
  }
  // A remote may ask for a password: only judging is measured.
  const choices = await withRepository(context, (repository) => readLatest(repository, options));
  const list = await withinTime(context, (repository) => readList(context, repository, choices, options));
  if (options.format === "json") await printJson(context.stdout, waitingToJson(list));
  else await printLines(context.stdout, formatWaiting(list, context.paint));
}

async function readList(
  context: CommandContext,
  repository: GitRepository,
  choices: Choices,
  options: CosignOptions,
): Promise<WaitingList> {
  const [{ remote, policy, destination }] = choices;
  const { signer, person } = await findSigner(repository, choices[0]);
  const progress = showProgress(context.stderr, "branches");
  const found: Found[] = [];
  for (const choice of choices) {
    found.push(await findWaiting(repository, choice, person, (done) => progress.at(done)));
  }
  progress.end();
  return {
    policy,
    remote,
    person: signer,
    command: ["countersign", "cosign", ...(options.remote === undefined ? [] : ["--remote", options.remote])],
    now: currentTime(),
    defaultBranch: destination.defaultBranch,
    targets: choices.map(({ branch }) => branch),
    unprotected: found.flatMap(({ unprotected }) => unprotected),
    looked: found.reduce((sum, { looked }) => sum + looked, 0),
    branches: found.flatMap(({ branches }) => branches).sort((a, b) => a.updated - b.updated),
    undecided: found.flatMap(({ undecided }) => undecided),
  };
}
