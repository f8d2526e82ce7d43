/** Where a sign of assistance was found. */
export type EvidenceKind = "trailer" | "identity" | "footer" | "session" | "note" | "checkpoint";

/** `strong` proves assistance; `weak` is shown to people and decides nothing. */
export type EvidenceStrength = "strong" | "weak";

/** What the agent did: wrote the change, suggested it in a review that a person accepted, or only worded the message. */
export type AssistanceClass = "authored" | "suggestion" | "message-only";

/** One sign in one commit that an AI agent took part, or a person's word that none did. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** The agent's id in the catalogue; `unknown` for an AI that is not named there. */
  readonly agent: string;
  /** `author`, `committer`, or `line 7` of the message, counted from 1. */
  readonly where: string;
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

/** What a commit tells about its making. */
export interface Provenance {
  readonly state: ProvenanceState;
  /** The weightiest class of the strong evidence: `authored`, then `suggestion`, then `message-only`. */
  readonly class: AssistanceClass | undefined;
  /** The agents of the strong evidence, each id once, in order of appearance. */
  readonly agents: readonly string[];
  readonly evidence: readonly Evidence[];
}
