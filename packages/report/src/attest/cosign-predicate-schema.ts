import { FORGES } from "@countersign/core/internal";
import * as v from "valibot";
import { OidSchema, ProofSchema } from "../log/evidence-schema.ts";

const CarrierSchema = v.variant("kind", [
  v.object({
    kind: v.literal("trailer"),
    commit: v.pipe(OidSchema, v.description("The commit in whose message it stands.")),
    line: v.pipe(v.number(), v.integer(), v.description("The line of the message, counted from 1.")),
  }),
  v.object({
    kind: v.literal("ledger"),
    ref: v.pipe(v.string(), v.description("The full name of the ledger's branch.")),
    record: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/), v.description("SHA-256 of the signed lines.")),
  }),
]);

const SignedSchema = v.object({
  namespace: v.pipe(v.literal("countersign@v1"), v.description("Of the signature, for `ssh-keygen -Y verify -n`.")),
  lines: v.pipe(v.string(), v.description("What was signed, byte for byte, in UTF-8.")),
  signature: v.pipe(v.string(), v.description("As `ssh-keygen -Y sign` writes it.")),
});

/** The predicate of a co-sign. */
export const CosignPredicateSchema = v.pipe(
  v.object({
    cosigner: v.pipe(
      v.object({ name: v.string(), email: v.string(), level: v.string() }),
      v.description("Who co-signed, as the policy's roster has them."),
    ),
    proof: ProofSchema,
    time: v.pipe(v.nullable(v.string()), v.description("When, in UTC; null where it is declared alone.")),
    project: v.pipe(v.nullable(v.string()), v.description("As the policy names it; null where it names none.")),
    branch: v.pipe(v.string(), v.description("The full name of the branch that the commits landed on.")),
    landing: v.pipe(
      v.object({ digest: v.object({ gitCommit: OidSchema }) }),
      v.description("Where the branch stood after they landed."),
    ),
    policy: v.pipe(
      v.object({ uri: v.string(), digest: v.object({ gitBlob: OidSchema }) }),
      v.description("The policy that it counts by: the one that stood before they landed."),
    ),
    carrier: v.pipe(CarrierSchema, v.description("Where it is kept.")),
    review: v.pipe(
      v.nullable(
        v.object({ forge: v.picklist(FORGES), id: v.string(), head: OidSchema, witness: v.nullable(v.string()) }),
      ),
      v.description("The approval on a forge that a witness wrote down; null where the person signed."),
    ),
    key: v.pipe(
      v.nullable(v.object({ fingerprint: v.string(), publicKey: v.string() })),
      v.description("The key that signed, a witness's where there is a review; null where it is declared alone."),
    ),
    signed: v.pipe(
      v.nullable(SignedSchema),
      v.description("All that it takes to check it; null where it is declared alone."),
    ),
  }),
  v.description(
    "The predicate of the type urn:countersign:cosign:v1: a co-sign that counts for the statement's subjects. Fields may be added.",
  ),
);

export type CosignPredicate = v.InferOutput<typeof CosignPredicateSchema>;
