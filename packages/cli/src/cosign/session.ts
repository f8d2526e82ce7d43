import { CountersignError } from "@countersign/core";
import { choosePolicy, findDestination, type PolicyChoice } from "@countersign/core/internal";
import { fetchRemote, type GitContext, type GitRepository } from "@countersign/git/internal";
import type { CommandContext } from "../context.ts";
import type { Interruption } from "../interruption.ts";
import { policyOptions } from "../judging/judging-options.ts";
import type { Task } from "./task.ts";
import type { Terminal } from "./terminal.ts";

export interface CosignOptions {
  readonly branch?: string;
  readonly remote?: string;
  readonly key?: string;
  /** The carriers, where one is asked for. */
  readonly ledger?: boolean;
  readonly trailer?: boolean;
  /** False with `--no-fetch`. */
  readonly fetch: boolean;
  /** False with `--no-push`. */
  readonly push: boolean;
  readonly dryRun?: boolean;
  readonly list?: boolean;
  readonly format?: "text" | "json";
}

/** One run of the command. */
export interface Session {
  readonly context: CommandContext;
  readonly options: CosignOptions;
  /** Where git is run, for programs that talk with the person. */
  readonly spoken: GitContext;
  readonly interruption: Interruption;
}

/** A co-sign that is ready to be given, whichever carrier it goes into. Nothing has been changed yet. */
export interface PreparedCosign {
  readonly task: Task;
  /** All that the person is to see before the question. */
  review(repository: GitRepository): AsyncIterable<string>;
  /** @throws `Stopped` unless the answer is yes. */
  confirm(terminal: Terminal): Promise<void>;
  /** What was done, for the person. */
  carryOut(): Promise<readonly string[]>;
}

/** Finds what the work is judged for and by, as the remote has it now. @throws `FETCH_FAILED`, and what `choosePolicy` throws. */
export async function readLatest(repository: GitRepository, options: CosignOptions): Promise<PolicyChoice> {
  if (options.fetch) {
    const { remote } = await findDestination(repository, { remote: options.remote });
    if (remote !== undefined) await fetchRemote(repository.context, remote);
  }
  return choosePolicy(repository, policyOptions(repository, options));
}

/** The full name of the ledger that the co-sign goes into; undefined where it goes into the messages. */
export function chooseLedger({ policy }: PolicyChoice, { ledger, trailer }: CosignOptions): string | undefined {
  if (trailer) return undefined;
  const named = policy.policy.ledger;
  if (named !== undefined || !ledger) return named;
  throw new CountersignError("OPTION_INVALID", {
    option: "--ledger",
    problem: "the policy in force names no ledger, so that nobody would look for a co-sign there",
  });
}
