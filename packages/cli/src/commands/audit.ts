import { CountersignError } from "@countersign/core";
import {
  type Audit,
  type AuditPlan,
  audit as auditBranch,
  EXIT_CODES,
  type ExitCode,
} from "@countersign/core/internal";
import { type AuditFormat, formatAuditReport, shellWord } from "@countersign/report";
import { type CommandContext, print } from "../context.ts";
import { type AuditWishes, planAudit } from "../judging/plan-audit.ts";
import { withinTime } from "../judging/within-time.ts";
import { showProgress } from "../output/progress.ts";
import { VERSION } from "../version.ts";

export interface AuditOptions extends AuditWishes {
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
      remedy: remedyFor(plan, options),
    });
    await print(context.stdout, report);
    return EXIT_CODES[audited.outcome];
  });
}

/** The command by which landings of the branch are co-signed, but for their names; undefined where nothing could keep that. */
function remedyFor({ branch, destination, policy, trial }: AuditPlan, { remote }: AuditOptions): string | undefined {
  if (trial || policy?.policy.ledger === undefined) return undefined;
  const from = remote === undefined ? [] : ["--remote", remote];
  const to = branch === destination.defaultBranch ? [] : ["--branch", branch];
  return ["countersign", "cosign", ...from, ...to, "--landed"].map(shellWord).join(" ");
}

/** A history without any policy is not a clean one, and neither is one whose baseline and revoked keys are not known. */
function requireJudged({ outcome, landings }: Audit, plan: AuditPlan, fault: CountersignError | undefined): void {
  if (outcome !== "allow") return;
  if (fault) throw fault;
  if (landings === 0 && !plan.policy) throw new CountersignError("POLICY_MISSING", { ref: plan.branch });
}
