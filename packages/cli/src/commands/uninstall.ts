import { findWorkSite } from "@countersign/git";
import { type CommandContext, type ExitCode, printLines, withRepository } from "../context.ts";
import { confirmPlan, requirePerson } from "../init/consent.ts";
import { readJournal, writeJournal } from "../init/journal.ts";
import { formatUndoings } from "../init/plan-text.ts";
import { prepareUndoing, takeBack, type Undoing } from "../init/take-back.ts";

export interface UninstallOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/** Takes back what `init` did in this clone: byte for byte, or where a file was changed since, our part of it. */
export function uninstall(context: CommandContext, options: UninstallOptions): Promise<ExitCode> {
  requirePerson(context, options);
  return withRepository<ExitCode>(context, async (repository) => {
    const { root, commonDir } = await findWorkSite(repository.context);
    const place = { context: repository.context, root };
    const entries = readJournal(commonDir);
    const planned: Undoing[] = [];
    for (const entry of [...entries].reverse()) {
      const undoing = await prepareUndoing(place, entry);
      if (undoing) planned.push(undoing);
    }
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
    const done = await takeBack(place, entries);
    writeJournal(commonDir, []);
    const kept = done.filter(({ how }) => how === "keep").map(({ what }) => what);
    await printLines(stdout, [
      "",
      `countersign: ${paint.good("taken back")}`,
      ...kept.map((what) => `  ${what} was changed since in such a way that it is left as it is; see to it by hand`),
    ]);
    return 0;
  });
}
