import { encodeText, joinBytes, LF } from "../bytes.ts";
import { COSIGN_KEY } from "../cosign/claim.ts";
import { CountersignError } from "../error.ts";
import type { PolicyChoice } from "../library/policy-choice.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Repository } from "../repository.ts";
import { hasKey, parseTrailers } from "../trailer/parse.ts";
import { readAdded } from "./added-commits.ts";
import { squashMessage, withMarks } from "./squash-message.ts";

/** The message for a branch that is to land as one commit. */
export interface SquashSummary {
  readonly message: Uint8Array;
  /** How many co-signs in messages it cannot keep. */
  readonly lost: number;
}

/**
 * Writes the message under which a branch can be squashed: title, authors and marks of AI, and of a branch of one commit
 * all of that commit's, with its co-signs. @throws `NOTHING_TO_SQUASH`.
 */
export async function sumUp(
  repository: Repository,
  { destination, policy, branch }: PolicyChoice,
  tip: ObjectId,
  title?: string,
): Promise<SquashSummary> {
  const target = destination.branches.get(branch);
  if (target === undefined) throw new CountersignError("BRANCH_NOT_FOUND", { branch, meant: undefined });
  const added = (await readAdded(repository, policy.policy, target, tip)) ?? [];
  const [only, other] = added;
  if (!only) throw new CountersignError("NOTHING_TO_SQUASH", { branch });
  if (!other) return { message: withTitle(withMarks(only), title), lost: 0 };
  const cosigns = added.flatMap(({ commit }) => parseTrailers(commit.message).filter((one) => hasKey(one, COSIGN_KEY)));
  return { message: encodeText(squashMessage(added, { title })), lost: cosigns.length };
}

function withTitle(message: Uint8Array, title: string | undefined): Uint8Array {
  if (title === undefined) return message;
  const lf = message.indexOf(LF);
  return joinBytes([encodeText(title), lf < 0 ? encodeText("\n") : message.subarray(lf)]);
}
