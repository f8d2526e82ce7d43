import {
  fingerprint,
  formatLines,
  NAMESPACE,
  type Policy,
  type PolicyInForce,
  parseSshSignature,
} from "@countersign/core";
import {
  type ChosenLanding,
  type CountedCosigner,
  decodeText,
  encodeBase64,
  findPersonByEmail,
  formatArmor,
  formatTime,
} from "@countersign/core/internal";
import type { CosignPredicate } from "./cosign-predicate-schema.ts";
import {
  type AttestedPlace,
  describePolicy,
  type Statement,
  type Subject,
  toStatement,
  toSubject,
} from "./statement.ts";

/** What a co-sign's predicate is; no address of the web, since nobody need be asked for it. */
export const COSIGN_PREDICATE = "urn:countersign:cosign:v1";

/** Co-signs that count for commits of a landing, one statement each, about all the commits that it counts for. */
export function cosignStatements(
  place: AttestedPlace,
  { landing, only }: ChosenLanding,
): readonly Statement<CosignPredicate>[] {
  const { policy, verdict, marked } = landing;
  if (!policy) return [];
  const found = new Map<string, { readonly by: Borne; readonly subjects: Map<string, Subject> }>();
  for (const { commit, requirements } of [...verdict.judged, ...marked]) {
    if (only && !only.has(commit)) continue;
    for (const cosigner of requirements.flatMap(({ by }) => by)) {
      const by = { cosigner, bearer: cosigner.merge ?? commit };
      const same = found.get(nameOf(by)) ?? { by, subjects: new Map<string, Subject>() };
      found.set(nameOf(by), same);
      same.subjects.set(commit, toSubject(place, commit, annotate(cosigner)));
    }
  }
  return [...found.values()].map(({ by, subjects }) => {
    const at = { place, policy, landed: verdict.update.new };
    return toStatement(COSIGN_PREDICATE, [...subjects.values()], toPredicate(by, at));
  });
}

/** A co-sign, and the commit that bears it, or that it is for. */
interface Borne {
  readonly cosigner: CountedCosigner;
  readonly bearer: string;
}

/** Tells one signature from another, whatever they are for. */
function nameOf({ cosigner: { where, signed }, bearer }: Borne): string {
  if (where.carrier === "ledger") return where.record;
  const line = where.carrier === "trailer" ? where.line : where.review;
  return `${bearer} ${line} ${signed?.signature ? encodeBase64(signed.signature) : ""}`;
}

/** How it speaks for one commit. One for an emergency or a dispute says so, as it counts for nothing else. */
function annotate({ signed, merge, reapplied }: CountedCosigner): Readonly<Record<string, unknown>> {
  const { emergency, dispute } = signed?.lines.blocks[signed.block - 1] ?? {};
  return {
    ...(signed && { block: signed.block }),
    ...(emergency !== undefined && { emergency }),
    ...(dispute !== undefined && { dispute }),
    ...(merge && { merge }),
    ...(reapplied && { reapplied: reapplied.map(decodeText) }),
  };
}

interface Landed {
  readonly place: AttestedPlace;
  readonly policy: PolicyInForce;
  readonly landed: string;
}

function toPredicate({ cosigner, bearer }: Borne, { place, policy, landed }: Landed): CosignPredicate {
  const { proof, time, signed } = cosigner;
  const reviewed = signed?.lines.head.reviewed;
  return {
    cosigner: describePerson(policy.policy, cosigner.email),
    proof,
    time: time === undefined ? null : formatTime(time),
    project: policy.policy.project ?? null,
    branch: place.ref,
    landing: { digest: { gitCommit: landed } },
    policy: describePolicy(place, policy),
    carrier: describeCarrier(cosigner, bearer, policy.policy),
    review: reviewed
      ? { forge: reviewed.forge, id: reviewed.review, head: reviewed.head, witness: reviewed.witness ?? null }
      : null,
    ...describeSigned(signed),
  };
}

function describePerson(policy: Policy, email: string): CosignPredicate["cosigner"] {
  const person = findPersonByEmail(policy, email);
  if (!person) throw new Error("a co-sign that counts is by somebody on the roster");
  return { name: person.name, email, level: person.level };
}

function describeCarrier({ where }: CountedCosigner, commit: string, { ledger }: Policy): CosignPredicate["carrier"] {
  if (where.carrier === "trailer") return { kind: "trailer", commit, line: where.line };
  if (where.carrier === "ledger") return { kind: "ledger", ref: ledger ?? "", record: where.record };
  throw new Error("what landed is judged without asking a forge");
}

function describeSigned(signed: CountedCosigner["signed"]): Pick<CosignPredicate, "key" | "signed"> {
  if (!signed?.signature) return { key: null, signed: null };
  const read = parseSshSignature(signed.signature);
  if (typeof read === "string") throw new Error(`a co-sign that counts ${read}`);
  return {
    key: { fingerprint: fingerprint(read.key), publicKey: read.key.text },
    signed: {
      namespace: NAMESPACE,
      lines: decodeText(formatLines(signed.lines)),
      signature: formatArmor(signed.signature),
    },
  };
}
