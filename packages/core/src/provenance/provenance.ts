/** Where a sign of assistance was found. */
export type EvidenceKind =
  | "trailer"
  | "identity"
  | "footer"
  | "session"
  | "note"
  | "checkpoint"
  | "revert"
  /** What the signer of a record in the ledger was shown. */
  | "record";

/** `strong` proves assistance; `weak` is shown to people and decides nothing. */
export type EvidenceStrength = "strong" | "weak";

/** What the agent did: wrote the change, suggested it in a review that a person accepted, or only worded the message. */
export type AssistanceClass = "authored" | "suggestion" | "message-only";

/** Where a sign stands. */
export type EvidencePlace =
  /** On a line of the message, counted from 1. */
  | { readonly line: number }
  /** In the identity of the person in this role. */
  | { readonly role: "author" | "committer" }
  /** In what a recorder keeps: the ref, or the file in the commit's tree. */
  | { readonly record: string };

/** A place as people and reports name it: `line 7`, `author`, `refs/notes/ai`. */
export function describeEvidencePlace(place: EvidencePlace): string {
  if ("line" in place) return `line ${place.line}`;
  return "role" in place ? place.role : place.record;
}

/** One sign in one commit that an AI agent took part, or a person's word that none did. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** The agent's id in the catalogue; `unknown` for an AI that is not named there. */
  readonly agent: string;
  readonly where: EvidencePlace;
  /** What stands there, as text, unescaped. */
  readonly text: string;
  readonly strength: EvidenceStrength;
  readonly class: AssistanceClass;
  /** The model, where the evidence names it. */
  readonly model?: string;
}

/**
 * `assisted`: there is strong evidence. `declared-human`: the message says `Assisted-by: none` and
 * nothing contradicts it. `undeclared`: neither.
 */
export type ProvenanceState = "assisted" | "declared-human" | "undeclared";

/** The lines of the message on which there are signs. */
export function linesOf({ evidence }: Provenance): ReadonlySet<number> {
  return new Set(evidence.flatMap(({ where }) => ("line" in where ? [where.line] : [])));
}

/** What a commit says about how it was made. */
export interface Provenance {
  readonly state: ProvenanceState;
  /** The weightiest class of the strong evidence: `authored`, then `suggestion`, then `message-only`. */
  readonly class: AssistanceClass | undefined;
  /** The agents of the strong evidence, each id once, in order of appearance. */
  readonly agents: readonly string[];
  readonly evidence: readonly Evidence[];
}
