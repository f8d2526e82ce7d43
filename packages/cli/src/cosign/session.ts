import { CountersignError } from "@countersign/core";
import { choosePolicy, findDestination, type PolicyChoice } from "@countersign/core/internal";
import { fetchRemote, type GitContext, type GitRepository } from "@countersign/git/internal";
import type { CommandContext } from "../context.ts";
import type { Interruption } from "../interruption.ts";
import { policyOptions } from "../judging/judging-options.ts";
import type { NothingToSign } from "./nothing-to-sign.ts";
import type { Terminal } from "./terminal.ts";

export interface CosignOptions {
  /** The branches that the work is to land on; absent, the default one. */
  readonly branch?: readonly string[];
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
  /** Whether each commit gets a record of its own. */
  readonly each?: boolean;
  /** Whether the record is printed, and not pushed. */
  readonly print?: boolean;
  readonly withdraw?: boolean;
  /** Why it cannot wait for its review. */
  readonly emergency?: string;
  /** Whether commits are named that the branch has already. */
  readonly landed?: boolean;
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
  /** Why there is nothing to sign; undefined if there is something. */
  readonly nothing: NothingToSign | undefined;
  /** All that the person is to see before the question. */
  review(repository: GitRepository): AsyncIterable<string>;
  /** @throws `Stopped` unless the answer is yes. */
  confirm(terminal: Terminal): Promise<void>;
  /** What was done, for the person. */
  carryOut(): Promise<readonly string[]>;
}

/** What the work is judged for and by: a choice for each branch that it is to land on, each branch once. */
export type Choices = readonly [PolicyChoice, ...PolicyChoice[]];

/** Finds that, as the remote has it now. @throws `FETCH_FAILED`, and what `choosePolicy` throws. */
export async function readLatest(repository: GitRepository, options: CosignOptions): Promise<Choices> {
  const { remote, branch: branches } = options;
  await fetchLatest(repository, options);
  const choose = (branch: string | undefined): Promise<PolicyChoice> =>
    choosePolicy(repository, policyOptions(repository, { ...(remote && { remote }), ...(branch && { branch }) }));
  const [first, ...others] = new Set(branches);
  const choices: [PolicyChoice, ...PolicyChoice[]] = [await choose(first)];
  for (const branch of others) choices.push(await choose(branch));
  return choices;
}

/** Fetches from the remote that work lands on, unless that is not wanted. */
export async function fetchLatest(repository: GitRepository, { remote, fetch }: CosignOptions): Promise<void> {
  if (!fetch) return;
  const found = await findDestination(repository, { remote });
  if (found.remote !== undefined) await fetchRemote(repository.context, found.remote);
}

/** The full name of the ledger that the co-sign goes into; undefined if it goes into the messages. */
export function chooseLedger(choices: Choices, { ledger, trailer }: CosignOptions): string | undefined {
  const [{ policy }, ...others] = choices;
  const named = trailer ? undefined : policy.policy.ledger;
  if (named === undefined && ledger) {
    throw new CountersignError("OPTION_INVALID", {
      option: "--ledger",
      problem: "the policy in force names no ledger, so nobody would look for a co-sign there",
      lacks: "ledger",
    });
  }
  if (named === undefined && others.length > 0) {
    const instead = trailer
      ? "leave out --trailer, so that it goes into the ledger"
      : "co-sign for one at a time, or have the policy name a `ledger`";
    const problem = `in a commit's message a co-sign is for one branch; ${instead}`;
    throw new CountersignError("OPTION_INVALID", { option: "--branch", problem });
  }
  return named;
}
