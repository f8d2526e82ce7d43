import type { Json } from "../../files/edits/json-source.ts";

/** One agent whose hooks can be set up in a project. All of it is data; the shapes beside it know how to write. */
export interface Installer {
  /** The agent's id in the catalogue, by which `mark` and the stamp name it too. */
  readonly id: string;
  readonly name: string;
  /** Other names that people type for it. */
  readonly aliases?: readonly string[];
  readonly signs: AgentSigns;
  readonly files: readonly AgentFile[];
  /** What a person does after the files are written. */
  readonly next: string;
}

/** The next step for most: hooks are read when a session begins. */
export const RESTART = "start a new session; running ones do not know the hooks yet";

/** The signs that a project, or a machine, uses an agent. */
export interface AgentSigns {
  /** Paths from the root of the work tree, that only this agent's users have. */
  readonly paths: readonly string[];
  /** Names of its program. */
  readonly programs: readonly string[];
}

/** An agent without hooks that a project could set up. */
export interface AgentWithoutHooks {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

export type AgentFile = MergedFile | OwnFile;

/** A JSON file that may hold other things: ours are put in, and taken out again. */
export interface MergedFile {
  readonly kind: "merged";
  /** From the root of the work tree, with `/`. The first that is there is taken, else the first. */
  readonly paths: readonly [string, ...string[]];
  /** What a file needs besides the hooks, where we make it. */
  readonly companions: { readonly [key: string]: Json };
  /** What no entry but ours holds. */
  readonly sign: string;
  readonly entries: (launcher: Launcher) => readonly HookEntry[];
}

/** One element of an array in a configuration file. */
export interface HookEntry {
  /** The keys that lead to the array. */
  readonly path: readonly [string, ...string[]];
  readonly value: { readonly [key: string]: Json };
}

/** A file that is ours alone. */
export interface OwnFile {
  readonly kind: "own";
  readonly path: string;
  readonly executable: boolean;
  readonly text: (launcher: Launcher) => string;
}

/**
 * How the program is found by everyone who clones: on the PATH, or as a dependency of the npm project in a folder, named
 * from the root of the work tree as every shell takes it without quotes; "" is the root.
 */
export type Launcher = "path" | { readonly dependencyOf: string };
