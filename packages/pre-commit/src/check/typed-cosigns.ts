import {
  COSIGN_KEY,
  CountersignError,
  decodeText,
  hasKey,
  parseCommit,
  parseTrailers,
  readCosigns,
  SIGNATURE_KEY,
  type Trailer,
} from "@countersign/core";
import { type AgentSession, type GitContext, openRepository, resolveCommit, useRepository } from "@countersign/git";
import type { Objection } from "../commit-msg.ts";
import type { SourceCommit } from "../provenance/source-commits.ts";

/** In an agent's session a co-sign may be carried on from the commit it stands on, and never be added. */
export async function objectToCosigns(
  context: GitContext,
  message: Uint8Array,
  { agent, sign }: AgentSession,
  sources: readonly SourceCommit[],
): Promise<readonly Objection[]> {
  const typed = findCosigns(message);
  if (typed.length === 0) return [];
  const carried = await readValues(context, sources);
  return typed
    .filter(({ value }) => !carried.has(value))
    .map(({ line }) => new CountersignError("COSIGN_BY_AGENT", { agent, sign, line }));
}

interface TypedCosign {
  readonly line: number;
  readonly value: string;
}

/** Also those that are misspelt or misplaced: what was meant is the same. */
function findCosigns(message: Uint8Array): readonly TypedCosign[] {
  const trailers = parseTrailers(message).filter(isCosign);
  const lines = decodeText(message).split("\n");
  const missed = readCosigns({ message }).refused.filter(
    ({ line }) => !trailers.some((trailer) => trailer.line === line),
  );
  return [
    ...trailers.map((trailer) => ({ line: trailer.line, value: wordingOf(trailer) })),
    ...missed.map(({ line }) => ({ line, value: lines[line - 1] ?? "" })),
  ];
}

async function readValues(context: GitContext, sources: readonly SourceCommit[]): Promise<ReadonlySet<string>> {
  if (sources.length === 0) return new Set();
  return useRepository(await openRepository(context.cwd, context.env), async (repository) => {
    const values = new Set<string>();
    for (const { revision } of sources) {
      const oid = await resolveCommit(repository, revision).catch(() => undefined);
      const commit = oid && parseCommit(await repository.commit(oid));
      if (commit) for (const { value } of findCosigns(commit.message)) values.add(value);
    }
    return values;
  });
}

function isCosign(trailer: Trailer): boolean {
  return hasKey(trailer, COSIGN_KEY) || hasKey(trailer, SIGNATURE_KEY);
}

function wordingOf({ key, value }: Trailer): string {
  return `${key.toLowerCase()}: ${decodeText(value)}`;
}
