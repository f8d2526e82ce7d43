import type { HookEdit } from "@countersign/core/internal";
import { type ChangedLines, countWordCharacters, type Lines, linesOf, without } from "./lines.ts";

const NONE: Lines = new Set();

/** A file's lines now and in HEAD; absent if there is none, it was not asked for, or it has no lines. */
export interface FileLines {
  readonly now?: Lines | undefined;
  readonly head?: Lines | undefined;
}

/** Whether only HEAD can say what of the file's lines the agent wrote. */
export function needsHead({ original, replaced }: HookEdit): boolean {
  return original === undefined && replaced === undefined;
}

/**
 * The lines that an agent added and removed. The nearer to the agent's own words, the better: what a person has written
 * into the same file and not committed yet is not the agent's.
 */
export function findChangedLines(edit: HookEdit, { now = NONE, head = NONE }: FileLines): ChangedLines {
  const { original, written, replaced } = edit;
  if (original !== undefined && now.size > 0) {
    const before = linesOf([original]);
    return { added: without(now, before), removed: without(before, now) };
  }
  if (written === undefined) return { added: without(now, head), removed: without(head, now) };
  const [fresh, old] = [linesOf(written), linesOf(replaced ?? [])];
  const edges = findEdges(written);
  const added = [...without(fresh, old)].flatMap((line) => (edges.has(line) ? findWhole(line, now) : [line]));
  return { added: without(new Set(added), head), removed: without(old, fresh) };
}

/** The lines that can be parts of a line: an edit may begin and end within one. */
function findEdges(written: readonly string[]): Lines {
  const texts = written.map((text) => [...linesOf([text])]);
  return new Set(texts.flatMap((lines) => [lines[0], lines.at(-1)]).filter((line) => line !== undefined));
}

/**
 * The lines of the file that a written line became. Where the file has none, the line stands for itself: it was written
 * again by a formatter, or is about to be written.
 */
function findWhole(line: string, now: Lines): readonly string[] {
  if (now.has(line) || countWordCharacters(line) === 0) return [line];
  const whole = [...now].filter((candidate) => candidate.includes(line));
  return whole.length > 0 ? whole : [line];
}
