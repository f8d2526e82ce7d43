import { type ObjectId, parseObjectId } from "@countersign/core";
import type { Landing, Overview, SignedCommit } from "./overview.ts";

export const MADE = Date.parse("2026-11-29T12:00:00Z") / 1000;
export const DAY = 86_400;
export const ADA = { name: "Ada Lovelace", email: "ada@acme.example" };
export const BOB = { name: "Bob Builder", email: "bob@acme.example" };
export const COMMIT: ObjectId = parseObjectId("c".repeat(40));

/** A person's landing of the day before. */
export function landing(parts: Partial<Landing> = {}): Landing {
  return {
    commit: COMMIT,
    landed: MADE - DAY,
    subject: "Retry uploads",
    author: BOB,
    commits: 1,
    assisted: 0,
    agents: [],
    folders: ["src"],
    standing: "free",
    wrong: [],
    cosigns: [],
    ...parts,
  };
}

/** What Ada has signed, an hour after it was committed. */
export function signedCommit(parts: Partial<SignedCommit> = {}): SignedCommit {
  const committed = MADE - 2 * DAY;
  return { person: ADA, proof: "signed", time: committed + 3600, committed, size: { files: 1, lines: 10 }, ...parts };
}

export function overview(parts: Partial<Overview> = {}): Overview {
  const ends = { tip: COMMIT, from: undefined, root: COMMIT };
  return { branch: "main", ...ends, made: MADE, landings: [landing()], asked: [], signed: [], ...parts };
}
