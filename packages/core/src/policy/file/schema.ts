import * as v from "valibot";
import { asciiLowerCase } from "../../bytes.ts";
import { stampKeys } from "../../provenance/message/attribution-keys.ts";
import { readPublicKey } from "../../ssh/public-key.ts";
import { DISCLOSURES } from "../policy.ts";
import { Email, fields, flawless, LedgerBranch, listOf } from "./field-types.ts";
import {
  AgentSchema,
  CosignSchema,
  DisputesSchema,
  EmergencySchema,
  LevelsSchema,
  ModeSchema,
  PersonSchema,
  ProtectionSchema,
  RuleSchema,
  WitnessSchema,
} from "./part-schemas.ts";

// What the fields mean together is checked in checks.ts; what they become, with every default, is in normalise.ts.

/** The whole policy file. The type of its content and the published JSON Schema both follow from this. */
export const PolicySchema = v.pipe(
  fields({
    $schema: v.optional(v.pipe(v.string(), v.description("Where an editor finds the schema of this file."))),
    version: v.pipe(v.literal(1), v.description("The version of this file's format.")),
    project: v.optional(
      v.pipe(
        v.string(),
        // In a signature, `-` stands for no project.
        v.regex(/^(?!-$)[!-~]{1,200}$/, "is not 1 to 200 ASCII characters without blanks, or is -"),
        v.description("Goes into every signature, so that none counts in another project."),
      ),
    ),
    baseline: v.optional(
      v.pipe(
        v.string(),
        v.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "is not a full commit id, which has 40 or 64 lower-case hex digits"),
        v.description("History up to this commit is not judged."),
      ),
    ),
    levels: v.optional(
      v.pipe(
        LevelsSchema,
        v.description("The levels of people, lowest first. Default: junior, mid, senior, principal."),
      ),
    ),
    people: v.optional(v.pipe(v.array(PersonSchema), v.description("The roster: who may co-sign."))),
    revoked: v.optional(
      v.pipe(
        v.array(
          v.pipe(
            v.string(),
            flawless((text) => {
              if (/^SHA256:[A-Za-z0-9+/]{43}$/.test(text)) return undefined;
              const key = readPublicKey(text);
              return typeof key === "string"
                ? `${key}, or give a fingerprint such as ssh-keygen -l prints: SHA256:…`
                : undefined;
            }),
          ),
        ),
        v.description("Public keys, or their SHA256 fingerprints, that prove nothing any more."),
      ),
    ),
    witnesses: v.optional(
      v.pipe(
        v.array(WitnessSchema),
        v.description("Keys that may write down in the ledger what a forge says of a review."),
      ),
    ),
    ledger: v.optional(
      v.pipe(
        LedgerBranch,
        v.description(
          "The branch that holds co-signs beside the commits, such as countersign/ledger. Without it there are only those in commits.",
        ),
      ),
    ),
    protect: v.pipe(
      v.array(ProtectionSchema),
      v.minLength(1, "is empty, so nothing would be protected"),
      v.description("The branches that are guarded."),
    ),
    cosign: v.optional(v.pipe(CosignSchema, v.description("What an AI-assisted commit needs."))),
    policyChange: v.optional(v.pipe(CosignSchema, v.description("What a change of this file needs beyond `cosign`."))),
    stamp: v.optional(
      v.pipe(
        v.string(),
        v.regex(/^[A-Za-z0-9-]+$/, "cannot be the key of a trailer"),
        flawless((key) => {
          if (/^co-sign(?:ed-by|ature)$/i.test(key)) return "is the key of a co-sign";
          return stampKeys.has(asciiLowerCase(key))
            ? undefined
            : `is not one that is read: ${[...stampKeys].join(", ")}`;
        }),
        v.description("The trailer that the commit hooks write. Default: Assisted-by."),
      ),
    ),
    rules: v.optional(v.pipe(v.array(RuleSchema), v.description("Applied in order; later fields win."))),
    disputes: v.optional(
      v.pipe(
        DisputesSchema,
        v.description(
          "Who can override a wrong mark of AI: with the trailer `Assisted-by: none (reason)` in its message, a commit needs one co-sign, by a person of at least this level, who may be its author, instead of what it would need otherwise. Default: nobody; then such a trailer changes nothing.",
        ),
      ),
    ),
    emergency: v.optional(
      v.pipe(
        EmergencySchema,
        v.description(
          "What may land before its review: a commit with the trailer `Emergency: <reason>` needs, instead of what it would need otherwise, the signature of one person of at least `level`, who may be its author, over this very reason. `audit` fails after `reviewWithin` until the usual co-signs are given. Never a change of the policy file. Default: nothing; then such a trailer changes nothing.",
        ),
      ),
    ),
    disclosure: v.optional(
      v.pipe(
        v.picklist(DISCLOSURES),
        v.description(
          "Whether a commit must say how it was made. Not asked of merges that take each file from a parent. Default: optional.",
        ),
      ),
    ),
    mode: v.optional(
      v.pipe(ModeSchema, v.description("Whether a broken rule stops a push or is only reported. Default: enforce.")),
    ),
    agents: v.optional(v.pipe(v.array(AgentSchema), v.description("Agents beyond the built-in catalogue."))),
    exempt: v.optional(v.pipe(v.array(Email), v.description("Addresses that never count as an agent's."))),
    assisted: v.optional(
      v.pipe(
        listOf(v.picklist(["authored", "suggestion", "message-only"]), "a class of help"),
        v.description("The classes of help that make a commit an assisted one. Default: authored, suggestion."),
      ),
    ),
    evidence: v.optional(
      v.pipe(
        fields({
          gitAiNotes: v.optional(
            v.pipe(
              v.boolean(),
              v.description(
                "Whether notes of git-ai are read, refs/notes/ai and refs/notes/ai-remote. Default: false.",
              ),
            ),
          ),
          entireCheckpoints: v.optional(
            v.pipe(
              v.boolean(),
              v.description(
                "Whether checkpoints of Entire, named by a commit, are asked which agent it was. Default: false.",
              ),
            ),
          ),
          agentTrace: v.optional(
            v.pipe(
              v.boolean(),
              v.description("Whether records of Agent Trace, .agent-trace/traces.jsonl, are read. Default: false."),
            ),
          ),
        }),
        v.description(
          "Other recorders whose evidence counts, where it is here already: nothing is fetched, and its absence proves nothing.",
        ),
      ),
    ),
  }),
  v.description("The policy of countersign: who must co-sign what before it lands on a protected branch."),
);

export type PolicyFile = v.InferOutput<typeof PolicySchema>;
