import type { Forge } from "../policy/accounts.ts";

/** A co-sign in the commit's own message. */
export interface TrailerPlace {
  readonly carrier: "trailer";
  /** Counted from 1. */
  readonly line: number;
}

/** A co-sign in the ledger. */
export interface LedgerPlace {
  readonly carrier: "ledger";
  /** SHA-256 of the signed lines, in hex. */
  readonly record: string;
  /** Which of its blocks, counted from 1. */
  readonly block: number;
}

/** An approval, as a forge reports it now. */
export interface ReviewPlace {
  readonly carrier: "review";
  readonly forge: Forge;
  /** The forge's own id. */
  readonly review: string;
}

/** Where a co-sign stands: in which carrier, and where in that. */
export type ClaimPlace = TrailerPlace | LedgerPlace | ReviewPlace;

/** The same within its carrier. */
export type ClaimSpot = Omit<TrailerPlace, "carrier"> | Omit<LedgerPlace, "carrier"> | Omit<ReviewPlace, "carrier">;

/** What a violation holds of a place, flat: the fingerprints of reports are over it. */
export function spotOf(place: TrailerPlace): Omit<TrailerPlace, "carrier">;
export function spotOf(place: ClaimPlace): ClaimSpot;
export function spotOf({ carrier: _, ...spot }: ClaimPlace): ClaimSpot {
  return spot;
}

/** As part of a sentence. */
export function describeSpot(spot: ClaimSpot): string {
  if ("forge" in spot) return `by review ${spot.review} on ${spot.forge}`;
  return "line" in spot ? `on line ${spot.line}` : `in the ledger, record ${spot.record.slice(0, 12)}`;
}
