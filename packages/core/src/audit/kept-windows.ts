import { decodeText, encodeText } from "../bytes.ts";
import { digestOf } from "../cosign/digest.ts";
import { nameEntries } from "../judge/merged-policy.ts";
import { isLedger } from "../policy/policy.ts";
import type { LandingPlace } from "./landing-place.ts";
import { isWhole, type LandingWindow } from "./line/landing-windows.ts";

/** Where what was found of old landings is kept from one audit to the next. Whatever it gives back is looked at with suspicion. */
export interface AuditCache {
  /** Names the program that finds: what another one found is not used. */
  readonly version: string;
  /** Undefined if there is nothing, or it cannot be read. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** As a whole or not at all; where that cannot be done, nothing is reported. */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

/** How many commits each landing of a window brought where nothing was asked of it, or `JUDGE`. */
export type PlainCounts = readonly number[];

/** In place of a count: the landing has to be judged by itself. */
export const JUDGE = -1;

/** To be changed where the sieve finds something else by the same key. */
const FORMAT = 1;

/**
 * The name of what is found of a window: the digest of all that it depends on. Undefined if that is more than can be
 * named: notes and checkpoints come and go. No age and no co-sign is looked at by the sieve, so that none can be too old.
 */
export function nameWindow(
  { version }: AuditCache,
  { branch, destination }: LandingPlace,
  window: LandingWindow,
): string | undefined {
  const { landings, terms } = window;
  const { policy } = terms;
  if (!isWhole(window) || !policy) return undefined;
  const { evidence, baseline, ledger, project } = policy.policy;
  if (evidence.gitAiNotes || evidence.entireCheckpoints || evidence.agentTrace) return undefined;
  const records = [...destination.branches].filter(([name]) => isLedger(policy.policy, name));
  const depends = {
    format: FORMAT,
    version,
    branch,
    policy: `${policy.entry.oid} ${policy.entry.path}`,
    entries: nameEntries(landings[0]?.before ?? []),
    project,
    baseline,
    ledger,
    records,
    landings: landings.map(({ at, changesPolicy }) => [at.commit, at.parent, at.hidesLine, changesPolicy]),
  };
  return digestOf(encodeText(JSON.stringify(depends)));
}

/** What was kept; undefined if there is none, or it is not whole, or was kept under another name. */
export async function readKept(cache: AuditCache, name: string, length: number): Promise<PlainCounts | undefined> {
  const bytes = await cache.read(name);
  const [digest, body = ""] = bytes ? decodeText(bytes).split("\n") : [];
  if (digest === undefined || digest !== digestBody(name, body)) return undefined;
  const counts = body.split(" ").map(Number);
  return counts.length === length && counts.every(Number.isInteger) ? counts : undefined;
}

export async function keep(cache: AuditCache, name: string, counts: PlainCounts): Promise<void> {
  const body = counts.join(" ");
  await cache.write(name, encodeText(`${digestBody(name, body)}\n${body}\n`));
}

function digestBody(name: string, body: string): string {
  return digestOf(encodeText(`${name}\n${body}`));
}
