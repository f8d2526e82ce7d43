import { CountersignError } from "@countersign/core";
import type { GitRepository } from "@countersign/git/internal";
import { formatWaiting, type WaitingList, waitingToJson } from "@countersign/report";
import { type CommandContext, currentTime, printJson, printLines } from "../../context.ts";
import { showProgress } from "../../output/progress.ts";
import { type CosignOptions, readLatest } from "../session.ts";
import { findSigner } from "../task.ts";
import { findWaiting } from "./find-waiting.ts";

/** Prints what waits for the person. Nothing is signed, so that it needs no terminal. */
export async function listWaiting(
  context: CommandContext,
  repository: GitRepository,
  revision: string | undefined,
  options: CosignOptions,
): Promise<void> {
  if (revision !== undefined) {
    const problem = "it looks at every branch; leave the branch out, or --list";
    throw new CountersignError("OPTION_INVALID", { option: "--list", problem });
  }
  const list = await readList(context, repository, options);
  if (options.format === "json") await printJson(context.stdout, waitingToJson(list));
  else await printLines(context.stdout, formatWaiting(list, context.paint));
}

async function readList(
  context: CommandContext,
  repository: GitRepository,
  options: CosignOptions,
): Promise<WaitingList> {
  const choice = await readLatest(repository, options);
  const { signer, person } = await findSigner(repository, choice);
  const progress = showProgress(context.stderr, "branches");
  const found = await findWaiting(repository, choice, person, (done) => progress.at(done));
  progress.end();
  const { remote, policy, destination, branch } = choice;
  return {
    ...found,
    policy,
    remote,
    person: signer,
    command: ["countersign", "cosign", ...(options.remote === undefined ? [] : ["--remote", options.remote])],
    now: currentTime(),
    defaultBranch: destination.defaultBranch,
    targets: [branch],
    branches: [...found.branches].sort((a, b) => a.updated - b.updated),
  };
}
