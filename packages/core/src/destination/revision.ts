import { CountersignError } from "../error.ts";
import { isObjectId, type ObjectId } from "../object/oid.ts";
import type { ConfiguredRepository } from "../repository.ts";

/**
 * The commit that a person's revision names.
 * @throws `REVISION_AMBIGUOUS`; `REVISION_UNKNOWN`; `BRANCH_UNBORN` where it is HEAD and nothing was committed yet.
 */
export async function resolveCommit(repository: ConfiguredRepository, revision: string): Promise<ObjectId> {
  await requireOneRef(repository, revision);
  const oid = await repository.resolve(revision);
  const commit = oid && (await repository.peelToCommit(oid));
  if (commit) return commit;
  const branch = revision === "HEAD" ? await repository.symbolicRef("HEAD") : undefined;
  if (branch !== undefined) throw new CountersignError("BRANCH_UNBORN", { branch });
  throw new CountersignError("REVISION_UNKNOWN", { revision });
}

/** Where git looks for a ref by its short name, `NAME` standing for that (gitrevisions). */
const PLACES = [
  "refs/remotes/NAME",
  "refs/heads/NAME",
  "refs/tags/NAME",
  "refs/NAME",
  "refs/remotes/NAME/HEAD",
] as const;

/**
 * Anyone who may push a tag could choose what a name means: git takes the tag `origin/main` before the remote's branch, and
 * where a full name is not there a tag of that name, `refs/tags/refs/heads/main`.
 */
async function requireOneRef(repository: ConfiguredRepository, revision: string): Promise<void> {
  // What comes behind the name: `~2`, `^{commit}`, `@{1}`, `:path`.
  const [name = ""] = /^[^~^:]*?(?=[~^:]|@\{|$)/.exec(revision) ?? [];
  if (name === "" || name === "@" || name === "HEAD" || isObjectId(name)) return;
  const exists = async (ref: string): Promise<boolean> => (await repository.refs(ref)).some((tip) => tip.name === ref);
  if (name.startsWith("refs/")) {
    if (!(await exists(name))) throw new CountersignError("REVISION_UNKNOWN", { revision });
    return;
  }
  const asked = PLACES.map((place) => place.replace("NAME", () => name));
  const found = await Promise.all(asked.map(exists));
  const refs = asked.filter((_, index) => found[index]);
  if (refs.length > 1) throw new CountersignError("REVISION_AMBIGUOUS", { name, refs });
}

/** A range as a person writes it: `A..B`, or one revision. An empty side is HEAD. */
export interface RevisionRange {
  readonly from: ObjectId | undefined;
  readonly to: ObjectId;
}

export async function resolveRange(repository: ConfiguredRepository, range: string): Promise<RevisionRange> {
  const dots = range.indexOf("..");
  if (dots < 0) return { from: undefined, to: await resolveCommit(repository, range) };
  const [from, to] = [range.slice(0, dots), range.slice(dots + 2)];
  if (to.startsWith(".")) {
    throw new CountersignError("OPTION_INVALID", { option: range, problem: "a range is A..B here, not A...B" });
  }
  return {
    from: await resolveCommit(repository, from === "" ? "HEAD" : from),
    to: await resolveCommit(repository, to === "" ? "HEAD" : to),
  };
}
