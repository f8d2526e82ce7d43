import type { Change, ObjectId } from "@countersign/core";
import { isWithin } from "../merge/places.ts";
import type { LineMerges } from "./line-merges.ts";
import type { Signed, World } from "./world.ts";

/** What may land by one signing of a branch, said again in the plainest way, with git's line merge. */
export function isAllowed(w: World, tip: ObjectId, signed: readonly Signed[], merges: LineMerges): boolean {
  const plain = w.plain(w.main, tip).map((oid) => w.repository.changesOf(oid));
  const isWhole = ({ block }: Signed): boolean => block.commits !== undefined;
  const speaks = ({ changes }: Signed, landed: readonly Change[]): boolean => isApplied(w, changes, landed, merges);
  const lands = signed
    .filter((each) => !isWhole(each))
    .map((each) => some(plain, (landed) => speaks(each, landed)) || isIn(w, tip, each.changes, merges));
  const spokenFor = plain.map((landed) =>
    some(signed, (each) => speaks(each, landed) && (isWhole(each) || !lands.includes(false))),
  );
  const own = w.since(w.main, tip).filter((oid) => w.repository.parentsOf(oid).length > 1);
  return !spokenFor.includes(false) && own.map((oid) => isMechanical(w, oid, merges)).every(Boolean);
}

/** Asks all of them, so that git is asked what any of them needs. */
function some<Item>(items: readonly Item[], test: (item: Item) => boolean): boolean {
  return items.map(test).includes(true);
}

/** Whether a change is the approved one exactly, or applied to files that have moved on. */
function isApplied(w: World, approved: readonly Change[], landed: readonly Change[], merges: LineMerges): boolean {
  if (approved.length !== landed.length) return false;
  const each = approved.map((was, index) => {
    const now = landed[index];
    if (!now || Buffer.compare(was.path, now.path) !== 0) return false;
    if (was.oldMode !== now.oldMode || was.newMode !== now.newMode) return false;
    if (was.oldOid === now.oldOid && was.newOid === now.newOid) return true;
    if (![was.oldMode, was.newMode].every((mode) => mode.startsWith("100"))) return false;
    const isMerged =
      merges.merge(textOf(w, was.oldOid), textOf(w, now.oldOid), textOf(w, was.newOid)) === textOf(w, now.newOid);
    return isMerged && isWithin(pairOf(w, now), pairOf(w, was));
  });
  return !each.includes(false);
}

/** Whether merging a change into the tip would change nothing there. */
function isIn(w: World, tip: ObjectId, approved: readonly Change[], merges: LineMerges): boolean {
  const files = w.repository.filesOf(tip);
  const each = approved.map(({ path, oldOid, newOid }) => {
    const entry = files.get(Buffer.from(path).toString());
    if (!entry) return /^0+$/.test(newOid);
    const have = textOf(w, entry.oid);
    return merges.merge(textOf(w, oldOid), have, textOf(w, newOid)) === have;
  });
  return !each.includes(false);
}

/** Whether a merge of two has nothing but what git makes of its parents. */
function isMechanical(w: World, merge: ObjectId, merges: LineMerges): boolean {
  const [first, second] = w.repository.parentsOf(merge).map((oid) => w.repository.filesOf(oid));
  const base = w.repository.filesOf(w.start);
  const files = w.repository.filesOf(merge);
  const paths = [...new Set([first, second, base, files].flatMap((each) => [...(each?.keys() ?? [])]))];
  const each = paths.map((path) => {
    const [was, ours, theirs, now] = [base, first, second, files].map((side) => side?.get(path));
    if (ours?.mode !== now?.mode || !was || !ours || !theirs || !now) return now === ours || now?.oid === ours?.oid;
    return merges.merge(textOf(w, was.oid), textOf(w, ours.oid), textOf(w, theirs.oid)) === textOf(w, now.oid);
  });
  return !each.includes(false);
}

function pairOf(w: World, { oldOid, newOid }: Change): readonly [Buffer, Buffer] {
  return [Buffer.from(textOf(w, oldOid)), Buffer.from(textOf(w, newOid))];
}

function textOf(w: World, oid: ObjectId): string {
  return w.repository.textOf(oid);
}
