import type { ExitCode } from "@countersign/core/internal";
import { withRepository } from "@countersign/git/internal";
import { formatUndoings, prepareUninstall } from "@countersign/setup";
import { type Consent, confirmPlan, requirePerson } from "../consent.ts";
import { type CommandContext, printLines } from "../context.ts";

/** Takes back what `init` did in this clone: byte for byte, or where a file was changed since, our part of it. */
export function uninstall(context: CommandContext, options: Consent): Promise<ExitCode> {
  requirePerson(context, options);
  return withRepository<ExitCode>(context, async (repository) => {
    const { planned, run } = await prepareUninstall(repository, context.env);
    const { paint, stdout } = context;
    if (planned.length === 0) {
      await printLines(stdout, [
        "countersign: nothing to take back: init was not run in this clone",
        "  what came with a commit is undone by `git revert`",
      ]);
      return 0;
    }
    await printLines(stdout, [paint.strong("countersign uninstall"), "", ...formatUndoings(planned, paint)]);
    if (options.dryRun) return 0;
    if (!(await confirmPlan(context, options, "Take this back?"))) return 1;
    const done = await run();
    const kept = done.filter(({ how }) => how === "keep").map(({ what }) => what);
    await printLines(stdout, [
      "",
      `countersign: ${paint.good("taken back")}`,
      ...kept.map((what) => `  ${what} was changed since in such a way that it is left as it is; see to it by hand`),
    ]);
    return 0;
  });
}
