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

/** Where a co-sign stands: in which carrier, and where in that. */
export type ClaimPlace = TrailerPlace | LedgerPlace;

/** The same within its carrier. */
export type ClaimSpot = Omit<TrailerPlace, "carrier"> | Omit<LedgerPlace, "carrier">;

/** What a violation holds of a place, flat: the fingerprints of reports are over it. */
export function spotOf(place: TrailerPlace): Omit<TrailerPlace, "carrier">;
export function spotOf(place: ClaimPlace): ClaimSpot;
export function spotOf({ carrier: _, ...spot }: ClaimPlace): ClaimSpot {
  return spot;
}

/** As part of a sentence. */
export function describeSpot(spot: ClaimSpot): string {
  return "line" in spot ? `on line ${spot.line}` : `in the ledger, record ${spot.record.slice(0, 12)}`;
}
