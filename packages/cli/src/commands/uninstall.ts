import { branchName, type ExitCode } from "@countersign/core/internal";
import { type GitRepository, withRepository } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { findCallers, formatUndoings, prepareUninstall } from "@countersign/setup";
import { type Consent, confirmPlan, requirePerson } from "../consent.ts";
import { type CommandContext, printLines } from "../context.ts";
import { findKnownPolicy } from "../judging/known-policy.ts";

/** Takes back what `init` did in this clone: byte for byte, or where a file was changed since, our part of it. */
export function uninstall(context: CommandContext, options: Consent): Promise<ExitCode> {
  requirePerson(context, options);
  return withRepository<ExitCode>(context, async (repository) => {
    const { planned, run } = await prepareUninstall(repository, context.env);
    const { paint, stdout } = context;
    if (planned.length === 0) {
      await printLines(stdout, [
        "countersign: nothing to undo: init was not run in this clone",
        "  what came with a commit is undone by `git revert`",
        ...(await describeRest(repository)),
      ]);
      return 0;
    }
    await printLines(stdout, [paint.strong("countersign uninstall"), "", ...formatUndoings(planned, paint)]);
    if (options.dryRun) return 0;
    if (!(await confirmPlan(context, options, "Undo this?"))) return 1;
    const done = await run();
    const kept = done.filter(({ how }) => how === "keep").map(({ what }) => what);
    await printLines(stdout, [
      "",
      `countersign: ${paint.good("uninstalled")}`,
      ...kept.map((what) => `  ${what} was changed since, so it is left as it is; undo it by hand`),
      ...(await describeRest(repository)),
    ]);
    return 0;
  });
}

/** What stays in force for everyone: files that call countersign, a policy that landed, and the ledger that it names. */
async function describeRest(repository: GitRepository): Promise<readonly string[]> {
  return [...(await describeCallers(repository)), ...(await describePolicy(repository))];
}

async function describeCallers(repository: GitRepository): Promise<readonly string[]> {
  const { here, committed } = await findCallers(repository);
  const list = (paths: readonly string[]): readonly string[] => paths.map((path) => `    ${escapeText(path)}`);
  return [
    ...(here.length > 0 ? ["  these files of the project still call countersign:", ...list(here)] : []),
    ...(committed.length > 0
      ? ["  these do so in everyone else's clone until you commit what was undone here:", ...list(committed)]
      : []),
  ];
}

async function describePolicy(repository: GitRepository): Promise<readonly string[]> {
  const there = await findKnownPolicy(repository);
  if (!there) return [];
  const { ref, entry, policy } = there.policy;
  const ledger = branchName(policy.ledger ?? "");
  return [
    `  still in force: ${escapeText(entry.path)} on ${escapeText(ref)}; a commit that removes it needs the policy's own co-signs`,
    ...(ledger === undefined ? [] : [`  still there: the co-signs in the branch ${escapeText(ledger)}`]),
  ];
}
