import * as v from "valibot";
import { asciiLowerCase } from "../../bytes.ts";
import { stampKeys } from "../../provenance/attribution-keys.ts";
import { readPublicKey } from "../../ssh/public-key.ts";
import { COVERAGES, DISCLOSURES, MODES, PROOFS } from "../policy.ts";
import {
  AgentId,
  BranchPattern,
  Duration,
  Email,
  fields,
  flawless,
  KeyText,
  Label,
  listOf,
  PathPattern,
  Time,
  wholeNumber,
} from "./field-types.ts";

// What the fields mean together is checked in checks.ts; what they become, with every default, is in normalise.ts.

const Level = v.pipe(Label, v.description("A name in `levels`."));
const Mode = v.picklist(MODES);
const Limit = wholeNumber(1_000_000);

export const CosignSchema = fields({
  count: v.optional(v.pipe(wholeNumber(100), v.description("How many people must co-sign. Default: 1."))),
  level: v.optional(
    v.pipe(Label, v.description("The least level of each of them, a name in `levels`. Default: senior.")),
  ),
  proof: v.optional(
    v.pipe(
      v.picklist(PROOFS),
      v.description(
        "How sure a co-sign must be: a claim, a signature, or a signature by a key that wants a touch. Default: signed.",
      ),
    ),
  ),
  maxAge: v.optional(v.pipe(Duration, v.description("How old a signature may be when it lands. Default: 30d."))),
  coverage: v.optional(
    v.pipe(
      v.picklist(COVERAGES),
      v.description("Whether a co-signed merge vouches for the commits that it brings in. Default: commit."),
    ),
  ),
  self: v.optional(v.pipe(v.boolean(), v.description("Whether the author's own co-sign counts. Default: false."))),
});

export const PersonSchema = fields({
  name: v.pipe(
    Label,
    flawless((name) => (/[<>]/.test(name) ? "has < or >, which would end the name in a trailer" : undefined)),
    v.description("The name, for people to read."),
  ),
  emails: v.pipe(listOf(Email, "an address"), v.description("Whole addresses, compared without regard to ASCII case.")),
  level: Level,
  keys: v.optional(
    v.pipe(
      v.array(
        v.union([
          KeyText,
          fields({
            key: KeyText,
            validFrom: v.optional(v.pipe(Time, v.description("The key proves nothing before this time."))),
            validUntil: v.optional(v.pipe(Time, v.description("The key proves nothing from this time on."))),
          }),
        ]),
      ),
      v.description("The keys that this person signs with."),
    ),
  ),
});

export const ProtectionSchema = fields({
  branches: v.pipe(
    listOf(BranchPattern, "a branch"),
    v.description("Patterns of short branch names. The first entry that matches governs a branch."),
  ),
  cosign: v.optional(v.pipe(CosignSchema, v.description("What differs here from the `cosign` of the whole policy."))),
  accepts: v.optional(
    v.pipe(v.array(BranchPattern), v.description("What landed on these branches counts as judged here too.")),
  ),
  mode: v.optional(v.pipe(Mode, v.description("What differs here from the `mode` of the whole policy."))),
});

export const RuleSchema = fields({
  name: v.pipe(Label, v.description("How reports name the rule.")),
  paths: v.optional(
    v.pipe(listOf(PathPattern, "a path"), v.description("Applies to changed paths that match one of these patterns.")),
  ),
  deletes: v.optional(
    v.pipe(fields({ files: Limit }), v.description("Applies to commits that delete more files than this.")),
  ),
  changes: v.optional(
    v.pipe(
      fields({ files: v.optional(Limit), lines: v.optional(Limit) }),
      v.description("Applies to commits that change more files, or add and delete more lines, than this."),
    ),
  ),
  authors: v.optional(v.pipe(fields({ level: Level }), v.description("Applies to authors of at least this level."))),
  agents: v.optional(
    v.pipe(listOf(AgentId, "an agent"), v.description("Applies where one of these agents took part.")),
  ),
  cosign: v.optional(v.pipe(CosignSchema, v.description("The fields of the requirement that this rule sets."))),
  deny: v.optional(v.pipe(Label, v.description("Why such a commit is refused, whoever co-signs it."))),
});

export const AgentSchema = fields({
  id: v.pipe(AgentId, v.description("How rules and reports name the agent.")),
  name: v.optional(v.pipe(Label, v.description("The name, for people to read. Default: the id."))),
  emails: v.pipe(listOf(Email, "an address"), v.description("Addresses that the agent commits with.")),
});

export const DisputesSchema = fields({ level: Level });

export const LevelsSchema = listOf(Label, "a level");

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
        v.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "is no full commit id, which has 40 or 64 lower-case hex digits"),
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
        v.regex(/^[A-Za-z0-9-]+$/, "is no key of a trailer"),
        flawless((key) => {
          if (/^co-sign(?:ed-by|ature)$/i.test(key)) return "is the key of a co-sign";
          return stampKeys.has(asciiLowerCase(key)) ? undefined : `is none that is read: ${[...stampKeys].join(", ")}`;
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
    disclosure: v.optional(
      v.pipe(
        v.picklist(DISCLOSURES),
        v.description(
          "Whether a commit must say how it was made. Not asked of merges that take each file from a parent. Default: optional.",
        ),
      ),
    ),
    mode: v.optional(
      v.pipe(Mode, v.description("Whether a broken rule stops a push or is only told. Default: enforce.")),
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
export type CosignFile = v.InferOutput<typeof CosignSchema>;
export type PersonFile = v.InferOutput<typeof PersonSchema>;
export type ProtectionFile = v.InferOutput<typeof ProtectionSchema>;
export type RuleFile = v.InferOutput<typeof RuleSchema>;
export type AgentFile = v.InferOutput<typeof AgentSchema>;
