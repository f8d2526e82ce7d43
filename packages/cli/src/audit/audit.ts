import { CountersignError } from "@countersign/core";
import {
  type Audit,
  type AuditPlan,
  audit as auditBranch,
  EXIT_CODES,
  type ExitCode,
} from "@countersign/core/internal";
import { openAuditFolder } from "@countersign/git/internal";
import { type AuditFormat, type AuditOfOne, formatAuditReport, shellWord } from "@countersign/report";
import { type CommandContext, print } from "../context.ts";
import { type AuditWishes, planAudit } from "../judging/plan-audit.ts";
import { withinTime } from "../judging/within-time.ts";
import { showProgress } from "../output/progress.ts";
import { VERSION } from "../version.ts";

export interface AuditOptions extends AuditWishes {
  readonly format: AuditFormat;
  /** A file that lists repositories. */
  readonly repositories?: string;
  /** False with `--no-cache`. */
  readonly cache: boolean;
}

/** Judges what landed on a branch again. 1 where something came around the gate. */
export async function audit(
  context: CommandContext,
  branch: string | undefined,
  options: AuditOptions,
): Promise<ExitCode> {
  if (options.repositories !== undefined) {
    const { auditRepositories } = await import("./audit-repositories.ts");
    return auditRepositories(context, options.repositories, options.format, (each) => auditOne(each, branch, options));
  }
  const { audit: audited, policy, remedy } = await auditOne(context, branch, options);
  const report = await formatAuditReport(options.format, audited, policy, {
    version: VERSION,
    paint: context.paint,
    remedy,
  });
  await print(context.stdout, report);
  return EXIT_CODES[audited.outcome];
}

function auditOne(context: CommandContext, branch: string | undefined, options: AuditOptions): Promise<AuditOfOne> {
  return withinTime(context, async (repository) => {
    const progress = showProgress(context.stderr, "landings");
    const { plan, fault } = await planAudit(repository, branch, options);
    const cache = options.cache ? await openAuditFolder(repository.context, VERSION) : undefined;
    const audited = await auditBranch(repository, { ...plan, cache, progress: (done) => progress.at(done) });
    await cache?.prune();
    progress.end();
    requireJudged(audited, plan, fault);
    return { audit: audited, policy: plan.policy, remedy: remedyFor(plan, options) };
  });
}

/** The command by which landings of the branch are co-signed, except for their names; undefined if nothing could keep that. */
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
  if (landings === 0 && !plan.policy && !plan.shard) throw new CountersignError("POLICY_MISSING", { ref: plan.branch });
}
