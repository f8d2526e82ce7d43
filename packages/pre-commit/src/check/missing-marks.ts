import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CountersignError, detectInMessage } from "@countersign/core";
import { type GitContext, readLooseCommit } from "@countersign/git/internal";
import type { Cleanup } from "../message/cleanup.ts";
import { readStampKey } from "../message/stamp-key.ts";
import type { Assistance } from "../provenance/assistances.ts";
import type { Staged } from "../provenance/staged.ts";
import { missingStamps, type Stamp } from "../provenance/stamps.ts";
import type { Objection } from "./objections.ts";

/**
 * The lines that a message lacks although it is known who took part: a client may have left a hook out, or someone typed
 * the message again. None where it says that no AI did: that is a person's word against the marks.
 */
export async function findMissingMarks(
  context: GitContext,
  message: Uint8Array,
  known: readonly Assistance[],
  cleanup: Cleanup,
): Promise<readonly Stamp[]> {
  if (known.length === 0 || detectInMessage(message).state === "declared-human") return [];
  return missingStamps(message, known, await readStampKey(context), cleanup);
}

export function objectToMissing(stamps: readonly Stamp[]): Objection {
  const agents = [...new Set(stamps.map(({ assistance }) => assistance.agent))];
  const reasons = [...new Set(stamps.map(({ assistance }) => assistance.because))];
  return new CountersignError("MARK_MISSING", { agents, reasons, lines: stamps.map(({ line }) => line) });
}

/** What is said where the commit goes on all the same. */
export function noteMissing(stamps: readonly Stamp[]): readonly string[] {
  return stamps.map(
    ({ line, assistance: { because } }) => `the message lacks "${line}" (${because}); this was reported before`,
  );
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * Whether this was said of this message and this content within a day; notes that it is said now. One stop is a question,
 * and the same commit tried again is the answer.
 */
export async function wasTold(gitDir: string, message: Uint8Array, staged: Staged): Promise<boolean> {
  const folder = join(gitDir, "countersign", "told");
  const path = join(folder, await digestOf(gitDir, message, staged));
  const now = Date.now();
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const told = statSync(join(folder, name), { throwIfNoEntry: false });
    if (told && now - told.mtimeMs > DAY) rmSync(join(folder, name), { force: true });
  }
  if (existsSync(path)) return true;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, "");
  return false;
}

/** Stands for the message and the tree, of which the changes against HEAD say as much. */
async function digestOf(gitDir: string, message: Uint8Array, staged: Staged): Promise<string> {
  const changes = (await staged.changes()).map(({ path, newMode, newOid }) => [
    Buffer.from(path).toString("hex"),
    newMode,
    newOid,
  ]);
  const content = JSON.stringify([readLooseCommit(gitDir, "HEAD")?.oid, changes]);
  return createHash("sha256").update(content).update("\0").update(message).digest("hex");
}
