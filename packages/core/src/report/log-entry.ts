import { readCosigns } from "../cosign/read-cosigns.ts";
import { subjectLine } from "../judge/judge-commit.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import type { Proof } from "../policy/policy.ts";
import type { ProvenanceOptions } from "../provenance/detect.ts";
import { detectProvenance } from "../provenance/detect.ts";
import type { Evidence, ProvenanceState } from "../provenance/provenance.ts";
import type { RawCommit } from "../repository.ts";

/** One commit as `log` tells it; a line of its `jsonl` is this object. */
export interface LogEntry {
  readonly oid: string;
  readonly subject: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly state: ProvenanceState;
  readonly class: string | null;
  readonly agents: readonly string[];
  readonly evidence: readonly Evidence[];
  /** `valid`: well-formed and in its place. Whether it verifies and counts depends on a policy. */
  readonly cosigns: readonly { readonly email: string | null; readonly proof: Proof; readonly valid: boolean }[];
}

export function logEntryOf(raw: RawCommit, options?: ProvenanceOptions): LogEntry {
  const commit = parseCommit(raw);
  const { state, class: kind, agents, evidence } = detectProvenance(commit, options);
  return {
    oid: commit.oid,
    subject: subjectLine(commit),
    author: { name: commit.author.name, email: commit.author.email },
    state,
    class: kind ?? null,
    agents,
    evidence,
    cosigns: cosignsOf(commit),
  };
}

function cosignsOf(commit: Commit): LogEntry["cosigns"] {
  const { claims, refused } = readCosigns(commit);
  return [
    ...claims.map(({ email, signatures }) => ({
      email,
      proof: signatures.length > 0 ? ("signed" as const) : ("declared" as const),
      valid: true,
    })),
    ...refused.map(() => ({ email: null, proof: "declared" as const, valid: false })),
  ];
}
