import { CountersignError } from "../error.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Repository } from "../repository.ts";

/**
 * The commit that a ledger stands at, by the ref's full name; undefined if there is none.
 * @throws `LEDGER_UNFIT` if it is not a branch of its own: moving another ref would change what was signed.
 */
export async function readLedgerTip(
  repository: Pick<Repository, "refs" | "peelToCommit">,
  ref: string,
): Promise<ObjectId | undefined> {
  const found = (await repository.refs(ref)).find(({ name }) => name === ref);
  if (!found) return undefined;
  const { oid, target } = found;
  if (target !== undefined) throw new CountersignError("LEDGER_UNFIT", { ref, problem: `stands for ${target}` });
  if ((await repository.peelToCommit(oid)) === oid) return oid;
  throw new CountersignError("LEDGER_UNFIT", { ref, problem: `holds ${oid}, which is not a commit that is here` });
}

/** The tree of a ledger's commit. @throws `OBJECT_MISSING`, `LEDGER_UNFIT`. */
export async function readLedgerTree(repository: Pick<Repository, "commit">, tip: ObjectId): Promise<ObjectId> {
  const { tree, malformed } = parseCommit(await repository.commit(tip));
  if (tree !== undefined && malformed === undefined) return tree;
  throw new CountersignError("LEDGER_UNFIT", { ref: tip, problem: `is not a commit as git writes them: ${malformed}` });
}
