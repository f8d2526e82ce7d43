import { decodeText, folderNames, RECORD_FILE, type RecordPlace } from "@countersign/core/internal";
import type { NamedWork } from "@countersign/git/internal";
import { type GitRepository, git, readLocalLedger } from "@countersign/git/internal";
import { judgeBranch } from "../judge-branch.ts";
import { findOwnCosigns } from "../own-cosigns.ts";
import type { Choices } from "../session.ts";
import { findOpen, findSigner, onlyOf } from "../task.ts";
import { withLocalLedger } from "./local-choice.ts";

const FENCE = "```";

/** Records as they go into a comment, where anyone who may write to the ledger takes them from. */
export function fenceRecords(files: readonly Uint8Array[]): readonly string[] {
  return files.flatMap((file) => [FENCE, ...decodeText(file).trimEnd().split("\n"), FENCE]);
}

/**
 * The files of the person's records for some work that are in the local ledger and not in the destination's. None where
 * they leave something to sign.
 */
export async function findUnpushed(
  repository: GitRepository,
  choices: Choices,
  work: NamedWork,
  ledger: string,
  emergency: string | undefined,
): Promise<readonly Uint8Array[]> {
  const tip = await readLocalLedger(repository, ledger);
  if (!tip) return [];
  const places = new Map<string, RecordPlace>();
  for (const choice of choices) {
    const { person } = await findSigner(repository, choice);
    const there = onlyOf(work.only, await judgeBranch(repository, choice, work, work.tip));
    const local = await withLocalLedger(repository, choice, ledger);
    const here = onlyOf(work.only, await judgeBranch(repository, local, work, work.tip));
    if ((await findOpen(repository, choice.policy.policy, person, here, emergency)).open.length > 0) return [];
    const pushed = await findOwnCosigns(repository, choice, there, person);
    const known = new Set(pushed.map(({ place }) => place.recordId));
    for (const { cosign, place } of await findOwnCosigns(repository, choice, here, person)) {
      // One that does not count here would count nowhere.
      if (cosign.where.carrier === "ledger" && cosign.refused === undefined && !known.has(place.recordId)) {
        places.set(place.recordId, place);
      }
    }
  }
  const files: Uint8Array[] = [];
  for (const place of places.values()) {
    const path = [...folderNames(place), RECORD_FILE].join("/");
    const { output } = await git(repository.context, ["cat-file", "blob", `${tip}:${path}`]);
    files.push(Buffer.from(output));
  }
  return files;
}
