/** A person's word that no AI took part. */
export interface Denial {
  /** Why marks that say otherwise are wrong. */
  readonly reason: string | undefined;
}

const DENIAL = /^(?:none|no|n\/a|false)(?:\.?$|\s*\((.*)\)\.?$|\s*:(.*)$|\s+[-\u2013\u2014]+(?:\s(.*))?$)/is;

/** Reads `none`, `none (reason)`, `none: reason` and `none - reason`; undefined for any other value. */
export function readDenial(value: string): Denial | undefined {
  const match = DENIAL.exec(value);
  if (match === null) return undefined;
  const reason = (match[1] ?? match[2] ?? match[3] ?? "").trim();
  return { reason: /[\p{L}\p{N}]/u.test(reason) ? reason : undefined };
}
