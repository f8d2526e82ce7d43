import { findWorkSite, type HookSite, openContext, withoutRepository, withRepository } from "@countersign/git/internal";
import {
  formatUndoings,
  previewUndoings,
  readJournal,
  type Session,
  takeBack,
  type Undoing,
  type Workplace,
  writeJournal,
} from "@countersign/setup";
import { type Consent, confirmPlan, requirePerson } from "../consent.ts";
import { type CommandContext, type ExitCode, printLines } from "../context.ts";

/** Takes back what `init` did in this clone: byte for byte, or where a file was changed since, our part of it. */
export function uninstall(context: CommandContext, options: Consent): Promise<ExitCode> {
  requirePerson(context, options);
  return withRepository<ExitCode>(context, async (repository) => {
    const site = await findWorkSite(repository.context);
    const sessions = [...readJournal(site.commonDir)].reverse();
    const planned: Undoing[] = [];
    for (const session of sessions) {
      planned.push(...(await previewUndoings(await findPlace(context, site, session), session.entries)));
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
    const done: Undoing[] = [];
    for (const session of sessions) {
      done.push(...(await takeBack(await findPlace(context, site, session), session.entries)));
    }
    writeJournal(site.commonDir, []);
    const kept = done.filter(({ how }) => how === "keep").map(({ what }) => what);
    await printLines(stdout, [
      "",
      `countersign: ${paint.good("taken back")}`,
      ...kept.map((what) => `  ${what} was changed since in such a way that it is left as it is; see to it by hand`),
    ]);
    return 0;
  });
}

/** The work tree that a session was about: another one of this repository, or this one where the repository was moved. */
async function findPlace({ env }: CommandContext, site: HookSite, { root }: Session): Promise<Workplace> {
  const { commonDir } = site;
  const here = { root: site.root, commonDir, context: openContext(site.root, withoutRepository(env)) };
  if (root === site.root) return here;
  const there = { root, commonDir, context: openContext(root, withoutRepository(env)) };
  try {
    return (await findWorkSite(there.context)).commonDir === commonDir ? there : here;
  } catch {
    // The folder is gone, or holds no repository any more.
    return here;
  }
}
