import {
  type CommitVerdict,
  formatLines,
  NAMESPACE,
  parseCommit,
  pathsDigest,
  readCosigns,
  type UpdateVerdict,
  verifySignature,
} from "@countersign/core";
import {
  digestOf,
  type Person,
  type PolicyChoice,
  possibleLines,
  type RecordPlace,
  workOf,
} from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git/internal";
import { type OpenCommit, readWanted, type WantedCommit } from "./wanted-commit.ts";

/** A signature that a person gave for a commit, whichever carrier it came in. */
export interface OwnCosign {
  readonly verdict: CommitVerdict;
  readonly cosign: CommitVerdict["cosigns"][number];
  /** Where the ledger holds it, or would hold that it is taken back. */
  readonly place: RecordPlace;
}

/** The signatures of a person that a verdict names, except those that were taken back. */
export async function findOwnCosigns(
  repository: GitRepository,
  choice: PolicyChoice,
  { judged }: Pick<UpdateVerdict, "judged">,
  { emails }: Person,
): Promise<readonly OwnCosign[]> {
  const items: (OpenCommit & { readonly own: CommitVerdict["cosigns"] })[] = [];
  for (const verdict of judged) {
    const own = verdict.cosigns.filter(
      ({ email, refused }) => emails.includes(email) && refused?.code !== "COSIGN_WITHDRAWN",
    );
    if (own.length === 0) continue;
    items.push({ commit: parseCommit(await repository.commit(verdict.commit)), verdict, served: [], own });
  }
  const read = await readWanted(repository, items);
  return read.flatMap((item, index) =>
    (items[index]?.own ?? []).flatMap((cosign) =>
      placesOf(choice, item, cosign).map((place) => ({ verdict: item.verdict, cosign, place })),
    ),
  );
}

function placesOf(
  { policy: { policy }, branch }: PolicyChoice,
  item: WantedCommit,
  { email, where, emergency }: OwnCosign["cosign"],
): readonly RecordPlace[] {
  // A review is taken back where it was given.
  if (where.carrier === "review") return [];
  const { commit, changes, own } = item;
  const paths = pathsDigest(changes);
  if (where.carrier === "ledger") return [{ paths, recordId: where.record, blockNumber: where.block }];
  const work = workOf(policy, branch, { commit, changes, own });
  const claims = readCosigns(commit).claims.filter((claim) => claim.email === email);
  return claims.flatMap(({ signatures }) =>
    signatures.flatMap((signed) => {
      const [plain, ...others] = possibleLines(work, { ...signed, cosigner: email });
      const urgent = others.find((lines) => verifySignature(signed.signature, NAMESPACE, formatLines(lines)).valid);
      if ((urgent !== undefined) !== (emergency === true)) return [];
      return [{ paths, recordId: digestOf(formatLines(urgent ?? plain)), blockNumber: 1 }];
    }),
  );
}
