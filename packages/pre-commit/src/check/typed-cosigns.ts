import { CountersignError, parseTrailers, readCosigns, type Trailer } from "@countersign/core";
import { type AgentSession, COSIGN_KEY, decodeText, hasKey, SIGNATURE_KEY } from "@countersign/core/internal";
import type { GitContext } from "@countersign/git/internal";
import { readSourceCommits } from "../provenance/read-source-commits.ts";
import type { SourceCommit } from "../provenance/source-commits.ts";
import type { Objection } from "./objections.ts";

/** In an agent's session a co-sign may be carried on from the commit it stands on, and never be added. */
export async function objectToCosigns(
  { context, gitDir, message }: { readonly context: GitContext; readonly gitDir: string; readonly message: Uint8Array },
  { agent, sign }: AgentSession,
  sources: readonly SourceCommit[],
): Promise<readonly Objection[]> {
  const typed = findCosigns(message);
  if (typed.length === 0) return [];
  const before = await readSourceCommits(context, gitDir, sources);
  const carried = new Set(before.flatMap(({ commit }) => findCosigns(commit.message).map(({ value }) => value)));
  return typed
    .filter(({ value }) => !carried.has(value))
    .map(({ line }) => new CountersignError("COSIGN_BY_AGENT", { agent, sign, line }));
}

interface TypedCosign {
  readonly line: number;
  readonly value: string;
}

/** Also those that are misspelled or misplaced: what was meant is the same. */
function findCosigns(message: Uint8Array): readonly TypedCosign[] {
  const trailers = parseTrailers(message).filter(isCosign);
  const lines = decodeText(message).split("\n");
  const missed = readCosigns({ message }).refused.filter(
    ({ where }) => !trailers.some((trailer) => trailer.line === where.line),
  );
  return [
    ...trailers.map((trailer) => ({ line: trailer.line, value: wordingOf(trailer) })),
    ...missed.map(({ where: { line } }) => ({ line, value: lines[line - 1] ?? "" })),
  ];
}

function isCosign(trailer: Trailer): boolean {
  return hasKey(trailer, COSIGN_KEY) || hasKey(trailer, SIGNATURE_KEY);
}

function wordingOf({ key, value }: Trailer): string {
  return `${key.toLowerCase()}: ${decodeText(value)}`;
}
