import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HookEvent } from "@countersign/core/internal";
import { shortName } from "../content/short-hash.ts";
import { formatSnapshot, parseSnapshot, type Snapshot } from "./snapshot.ts";

/** What was noted before a command, and when, in milliseconds since 1970. */
export interface Beginning {
  readonly snapshot: Snapshot;
  readonly time: number;
}

/**
 * What is known of a session of an agent: that it was heard of, and what the files were before each of its commands. The
 * time of a note comes from the same clock as the times of the files that are compared with it.
 */
export class SessionNotes {
  readonly #folder: string;
  readonly #session: string;
  readonly #call: string;

  constructor(commonDir: string, { agent, session, cwd, call }: HookEvent) {
    this.#folder = join(commonDir, "countersign", "sessions");
    // Some agents do not name their sessions, or the calls in them.
    this.#session = join(this.#folder, shortName(JSON.stringify([agent, session ?? cwd])));
    this.#call = `${this.#session}-${shortName(call ?? "")}`;
  }

  /** Notes that the session was heard of. Returns whether it is a new one. */
  hear(): boolean {
    const isNew = statSync(this.#session, { throwIfNoEntry: false }) === undefined;
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(this.#session, "\n");
    return isNew;
  }

  /** Notes what the files were before the command. */
  begin(snapshot: Snapshot): void {
    // Its end may be reported at once, to another process.
    const temporary = `${this.#call}-${process.pid}`;
    writeFileSync(temporary, formatSnapshot(snapshot));
    renameSync(temporary, this.#call);
  }

  /** What was noted before the command that has ended, which is noted no more; undefined if nothing was. */
  end(): Beginning | undefined {
    const time = statSync(this.#call, { throwIfNoEntry: false })?.mtimeMs;
    if (time === undefined) return undefined;
    const snapshot = parseSnapshot(readFileSync(this.#call, "utf8"));
    removeFile(this.#call);
    return snapshot && { snapshot, time };
  }

  /** Removes what was noted before that time, in milliseconds since 1970. */
  forget(before: number): void {
    for (const entry of readdirSync(this.#folder)) {
      const path = join(this.#folder, entry);
      if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? before) < before) removeFile(path);
    }
  }
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {}
}
