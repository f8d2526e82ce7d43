import type { Policy } from "../policy/policy.ts";
import type { AuthorAddresses } from "../provenance/authors.ts";
import { branchName, branchRef } from "../ref.ts";
import type { SignedLines } from "./lines.ts";

/** How many other branches are tried: each costs a verification. */
const MOST_BRANCHES = 5;

/** What a signature in a message was meant to be over, and whether it is over other lines. */
export interface Tried {
  readonly lines: SignedLines;
  /** Those that the commit names. */
  readonly authors: AuthorAddresses;
  isOver(lines: SignedLines): boolean;
}

/** Finds by trying what was signed otherwise, as a clause; undefined if that is the content, or more than one thing. */
export function findDifference(policy: Pick<Policy, "protect">, tried: Tried): string | undefined {
  for (const { lines, reason } of variantsOf(policy, tried)) if (tried.isOver(lines)) return reason;
  return undefined;
}

function* variantsOf(
  { protect }: Pick<Policy, "protect">,
  { lines: { head, blocks }, authors }: Tried,
): Generator<{ readonly lines: SignedLines; readonly reason: string }> {
  const [block] = blocks;
  const [signed] = head.branches;
  if (!block || !signed) return;
  const here = branchName(signed.ref) ?? signed.ref;
  const named = protect.flatMap(({ branches }) => branches.map(({ pattern }) => pattern));
  const others = [...new Set(named)].filter((name) => name !== here && !/[*?[\]\\]/.test(name));
  for (const name of others.slice(0, MOST_BRANCHES)) {
    const branches = [{ ...signed, ref: branchRef(name) }];
    yield { lines: { head: { ...head, branches }, blocks }, reason: `it was signed for ${name}, and not for ${here}` };
  }
  if (authors.size > 0) {
    const made = { ...block, authors: [...authors.keys()] };
    yield { lines: { head, blocks: [made] }, reason: "its line names other authors than were signed" };
  }
  if (head.project !== undefined) {
    const reason = `it was signed without a project, and not for ${head.project}`;
    yield { lines: { head: { ...head, project: undefined }, blocks }, reason };
  }
  if (block.dispute !== undefined) {
    const plain = { ...block, dispute: undefined };
    yield { lines: { head, blocks: [plain] }, reason: "what was signed does not dispute the marks of AI" };
  }
  if (signed.base !== undefined) {
    const branches = [{ ...signed, base: undefined }];
    const reason = `it was signed before ${here} existed, and its line names another base`;
    yield { lines: { head: { ...head, branches }, blocks }, reason };
  }
}
