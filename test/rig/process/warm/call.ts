/** What a program of ours is to be run with. */
export interface Call {
  /** The built program. */
  readonly bin: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The file that it has as standard input. */
  readonly stdin: string;
  /** The process that it takes itself for, where a hook's shell waits for it. */
  readonly pid?: number;
  /** Where its answer goes: a pipe with a name. */
  readonly reply: string;
}

/** The status that no program of ours ends with: the process that ran it broke down. */
export const DIED = 99;
