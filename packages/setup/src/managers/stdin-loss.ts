import { lefthookStdin } from "./lefthook.ts";
import type { PassedUpdate, StdinLoss } from "./manager.ts";
import { preCommitStdin } from "./pre-commit-and-prek.ts";

const LOSSES: readonly StdinLoss[] = [preCommitStdin, lefthookStdin];

/** The manager that runs us and keeps git's standard input to itself, and what it passes on instead. */
export interface LostStdin {
  readonly manager: string;
  readonly update?: PassedUpdate;
}

/**
 * Distinguishes an empty standard input that means that nothing is pushed from one that a manager took: such a hook would see no
 * refs and find nothing wrong. git's hook is read where the environment does not show it.
 */
export async function findStdinLoss(
  env: NodeJS.ProcessEnv,
  readHook: () => Promise<string>,
): Promise<LostStdin | undefined> {
  const loss = LOSSES.find(({ runs }) => runs(env)) ?? (await findWriter(readHook));
  const update = loss?.updateOf?.(env);
  return loss && { manager: loss.name, ...(update ? { update } : {}) };
}

async function findWriter(readHook: () => Promise<string>): Promise<StdinLoss | undefined> {
  const text = await readHook();
  return LOSSES.find(({ wrote }) => wrote?.(text));
}
