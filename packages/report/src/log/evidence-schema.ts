import { PROOFS } from "@countersign/core/internal";
import * as v from "valibot";

// The JSON of this program is said here and in the schemas beside it; types and published JSON Schemas follow from it.
// Fields may be added to it, so a reader should pass over what it does not know.

export function listOf<const Item extends v.GenericSchema>(item: Item) {
  return v.pipe(v.array(item), v.readonly());
}

export const OidSchema = v.pipe(
  v.string(),
  v.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/),
  v.description("A full object id in hex: 40 digits in a SHA-1 repository, 64 in a SHA-256 one."),
);

export const CodeSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Z]+(?:_[A-Z]+)*$/),
  v.description("A stable code; `countersign explain CODE` explains it. Codes may be added."),
);

export const SubjectSchema = v.pipe(
  v.string(),
  v.description("The first line of the message, up to 1024 bytes of it, unescaped."),
);

export const ProofSchema = v.pipe(
  v.picklist(PROOFS),
  v.description("A claim, a signature, or a signature by a key that asks for a touch."),
);

export const StateSchema = v.pipe(
  v.picklist(["assisted", "declared-human", "undeclared"]),
  v.description("Whether there is strong evidence of an AI, a person's word that there was none, or neither."),
);

const ASSISTANCE = ["authored", "suggestion", "message-only"] as const;

export const ClassSchema = v.pipe(
  v.nullable(v.picklist(ASSISTANCE)),
  v.description("The weightiest help that the strong evidence shows; null where there is none."),
);

export const AgentsSchema = v.pipe(
  listOf(v.string()),
  v.description("The agents of the strong evidence, by catalogue id, each once."),
);

export const EvidenceSchema = v.object({
  kind: v.picklist(["trailer", "identity", "footer", "session", "note", "checkpoint", "revert", "record"]),
  agent: v.pipe(v.string(), v.description("The agent's id in the catalogue, or `unknown`.")),
  where: v.pipe(
    v.string(),
    v.description("`author`, `committer`, `line 7` of the message, counted from 1, or a ref or file that records it."),
  ),
  text: v.pipe(v.string(), v.description("What stands there, unescaped.")),
  strength: v.pipe(v.picklist(["strong", "weak"]), v.description("Weak evidence is shown and decides nothing.")),
  class: v.picklist(ASSISTANCE),
  model: v.exactOptional(v.string()),
});

export const Base64Schema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]*={0,2}$/));

/** Why a commit's JSON can have a field `raw`. */
export const RAW = "Base64 of what is not UTF-8, and whose text has U+FFFD in it. Absent where all of it is.";
