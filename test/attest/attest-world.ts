import { type ObjectId, readPolicy } from "@countersign/core";
import { branchRef, judgeLandings, type LandedPart } from "@countersign/core/internal";
import { cosignStatements, type Statement, sourceStatement } from "@countersign/report";
import type { World } from "../landings/world.ts";

export const PLACE = { resource: "git+https://git.example/acme/x", ref: "refs/heads/main" };

/** What is attested of landings: the summary of each, and the co-signs. */
export async function attestWorld(w: World, ...asked: readonly (ObjectId | LandedPart)[]) {
  const branches = new Map([["main", w.main]]);
  if (w.ledger) branches.set("countersign/ledger", w.ledger);
  const policy = await readPolicy(w.repository, { ref: branchRef("main"), commit: w.main }).catch(() => undefined);
  const destination = { branches, defaultBranch: "main", aliases: new Map() };
  const plan = { branch: "main", tip: w.main, destination, policy, trial: false, now: w.now };
  const parts = asked.map((part) => (typeof part === "string" ? { from: undefined, to: part } : part));
  const summaries: ReturnType<typeof sourceStatement>[] = [];
  const cosigns: Statement[] = [];
  for await (const chosen of judgeLandings(w.repository, plan, parts)) {
    summaries.push(sourceStatement(PLACE, chosen.landing, { verifier: "urn:test", version: "0", now: w.now }));
    cosigns.push(...cosignStatements(PLACE, chosen));
  }
  return { summaries, cosigns };
}
