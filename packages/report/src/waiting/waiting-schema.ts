import { COVERAGES, REAPPLICATIONS } from "@countersign/core/internal";
import * as v from "valibot";
import { AgentsSchema, CodeSchema, listOf, OidSchema, ProofSchema } from "../log/evidence-schema.ts";

const count = v.pipe(v.number(), v.integer());
const PersonSchema = v.object({ name: v.string(), email: v.string() });

const NeedSchema = v.object({
  count: v.pipe(count, v.description("How many people must co-sign.")),
  level: v.pipe(v.string(), v.description("The least level of each of them.")),
  proof: ProofSchema,
  maxAge: v.pipe(count, v.description("How old a signature may be when it lands, in seconds.")),
  coverage: v.picklist(COVERAGES),
  reapply: v.picklist(REAPPLICATIONS),
  self: v.pipe(v.boolean(), v.description("Whether the author's own co-sign counts.")),
  missing: v.pipe(count, v.description("Of how many people it is still asked.")),
});

const BranchSchema = v.object({
  ref: v.pipe(v.string(), v.description("The full name of the ref, here.")),
  tip: OidSchema,
  target: v.pipe(v.string(), v.description("The branch that it is to land on, by its short name.")),
  updated: v.pipe(v.string(), v.description("When its newest commit was made, in UTC.")),
  authors: v.pipe(listOf(PersonSchema), v.description("Of the commits that wait.")),
  agents: AgentsSchema,
  commits: v.pipe(count, v.description("How many commits it adds.")),
  waiting: v.pipe(count, v.description("How many of them wait for a co-sign of this person.")),
  size: v.pipe(
    v.nullable(v.object({ files: count, added: count, deleted: count })),
    v.description("What it changes as a whole, in files and lines; null without a history in common."),
  ),
  needs: listOf(NeedSchema),
  signed: v.pipe(
    listOf(v.object({ email: v.string(), proof: ProofSchema })),
    v.description("The people whose co-signs of some of these commits count already."),
  ),
});

/** The JSON of what waits for a person. */
export const WaitingSchema = v.pipe(
  v.object({
    version: v.literal(1),
    policy: v.object({ ref: v.nullable(v.string()), oid: v.nullable(OidSchema), path: v.string() }),
    remote: v.pipe(v.nullable(v.string()), v.description("Where the work lands; null for this repository itself.")),
    person: v.pipe(PersonSchema, v.description("Who could co-sign.")),
    targets: v.pipe(listOf(v.string()), v.description("The branches that it was looked at for.")),
    looked: v.pipe(
      count,
      v.description("How many branches have commits that a target lacks, counted for each target."),
    ),
    branches: v.pipe(listOf(BranchSchema), v.description("The one that waits longest first.")),
    undecided: v.pipe(
      listOf(v.object({ ref: v.string(), target: v.string(), code: CodeSchema, what: v.string() })),
      v.description("Branches that could not be judged, and why."),
    ),
  }),
  v.description("What `countersign cosign --list --format json` prints. Fields may be added."),
);

export type WaitingJson = v.InferOutput<typeof WaitingSchema>;
