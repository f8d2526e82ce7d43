import { findWorkSite, type GitRepository, openContext, withoutRepository } from "@countersign/git/internal";
import type { Workplace } from "../files/grounds.ts";
import { readJournal, type Session, writeJournal } from "../files/journal.ts";
import { previewUndo, type Undoing, undo } from "../files/undo.ts";

/** What `init` did in a clone, and how it is undone. */
export interface Uninstallation {
  /** What would be done as things stand. */
  readonly planned: readonly Undoing[];
  /** Does it, and returns what was done. */
  run(): Promise<readonly Undoing[]>;
}

/** @throws `WORK_TREE_MISSING`, `FILE_UNREADABLE`. */
export async function prepareUninstall({ context }: GitRepository, env: NodeJS.ProcessEnv): Promise<Uninstallation> {
  const { root, commonDir } = await findWorkSite(context);
  const places: { readonly place: Workplace; readonly session: Session }[] = [];
  const here = { root, commonDir, context: openContext(root, withoutRepository(env)) };
  for (const session of readJournal(commonDir).toReversed()) {
    places.push({ place: await findPlace(here, session, env), session });
  }
  const planned: Undoing[] = [];
  for (const { place, session } of places) planned.push(...(await previewUndo(place, session.entries)));
  return {
    planned,
    async run() {
      const done: Undoing[] = [];
      for (const { place, session } of places) done.push(...(await undo(place, session.entries)));
      writeJournal(commonDir, []);
      return done;
    },
  };
}

/** The work tree that a session was about: another one of this repository, or this one where the repository was moved. */
async function findPlace(here: Workplace, { root }: Session, env: NodeJS.ProcessEnv): Promise<Workplace> {
  if (root === here.root) return here;
  const there = { ...here, root, context: openContext(root, withoutRepository(env)) };
  try {
    return (await findWorkSite(there.context)).commonDir === here.commonDir ? there : here;
  } catch {
    // The folder is gone, or holds no repository any more.
    return here;
  }
}
