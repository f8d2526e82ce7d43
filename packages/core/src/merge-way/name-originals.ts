import type { CommitVerdict } from "../judge/decide/verdict.ts";
import type { UpdateVerdict } from "../judge/decision.ts";
import type { Violation } from "../judge/violation.ts";
import type { ObjectId } from "../object/oid.ts";

/** A verdict that names the commits that are there in place of those that were made of them. */
export function nameOriginals(verdict: UpdateVerdict, madeOf: ReadonlyMap<ObjectId, ObjectId>): UpdateVerdict {
  const original = (oid: ObjectId): ObjectId => madeOf.get(oid) ?? oid;
  const ofViolation = (found: Violation): Violation =>
    found.commit === undefined ? found : { ...found, commit: original(found.commit) };
  const ofCommit = (judged: CommitVerdict): CommitVerdict => ({
    ...judged,
    commit: original(judged.commit),
    violations: judged.violations.map(ofViolation),
    requirements: judged.requirements.map((requirement) => ({
      ...requirement,
      by: requirement.by.map(({ merge, ...by }) => ({ ...by, ...(merge && { merge: original(merge) }) })),
    })),
  });
  return { ...verdict, judged: verdict.judged.map(ofCommit), violations: verdict.violations.map(ofViolation) };
}
