import { CountersignError, type PolicyInForce, readPolicy } from "@countersign/core";
import {
  type Audit,
  type AuditPlan,
  audit as auditBranch,
  EXIT_CODES,
  type ExitCode,
  findDestination,
  placeOf,
  readInForce,
  resolveCommit,
} from "@countersign/core/internal";
import { type GitRepository, readDate } from "@countersign/git/internal";
import { type AuditFormat, formatAuditReport } from "@countersign/report";
import { type CommandContext, currentTime, print } from "../context.ts";
import { findBranchTip } from "../judging/branch-tip.ts";
import { withinTime } from "../judging/within-time.ts";
import { showProgress } from "../output/progress.ts";
import { VERSION } from "../version.ts";

export interface AuditOptions {
  readonly since?: string;
  readonly policy?: string;
  readonly remote?: string;
  readonly format: AuditFormat;
}

/** Judges what landed on a branch again. 1 where something came round the gate. */
export function audit(context: CommandContext, branch: string | undefined, options: AuditOptions): Promise<ExitCode> {
  return withinTime<ExitCode>(context, async (repository) => {
    const progress = showProgress(context.stderr, "landings");
    const { plan, fault } = await planAudit(repository, branch, options);
    const audited = await auditBranch(repository, { ...plan, progress: (done) => progress.at(done) });
    progress.end();
    requireJudged(audited, plan, fault);
    const report = await formatAuditReport(options.format, audited, plan.policy, {
      version: VERSION,
      paint: context.paint,
    });
    await print(context.stdout, report);
    return EXIT_CODES[audited.outcome];
  });
}

interface PlannedAudit {
  readonly plan: AuditPlan;
  /** Why the policy of now is not known. */
  readonly fault: CountersignError | undefined;
}

/** Finds what there is to judge, and by what. */
export async function planAudit(
  repository: GitRepository,
  named: string | undefined,
  { since, policy: asked, remote }: Pick<AuditOptions, "since" | "policy" | "remote">,
): Promise<PlannedAudit> {
  const known = await findDestination(repository, { remote });
  const { destination, location } = known;
  const branch = named ?? destination.defaultBranch;
  if (branch === undefined) {
    throw location.known === "nothing" ? location.fault : new CountersignError("BRANCH_UNKNOWN", {});
  }
  const tip = await findBranchTip(repository, destination, branch);
  const { policy, doubt } = asked === undefined ? await readInForce(repository, known, []) : NO_DOUBT;
  // A policy that is damaged now is a landing to be found; where it stands has to be known.
  if (doubt && !placeOf(known)) throw doubt.fault;
  return {
    plan: {
      branch,
      tip,
      destination,
      policy: asked === undefined ? policy : await readNamed(repository, asked),
      trial: asked !== undefined,
      now: currentTime(),
      since: since === undefined ? undefined : await readDate(repository, "--since", since),
    },
    fault: doubt?.fault,
  };
}

const NO_DOUBT = { policy: undefined, doubt: undefined };

async function readNamed(repository: GitRepository, ref: string): Promise<PolicyInForce> {
  const policy = await readPolicy(repository, { ref, commit: await resolveCommit(repository, ref) });
  if (!policy) throw new CountersignError("POLICY_MISSING", { ref });
  return policy;
}

/** A history without any policy is not a clean one, and neither is one whose baseline and revoked keys are not known. */
function requireJudged({ outcome, landings }: Audit, plan: AuditPlan, fault: CountersignError | undefined): void {
  if (outcome !== "allow") return;
  if (fault) throw fault;
  if (landings === 0 && !plan.policy) throw new CountersignError("POLICY_MISSING", { ref: plan.branch });
}
