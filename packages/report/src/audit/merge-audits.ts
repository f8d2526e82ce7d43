import { CountersignError } from "@countersign/core";
import { type Outcome, weigh } from "@countersign/core/internal";
import * as v from "valibot";
import { formatJson } from "../text/json-text.ts";
import { type AuditJson, AuditSchema } from "./audit-schema.ts";

/** What one part of an audit printed as JSON, and the file that has it. */
export interface AuditPart {
  readonly file: string;
  readonly text: string;
}

/** All parts of an audit as one run would have printed it. @throws `AUDIT_PART_UNFIT`. */
export function mergeAudits(parts: readonly AuditPart[]): { readonly outcome: Outcome; readonly text: string } {
  const read = parts.map(readPart);
  const [first] = read;
  if (!first) throw unfit("nothing", "there is no part");
  const { of } = first.audit.shard;
  const places = new Map<number, (typeof read)[number]>();
  for (const part of read) {
    const { file, audit } = part;
    const differing = SAME.find((key) => JSON.stringify(audit[key]) !== JSON.stringify(first.audit[key]));
    if (differing) throw unfit(file, `its ${differing} is not that of ${first.file}`);
    if (audit.shard.of !== of)
      throw unfit(file, `it is one of ${audit.shard.of} parts, but ${first.file} is one of ${of}`);
    const twin = places.get(audit.shard.number);
    if (twin) throw unfit(file, `it is part ${audit.shard.number} of ${of}, as ${twin.file} is`);
    places.set(audit.shard.number, part);
  }
  let missing = 1;
  while (places.has(missing)) missing += 1;
  if (missing <= of) throw unfit(first.file, `part ${missing} of ${of} is missing`);
  const audits = [...places].sort(([one], [other]) => one - other).map(([, { audit }]) => audit);
  const outcome = weigh(audits.map((audit) => audit.outcome));
  const sum = (key: "landings" | "unprotected" | "commits" | "assisted"): number =>
    audits.reduce((total, audit) => total + audit[key], 0);
  const { shard: _, ...same } = first.audit;
  const merged: AuditJson = {
    ...same,
    outcome,
    from: audits.find(({ landings }) => landings > 0)?.from ?? null,
    landings: sum("landings"),
    unprotected: sum("unprotected"),
    commits: sum("commits"),
    assisted: sum("assisted"),
    found: audits.flatMap(({ found }) => found),
  };
  // As one run says it: a history without any policy is not a clean one.
  if (merged.landings === 0 && !merged.policy) throw new CountersignError("POLICY_MISSING", { ref: merged.branch });
  return { outcome, text: `${formatJson(merged, 2)}\n` };
}

/** What the parts of one audit have in common. */
const SAME = ["version", "branch", "tip", "policy", "since", "trial", "ledger"] as const;

type PartJson = AuditJson & { readonly shard: NonNullable<AuditJson["shard"]> };

function readPart({ file, text }: AuditPart): { readonly file: string; readonly audit: PartJson } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw unfit(file, "it is not JSON");
  }
  if (!v.is(AuditSchema, json)) throw unfit(file, "it is not what `countersign audit --format json` prints");
  const { shard } = json;
  if (!shard) throw unfit(file, "it is not a part of an audit: it was printed without --shard");
  if (shard.number > shard.of) throw unfit(file, `it is part ${shard.number} of ${shard.of}`);
  return { file, audit: { ...json, shard } };
}

function unfit(file: string, problem: string): CountersignError {
  return new CountersignError("AUDIT_PART_UNFIT", { file, problem });
}
