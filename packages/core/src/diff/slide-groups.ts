import type { Effort } from "./effort.ts";
import { Group } from "./group.ts";

/**
 * Groups of changed lines can often be moved: to take out the second of two equal paragraphs gives the same text as to
 * take out the first. This moves each group of one text to where git puts it: as far down as it goes, or back up to the
 * last place where it faces a group of the other text. Groups that touch on the way become one.
 */
export function slideGroups(lines: Int32Array, changed: Uint8Array, otherChanged: Uint8Array, effort: Effort): void {
  const group = new Group(changed);
  const facing = new Group(otherChanged);
  do {
    if (group.size > 0) slide(group, facing, lines, effort);
  } while (!effort.isExhausted && group.next() && facing.next());
}

/** `git merge-file` looks at no indentation, so neither does this. */
function slide(group: Group, facing: Group, lines: Int32Array, effort: Effort): void {
  let size: number;
  let highest: number;
  let facesAny: boolean;
  do {
    size = group.size;
    while (!effort.isExhausted && group.slideUp(lines)) {
      facing.previous();
      effort.spend(1 + facing.size);
    }
    highest = group.end;
    facesAny = facing.size > 0;
    while (!effort.isExhausted && group.slideDown(lines)) {
      facing.next();
      effort.spend(1 + facing.size);
      facesAny ||= facing.size > 0;
    }
  } while (group.size !== size && !effort.isExhausted);
  if (group.end === highest || !facesAny) return;
  while (facing.size === 0 && !effort.isExhausted) {
    group.slideUp(lines);
    facing.previous();
    effort.spend(1);
  }
}
