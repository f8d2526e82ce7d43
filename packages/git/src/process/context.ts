import { gitEnvironment } from "./environment.ts";
import type { TimeLimit } from "./time-limit.ts";

/** Where git is run, and with which variables. */
export interface GitContext {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends every git that runs here, and fails what waits for one with the signal's reason. */
  readonly signal?: AbortSignal;
  /** How long all of it may take. */
  readonly limit?: TimeLimit;
  /** Whether a short answer is waited for while nothing else happens. */
  readonly blocking?: boolean;
  /** Set where the repository is the one that is pushed to. */
  readonly receiving?: Receiving;
}

/** What is special about reading a repository that receives a push. */
export interface Receiving {
  /** The folder of refs that the push takes for the whole repository; empty if that is all of it. */
  readonly namespace: string;
}

export function openContext(cwd: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): GitContext {
  return { cwd, env: gitEnvironment(env), ...(signal && { signal }) };
}

/** The same for a hook, which has nothing else to do: streams take longer to set up than git to answer. */
export function openHookContext(cwd: string, env: NodeJS.ProcessEnv): GitContext {
  return { ...openContext(cwd, env), blocking: true };
}

/** The same for a hook of the repository that is pushed to. */
export function openReceiveContext(cwd: string, env: NodeJS.ProcessEnv): GitContext {
  return { ...openHookContext(cwd, env), receiving: { namespace: namespaceFolder(env["GIT_NAMESPACE"]) } };
}

/** The folder in which a namespace has its refs (gitnamespaces(7)): that of `a/b` is `refs/namespaces/a/refs/namespaces/b/`. */
function namespaceFolder(namespace = ""): string {
  const names = namespace.split("/").filter((name) => name !== "");
  return names.map((name) => `refs/namespaces/${name}/`).join("");
}

/** The same place for reading our own settings: one that a push brings along must not switch off a server's. */
export function forOwnSettings(context: GitContext): GitContext {
  if (!context.receiving) return context;
  const { GIT_CONFIG: _file, GIT_CONFIG_PARAMETERS: _parameters, GIT_CONFIG_COUNT: _count, ...env } = context.env;
  return { ...context, env };
}

/** @throws if nothing more is wanted of what runs there: its time is up, or the caller ended it. */
export function throwIfEnded({ limit, signal }: GitContext): void {
  // By the clock: a timer waits until nothing else is computed.
  limit?.check();
  signal?.throwIfAborted();
}

/**
 * The same place for a git that talks with a remote: it may ask a person for a password, must know where a shallow clone
 * ends, and waits while others run.
 */
export function withNetwork({ env, blocking: _, ...context }: GitContext): GitContext {
  const { GIT_TERMINAL_PROMPT: _prompt, GIT_SHALLOW_FILE: _shallow, GIT_NO_LAZY_FETCH: _lazy, ...own } = env;
  return { ...context, env: own };
}

/** The same place for a program that talks with a person: in their own language, which `own` names. */
export function withOwnLanguage(context: GitContext, own: NodeJS.ProcessEnv): GitContext {
  const { LC_ALL: _, ...env } = context.env;
  return { ...context, env: own["LC_ALL"] === undefined ? env : { ...env, LC_ALL: own["LC_ALL"] } };
}
