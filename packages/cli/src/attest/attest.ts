import { resolve } from "node:path";
import { CountersignError } from "@countersign/core";
import {
  EXIT_CODES,
  type ExitCode,
  judgeLandings,
  type Outcome,
  resolveRange,
  weigh,
} from "@countersign/core/internal";
import { formatJson } from "@countersign/report";
import { type CommandContext, print, printLines } from "../context.ts";
import { planAudit } from "../judging/plan-audit.ts";
import { withinTime } from "../judging/within-time.ts";
import { findRoot } from "../output/find-root.ts";
import { showProgress } from "../output/progress.ts";
import { writeReport } from "../output/write-report.ts";
import { VERSION } from "../version.ts";
import { findResource, type ResourceWishes } from "./find-resource.ts";
import { signStatements } from "./sign-statements.ts";
import { type Attesting, PREDICATES, type Predicate, statementsOf } from "./statements.ts";

export interface AttestOptions extends ResourceWishes {
  readonly branch?: string;
  readonly predicate?: Predicate;
  readonly verifier: string;
  readonly sign?: boolean;
  readonly key?: string;
  readonly output?: string;
}

/** What is attested, each statement a line of JSON, and the verdict on it. */
interface Attested {
  readonly outcome: Outcome;
  readonly lines: readonly string[];
}

/**
 * Attests what landed on a branch, all of it or nothing. 1 where a summary says that a landing failed: it is written all
 * the same.
 */
export async function attest(
  context: CommandContext,
  revisions: readonly string[],
  options: AttestOptions,
): Promise<ExitCode> {
  if (!URI.test(options.verifier)) throw invalid("--verifier", "it must be a URI, such as https://ci.example.com/gate");
  const { outcome, lines } = await judge(context, revisions, options);
  if (lines.length === 0)
    await printLines(context.stderr, ["countersign: no co-sign counts for these commits, so nothing is attested"]);
  await write(context, options, options.sign ? await signStatements(context, options.key, lines) : lines);
  return EXIT_CODES[outcome];
}

const URI = /^[a-z][a-z0-9+.-]*:\S+$/i;

function invalid(option: string, problem: string): CountersignError {
  return new CountersignError("OPTION_INVALID", { option, problem });
}

function judge(context: CommandContext, revisions: readonly string[], options: AttestOptions): Promise<Attested> {
  return withinTime(context, async (repository) => {
    const { predicate, verifier } = options;
    const { plan, fault } = await planAudit(repository, options.branch, options);
    // Where it is not known which keys are revoked now, nothing can be vouched for.
    if (fault) throw fault;
    if (!plan.policy) throw new CountersignError("POLICY_MISSING", { ref: plan.branch });
    const parts = await Promise.all(revisions.map((revision) => resolveRange(repository, revision)));
    const attesting: Attesting = {
      branch: plan.branch,
      resource: await findResource(repository, options),
      predicates: predicate ? [predicate] : PREDICATES,
      verifier,
      version: VERSION,
      now: plan.now,
    };
    const progress = showProgress(context.stderr, "landings");
    const lines: string[] = [];
    const outcomes: Outcome[] = [];
    let landings = 0;
    const asked = parts.length === 0 ? [{ from: undefined, to: plan.tip }] : parts;
    for await (const chosen of judgeLandings(repository, plan, asked)) {
      lines.push(...statementsOf(chosen, attesting).map((statement) => formatJson(statement)));
      if (attesting.predicates.includes("source")) outcomes.push(chosen.landing.outcome);
      landings += 1;
      progress.at(landings);
    }
    progress.end();
    return { outcome: weigh(outcomes), lines };
  });
}

async function write(context: CommandContext, { output }: AttestOptions, lines: readonly string[]): Promise<void> {
  const text = lines.map((line) => `${line}\n`).join("");
  if (output === undefined || output === "-") await print(context.stdout, text);
  else await writeReport(resolve(context.calledFrom, output), text, await findRoot(context));
}
