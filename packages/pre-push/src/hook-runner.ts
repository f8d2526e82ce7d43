/** A program that runs hooks in git's stead, and what it left of git's standard input. */
export interface HookRunner {
  readonly name: string;
  /** The one update that it passes on in variables, where it does. */
  readonly update?: { readonly remote: string; readonly ref: string; readonly new: string };
}

/**
 * Tells from the environment which hook runner called us. Some do not pass standard input on: the hook would see
 * no refs and find nothing wrong.
 */
export function findHookRunner(env: NodeJS.ProcessEnv): HookRunner | undefined {
  const { PRE_COMMIT_REMOTE_BRANCH: ref, PRE_COMMIT_REMOTE_NAME: remote, PRE_COMMIT_TO_REF: tip } = env;
  // pre-commit and prek read git's lines themselves and publish the first usable one.
  if (ref && remote && tip) return { name: "pre-commit", update: { remote, ref, new: tip } };
  if (env["PRE_COMMIT"]) return { name: "pre-commit" };
  if (Object.keys(env).some((name) => name.startsWith("LEFTHOOK"))) return { name: "lefthook" };
  return undefined;
}

/** Tells by the installed hook itself: lefthook sets no variable of its own. */
export function readHookRunner(hook: string): HookRunner | undefined {
  return /lefthook/i.test(hook) ? { name: "lefthook" } : undefined;
}
