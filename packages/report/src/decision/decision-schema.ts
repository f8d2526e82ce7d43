import { COVERAGES, FORGES, MERGE_WAYS, MODES, REAPPLICATIONS } from "@countersign/core/internal";
import * as v from "valibot";
import {
  AgentsSchema,
  Base64Schema,
  ClassSchema,
  CodeSchema,
  EvidenceSchema,
  listOf,
  OidSchema,
  ProofSchema,
  RAW,
  StateSchema,
  SubjectSchema,
} from "../log/evidence-schema.ts";

const message = {
  code: CodeSchema,
  what: v.pipe(v.string(), v.description("What happened, in words.")),
  why: v.pipe(v.string(), v.description("Why it matters.")),
  fix: v.pipe(v.string(), v.description("What to do now.")),
  details: v.exactOptional(v.pipe(listOf(v.string()), v.description("More lines, such as every problem of a file."))),
};

export const ViolationSchema = v.pipe(
  v.object({
    ...message,
    commit: v.pipe(v.nullable(OidSchema), v.description("Null where the update itself is at fault.")),
    rule: v.pipe(v.nullable(v.string()), v.description("The policy's rules that asked for it, by name.")),
  }),
  v.description("A broken rule."),
);

export const NoticeSchema = v.pipe(
  v.object({ ...message, commit: OidSchema }),
  v.description("What is to be known of a commit that lands: it refuses nothing."),
);

export const FaultSchema = v.pipe(
  v.object(message),
  v.description("Something that kept a decision from being reached."),
);

const CosignSchema = v.object({
  email: v.string(),
  proof: ProofSchema,
  carrier: v.pipe(v.picklist(["trailer", "ledger", "review"]), v.description("Where it is kept.")),
  line: v.pipe(v.nullable(v.pipe(v.number(), v.integer())), v.description("The line of the message, counted from 1.")),
  record: v.pipe(v.nullable(v.string()), v.description("SHA-256 of the signed lines of a record of the ledger.")),
  forge: v.pipe(v.nullable(v.picklist(FORGES)), v.description("The forge that reports an approval.")),
  review: v.pipe(v.nullable(v.string()), v.description("The forge's id of the approval.")),
  reapplied: v.pipe(
    listOf(v.string()),
    v.description("The paths at which the approved change was applied to a file that had moved on."),
  ),
  emergency: v.pipe(
    v.boolean(),
    v.description("Whether it lets the commit land in an emergency; then it counts for nothing else."),
  ),
  counts: v.boolean(),
  refused: v.pipe(v.nullable(CodeSchema), v.description("The first thing that keeps it from counting.")),
});

const BySchema = v.pipe(
  listOf(
    v.object({
      email: v.string(),
      proof: ProofSchema,
      time: v.exactOptional(v.number()),
      merge: v.exactOptional(OidSchema),
      review: v.exactOptional(v.object({ forge: v.picklist(FORGES), name: v.string() })),
    }),
  ),
  v.description(
    "The people who count; `time` is when each signed, in seconds since 1970, `merge` is the merge that was co-signed in the commit's place, `review` says on which forge the person approved.",
  ),
);

const RequirementSchema = v.object({
  count: v.pipe(v.number(), v.integer(), v.description("How many people must co-sign; 0 asks for nothing.")),
  level: v.pipe(v.string(), v.description("The least level of each of them.")),
  proof: ProofSchema,
  maxAge: v.pipe(v.number(), v.integer(), v.description("How old a signature may be when it lands, in seconds.")),
  coverage: v.picklist(COVERAGES),
  reapply: v.picklist(REAPPLICATIONS),
  self: v.pipe(v.boolean(), v.description("Whether the author's own co-sign counts.")),
  rules: v.pipe(listOf(v.string()), v.description("The policy's rules that shaped it, by name.")),
  met: v.boolean(),
  by: BySchema,
});

const DisputeSchema = v.pipe(
  v.object({
    reason: v.string(),
    line: v.pipe(v.number(), v.integer(), v.description("The line of the message, counted from 1.")),
    level: v.pipe(v.string(), v.description("The least level of the person who proves it.")),
    proven: v.pipe(v.boolean(), v.description("Whether it counts in place of the usual requirements.")),
    by: BySchema,
  }),
  v.description("A person's word that the evidence of AI is wrong."),
);

const EmergencySchema = v.pipe(
  v.object({
    reason: v.string(),
    line: v.pipe(v.number(), v.integer(), v.description("The line of the message, counted from 1.")),
    level: v.pipe(v.string(), v.description("The least level of the person who signs it.")),
    proven: v.pipe(v.boolean(), v.description("Whether it lets the commit land before its review.")),
    by: BySchema,
    reviewUntil: v.pipe(v.nullable(v.string()), v.description("Until when the review is due, in UTC.")),
  }),
  v.description("A commit's word that it cannot wait for its review; null too where nothing needed it."),
);

const JudgedSchema = v.object({
  commit: OidSchema,
  subject: SubjectSchema,
  raw: v.exactOptional(v.pipe(v.object({ subject: Base64Schema }), v.description(RAW))),
  state: StateSchema,
  class: ClassSchema,
  agents: AgentsSchema,
  evidence: listOf(EvidenceSchema),
  requirements: listOf(RequirementSchema),
  cosigns: listOf(CosignSchema),
  dispute: v.nullable(DisputeSchema),
  emergency: v.nullable(EmergencySchema),
});

const UpdateSchema = v.object({
  ref: v.string(),
  old: v.pipe(OidSchema, v.description("All zeros where the ref is created.")),
  new: v.pipe(OidSchema, v.description("All zeros where the ref is deleted.")),
  branch: v.pipe(
    v.nullable(v.string()),
    v.description("The protected branch, or null where nothing protects the ref."),
  ),
  ways: v.pipe(
    v.nullable(listOf(v.picklist(MERGE_WAYS))),
    v.description("The ways of merging for which this is so; null where a push is judged."),
  ),
  mode: v.pipe(v.picklist(MODES), v.description("With `warn` violations are reported and stop nothing.")),
  commits: v.pipe(v.number(), v.integer(), v.description("How many commits are new there.")),
  assisted: v.pipe(v.number(), v.integer(), v.description("How many of those are AI-assisted.")),
  violations: listOf(ViolationSchema),
  notices: listOf(NoticeSchema),
  faults: listOf(FaultSchema),
  judged: v.pipe(
    listOf(JudgedSchema),
    v.description("The new commits that are AI-assisted, touch the policy or break a rule."),
  ),
});

export const PolicySchema = v.object({
  ref: v.pipe(v.nullable(v.string()), v.description("Where it was read; null for a work tree's policy.")),
  oid: v.pipe(v.nullable(OidSchema), v.description("The commit that was then; null for a work tree's policy.")),
  path: v.string(),
  blob: v.pipe(v.nullable(OidSchema), v.description("The file's id; null for a work tree's policy.")),
});

/** The JSON of a decision. */
export const DecisionSchema = v.pipe(
  v.object({
    version: v.literal(1),
    outcome: v.pipe(v.picklist(["allow", "deny", "undecided"]), v.description("Exit code 0, 1 and 2.")),
    policy: v.pipe(v.nullable(PolicySchema), v.description("The policy in force, or null where there is none.")),
    updates: listOf(UpdateSchema),
    fault: v.pipe(
      v.nullable(FaultSchema),
      v.description("What kept all of it from being judged; there are no updates then."),
    ),
  }),
  v.description("What `countersign check --format json` prints. Fields may be added."),
);

export type DecisionJson = v.InferOutput<typeof DecisionSchema>;
