import type { HookSite } from "@countersign/git/internal";
import type { Plan } from "../files/plan.ts";
import type { Surroundings } from "../surroundings.ts";

/** Apart from what they stand for, since every start of the program needs them. */
export const MANAGER_NAMES = ["husky", "lefthook", "pre-commit", "prek", "simple-git-hooks", "plain"] as const;

export type ManagerName = (typeof MANAGER_NAMES)[number];

/** A way to get hooks run, and all that is known of it. */
export interface Manager {
  readonly name: ManagerName;
  /** Whether the repository uses it already. */
  isUsed(surroundings: Surroundings): boolean;
  /** Whether it installs the program of this version itself, so that none need be here. */
  bringsProgram?(surroundings: Surroundings): boolean;
  /** Plans what has to be done so that it runs our hooks. `version` is the program's. @throws `MANAGER_UNFIT`, `FILE_UNFIT`. */
  planInstall(surroundings: Surroundings, plan: Plan, version: string): void;
}

/** A program that runs hooks in git's stead. */
export interface HookRunner extends Manager {
  /** Whether it wrote this hook, by the hook's text and the folder that git runs it from. */
  wrote(text: string, folder: string): boolean;
  /** Files, from the root, of which one shows that it is meant to run hooks here. */
  readonly configs: readonly string[];
  /** Whether what one of them says of countersign is said to this manager, where others use the file as well. */
  isAddressed?(config: string, text: string): boolean;
  /** What sets it up in a clone of such a work tree. */
  command(root: string): string;
  /** The file with what it runs for a hook, where there is one that it does without in silence. */
  scriptOf?(site: Pick<HookSite, "root" | "hooksDir">, hook: string): string;
  /** What switches its hooks off at the moment. */
  switchedOff(env: NodeJS.ProcessEnv): OffSwitch | undefined;
  /** How it says that it left a hook out, as it may do although something is pushed. */
  readonly leftOut?: RegExp;
  /** What has it hand git's standard input on, where it may not. */
  readonly stdinFix?: string;
  /** Whether it gives a hook only one ref of a push. */
  readonly oneRef?: boolean;
}

/** What a manager leaves of git's standard input for a hook that it runs. Apart from the rest, since every push may need it. */
export interface StdinLoss {
  readonly name: string;
  /** Whether it runs us, by the variables that it sets. */
  runs(env: NodeJS.ProcessEnv): boolean;
  /** Whether it does, by the text of git's hook, where it sets no variable. */
  wrote?(hookText: string): boolean;
  /** The one update that it passes on in variables, where it does. */
  updateOf?(env: NodeJS.ProcessEnv): PassedUpdate | undefined;
}

export interface PassedUpdate {
  readonly remote: string;
  readonly url: string;
  readonly ref: string;
  readonly new: string;
}

/** What switches the hooks of a manager off, and the file that it stands in; undefined is the environment. */
export interface OffSwitch {
  readonly setting: string;
  readonly file?: string;
}

/** What a variable switches off, where its value is one that does. */
export function findSwitch(env: NodeJS.ProcessEnv, variable: string, off: RegExp): OffSwitch | undefined {
  const value = env[variable];
  return value !== undefined && off.test(value) ? { setting: `${variable}=${value}` } : undefined;
}
