import { MODES } from "@countersign/core/internal";
import * as v from "valibot";
import { FaultSchema, NoticeSchema, PolicySchema, ViolationSchema } from "../decision/decision-schema.ts";
import { listOf, OidSchema, SubjectSchema } from "../log/evidence-schema.ts";

const count = v.pipe(v.number(), v.integer());
const place = v.pipe(count, v.minValue(1));
const outcome = v.picklist(["allow", "deny", "undecided"]);

const LandingSchema = v.object({
  commit: v.pipe(OidSchema, v.description("Where the branch stood after it.")),
  parent: v.pipe(v.nullable(OidSchema), v.description("Where it stood before; null where it did not exist.")),
  subject: SubjectSchema,
  landed: v.pipe(v.string(), v.description("When it came at the earliest, in UTC.")),
  outcome: v.pipe(
    outcome,
    v.description("`allow` where the policy then only warned, or a review is due and not overdue."),
  ),
  mode: v.picklist(MODES),
  policy: v.pipe(
    v.nullable(PolicySchema),
    v.description("The policy that it was judged by; null where it cannot be read."),
  ),
  violations: v.pipe(listOf(ViolationSchema), v.description("What a gate would have refused it for.")),
  findings: v.pipe(listOf(ViolationSchema), v.description("What no gate asks about.")),
  notices: v.pipe(listOf(NoticeSchema), v.description("What landed in an emergency, and is to be reviewed yet.")),
  faults: listOf(FaultSchema),
});

/** The JSON of an audit. */
export const AuditSchema = v.pipe(
  v.object({
    version: v.literal(1),
    outcome: v.pipe(outcome, v.description("Exit code 0, 1 and 2.")),
    branch: v.pipe(v.string(), v.description("By its short name.")),
    tip: v.pipe(OidSchema, v.description("Where the branch stands.")),
    shard: v.pipe(
      v.optional(v.object({ number: place, of: place })),
      v.description("Which part of history it is, counted from 1; absent where it is all."),
    ),
    since: v.pipe(
      v.nullable(v.string()),
      v.description("Since when landings were judged, in UTC; null where that was not asked."),
    ),
    trial: v.pipe(v.boolean(), v.description("Whether all of it was judged by the one policy that was named.")),
    ledger: v.pipe(
      v.nullable(OidSchema),
      v.description("Where the ledger stands that the policy of now names; null where there is none."),
    ),
    from: v.pipe(
      v.nullable(OidSchema),
      v.description("Where it stood before the first landing that was judged; null where none was."),
    ),
    policy: v.pipe(
      v.nullable(PolicySchema),
      v.description("The policy of now, for its baseline and the keys that it revokes, or the one that was named."),
    ),
    landings: count,
    unprotected: v.pipe(count, v.description("Landings of a time when no policy protected the branch.")),
    commits: v.pipe(count, v.description("How many commits the others brought.")),
    assisted: v.pipe(count, v.description("How many of those are AI-assisted by what they say themselves.")),
    found: v.pipe(
      listOf(LandingSchema),
      v.description("The landings with which something is wrong or of which a review is due, the oldest first."),
    ),
  }),
  v.description("What `countersign audit --format json` prints. Fields may be added."),
);

export type AuditJson = v.InferOutput<typeof AuditSchema>;

export type LandingJson = v.InferOutput<typeof LandingSchema>;
