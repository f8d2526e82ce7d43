import { mkdirSync, readdirSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HookEvent } from "@countersign/core/internal";
import { shortName } from "../content/short-hash.ts";

/**
 * When a session of an agent was last heard of, and when each of its commands began: small files whose time of change is
 * all that they tell. That time comes from the same clock as the times of the files that are compared with it.
 */
export class SessionTimes {
  readonly #folder: string;
  readonly #session: string;
  readonly #call: string | undefined;

  constructor(commonDir: string, { agent, session, cwd, call }: HookEvent) {
    this.#folder = join(commonDir, "countersign", "sessions");
    // Some agents do not name their sessions.
    this.#session = join(this.#folder, shortName(JSON.stringify([agent, session ?? cwd])));
    this.#call = call === undefined ? undefined : `${this.#session}-${shortName(call)}`;
  }

  /** Since when the command that has ended can have changed files; undefined where nothing was heard of its session. */
  since(): number | undefined {
    return readTime(this.#call) ?? readTime(this.#session);
  }

  /** Notes the event. Returns whether the session is a new one. */
  note(phase: HookEvent["phase"]): boolean {
    const isNew = readTime(this.#session) === undefined;
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(this.#session, "\n");
    if (this.#call !== undefined) {
      if (phase === "before") writeFileSync(this.#call, "\n");
      else removeFile(this.#call);
    }
    return isNew;
  }

  /** Removes what was noted before that time, in milliseconds since 1970. */
  forget(before: number): void {
    for (const entry of readdirSync(this.#folder)) {
      const path = join(this.#folder, entry);
      if ((readTime(path) ?? before) < before) removeFile(path);
    }
  }
}

function readTime(path: string | undefined): number | undefined {
  return path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {}
}
