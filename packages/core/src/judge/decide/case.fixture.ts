import { NOBODY } from "../../cosign/authors.ts";
import type { RefusedClaim } from "../../cosign/claim.ts";
import type { ReviewedOnForge } from "../../cosign/lines.ts";
import type { CheckedSignature, VerifiedClaim } from "../../cosign/verify.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Person, PersonKey, Policy } from "../../policy/policy.ts";
import { DEFAULT_REQUIREMENT, type Requirement } from "../../policy/requirement.ts";
import type { Ask, Case } from "../gather/case.ts";
import { NO_RELATIONS, type Relations } from "../relate/relations.ts";
import { decide } from "./decide.ts";
import type { CommitVerdict } from "./verdict.ts";

// Cases written by hand: what a commit is asked and what it has to show, without a repository and without a signature.

export const NOW = 1_800_000_000;
export const DAY = 86_400;
export const COMMIT = "c".repeat(40) as ObjectId;
export const OTHER = "d".repeat(40) as ObjectId;

/** A key of the roster; `revoked` is a key that the policy revokes. */
export function key(text: string, valid: { readonly from?: number; readonly until?: number } = {}): PersonKey {
  return {
    type: "ssh-ed25519",
    text,
    blob: new TextEncoder().encode(text),
    validFrom: valid.from,
    validUntil: valid.until,
  };
}

const person = (name: string, level: string, ...more: readonly string[]): Person => ({
  name,
  emails: [`${name}@acme.example`, ...more],
  level,
  keys: [],
  accounts: [],
});

export const ADA = person("ada", "senior", "ada@home.example");
export const GRACE = person("grace", "principal");
export const JIM = person("jim", "junior");

/** What of a policy deciding looks at. */
export const POLICY = {
  levels: new Map([
    ["junior", 0],
    ["senior", 1],
    ["principal", 2],
  ]),
  people: [ADA, GRACE, JIM],
  peopleByEmail: new Map([ADA, GRACE, JIM].flatMap((each) => each.emails.map((email) => [email, each]))),
  agents: [],
  exempt: [],
  revoked: new Set(["revoked"]),
  disputes: undefined,
} as unknown as Policy;

/** A claim of a person, with signatures or declared alone. */
export function claim(who: Person | string, signatures: readonly CheckedSignature[] = [], line = 4): VerifiedClaim {
  const where = { carrier: "trailer", line } as const;
  if (typeof who === "string") return { bearer: COMMIT, email: who, where, person: undefined, signatures };
  return { bearer: COMMIT, email: who.emails[0] ?? "", where, person: who, signatures };
}

/** A signature that verifies. */
export function signed(
  id: string,
  { age = DAY, by = key("k"), touched = false }: { age?: number; by?: PersonKey; touched?: boolean } = {},
) {
  return { key: by, result: { id, time: NOW - age, proof: touched ? "hardware" : "signed" } } as const;
}

/** One that verifies, over the work of these people. */
export function signedFor(...authors: readonly string[]): CheckedSignature {
  return approving({ authors });
}

interface Approving {
  readonly authors?: readonly string[];
  /** Of a whole branch: how many commits it is. */
  readonly commits?: number;
  readonly reviewed?: ReviewedOnForge;
}

/** One that verifies, with all that it approves. */
export function approving({ authors = ["bob@acme.example"], commits, reviewed }: Approving): CheckedSignature {
  const { key: by, result } = signed("for");
  const digests = { change: "0".repeat(64), paths: "0".repeat(64) };
  const block = { ...digests, parents: 1, otherParents: [], authors, ...(commits !== undefined && { commits }) };
  const head = {
    project: undefined,
    branches: [],
    cosigner: authors[0] ?? "",
    time: "",
    ...(reviewed && { reviewed }),
  };
  const approval = {
    base: undefined,
    block,
    changes: [],
    authors: new Map(authors.map((email) => [email, "author"] as const)),
    signed: { lines: { head, blocks: [block] }, block: 1, signature: undefined },
  };
  return { key: by, result: { ...result, proof: reviewed ? "reviewed" : "signed", approval } };
}

/** A signature over something else. */
export function mismatched(by: PersonKey = key("k")): CheckedSignature {
  const data = { email: "ada@acme.example", line: 4, reason: "the signature is not over it" };
  return { key: by, result: { code: "COSIGN_MISMATCH", data } };
}

/** What assisted work is asked. */
export function ask(needs: Partial<Requirement> = {}, rules: readonly string[] = []): Ask {
  return { requirement: { ...DEFAULT_REQUIREMENT, ...needs }, rules, why: "assisted" };
}

interface Written extends Partial<Omit<Case, "summary">> {
  readonly commit?: ObjectId;
}

/** A case of Bob's assisted commit. */
export function written({ commit = COMMIT, ...parts }: Written): Case {
  const provenance = { state: "assisted", class: "authored", agents: ["kiro"], evidence: [] } as const;
  const summary = { commit, subject: "Retry uploads", provenance };
  const none = { denials: [], breaches: [], claims: [], mismatches: [], refused: [] };
  const { authors = NOBODY } = parts;
  return { summary, authors, makers: authors, asks: [ask()], ...none, ...parts };
}

export interface Around {
  readonly relations?: Partial<Relations>;
  readonly now?: number;
  readonly policy?: Partial<Policy>;
}

/** The verdict over one case. */
export function verdictOn(of: Written, { relations = {}, now = NOW, policy = {} }: Around = {}): CommitVerdict {
  const [verdict] = decide({ ...POLICY, ...policy }, [written(of)], { ...NO_RELATIONS, ...relations }, () => now);
  if (!verdict) throw new Error("a case has a verdict");
  return verdict;
}

/** What is wrong with it. */
export function codesOf(of: Written, around?: Around): readonly string[] {
  return verdictOn(of, around).violations.map(({ code }) => code);
}

export const INVALID: RefusedClaim = {
  code: "COSIGN_INVALID",
  where: { carrier: "trailer", line: 7 },
  problem: "it is not valid UTF-8",
};
