import * as v from "valibot";
import {
  AgentsSchema,
  Base64Schema,
  ClassSchema,
  EvidenceSchema,
  listOf,
  OidSchema,
  ProofSchema,
  RAW,
  StateSchema,
  SubjectSchema,
} from "./evidence-schema.ts";

/** One commit as `log` shows it; a line of its `jsonl` is this object. */
export const LogEntrySchema = v.pipe(
  v.object({
    oid: OidSchema,
    subject: SubjectSchema,
    author: v.object({ name: v.string(), email: v.string() }),
    state: StateSchema,
    class: ClassSchema,
    agents: AgentsSchema,
    evidence: listOf(EvidenceSchema),
    cosigns: listOf(
      v.object({
        email: v.pipe(v.nullable(v.string()), v.description("Null where the co-sign cannot be read.")),
        proof: ProofSchema,
        valid: v.pipe(
          v.boolean(),
          v.description("Well-formed and in its place. Whether it verifies and counts depends on a policy."),
        ),
        record: v.exactOptional(
          v.pipe(v.string(), v.description("Of one in the ledger, whose signature is good: the id of the record.")),
        ),
      }),
    ),
    time: v.exactOptional(
      v.pipe(v.number(), v.description("When it was committed, in seconds since 1970; with `--show date`.")),
    ),
    branch: v.exactOptional(v.pipe(v.string(), v.description("By which branch it was reached; with `--show branch`."))),
    raw: v.exactOptional(
      v.pipe(
        v.object({ subject: v.exactOptional(Base64Schema), author: v.exactOptional(Base64Schema) }),
        v.description(`${RAW} The author is the whole line: name, address and time.`),
      ),
    ),
  }),
  v.description("A line of what `countersign log --format jsonl` prints. Fields may be added."),
);

export type LogEntry = v.InferOutput<typeof LogEntrySchema>;
