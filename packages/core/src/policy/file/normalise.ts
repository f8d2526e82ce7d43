import { asciiLowerCase } from "../../bytes.ts";
import { parseObjectId } from "../../object/oid.ts";
import { branchName, branchRef } from "../../ref.ts";
import { type PublicKey, readPublicKey } from "../../ssh/public-key.ts";
import { FORGES, type Forge, type RosterAccount } from "../accounts.ts";
import { normaliseConditions } from "../conditions/rule-conditions.ts";
import { compileGlob } from "../glob/glob.ts";
import { DEFAULT_LEVELS, rankLevels } from "../levels.ts";
import type { Person, PersonKey, Policy, PolicyAgent, Protection, RecorderChoice, Rule, Witness } from "../policy.ts";
import { DEFAULT_REQUIREMENT, type RequirementOverride } from "../requirement.ts";
import type {
  AccountFile,
  AgentFile,
  CosignFile,
  KeyFile,
  PersonFile,
  ProtectionFile,
  RuleFile,
  WitnessFile,
} from "./part-schemas.ts";
import type { PolicyFile } from "./schema.ts";

const SECONDS = { m: 60, h: 60 * 60, d: 24 * 60 * 60, w: 7 * 24 * 60 * 60 } as const;

/** The policy that a well-formed and checked file means. */
export function normalisePolicy(file: PolicyFile): Policy {
  const people = (file.people ?? []).map(person);
  const mode = file.mode ?? "enforce";
  return {
    project: file.project,
    baseline: file.baseline === undefined ? undefined : parseObjectId(file.baseline),
    levels: rankLevels(file.levels ?? DEFAULT_LEVELS),
    people,
    peopleByEmail: new Map(people.flatMap((owner) => owner.emails.map((email) => [email, owner] as const))),
    peopleByKey: new Map(people.flatMap((owner) => owner.keys.map(({ text }) => [text, owner] as const))),
    revoked: new Set((file.revoked ?? []).map((text) => (text.startsWith("SHA256:") ? text : publicKey(text).text))),
    witnesses: (file.witnesses ?? []).map(witness),
    ledger: file.ledger === undefined ? undefined : ledgerRef(file.ledger),
    protect: file.protect.map((entry) => protection(entry, mode)),
    cosign: { ...DEFAULT_REQUIREMENT, ...requirementOverride(file.cosign) },
    policyChange: requirementOverride(file.policyChange),
    stamp: file.stamp ?? "Assisted-by",
    rules: (file.rules ?? []).map(rule),
    disputes: file.disputes,
    emergency: file.emergency && {
      ...file.emergency,
      reviewWithin: durationSeconds(file.emergency.reviewWithin),
    },
    disclosure: file.disclosure ?? "optional",
    mode,
    agents: (file.agents ?? []).map(agent),
    exempt: new Set((file.exempt ?? []).map(asciiLowerCase)),
    assisted: new Set(file.assisted ?? ["authored", "suggestion"]),
    evidence: recorders(file.evidence),
  };
}

/** The policy that says nothing but that a branch is protected: everything else is as it is by default. */
export function defaultPolicy(branch: string): Policy {
  // No character of a pattern can stand in a branch's name.
  return normalisePolicy({ version: 1, protect: [{ branches: [branch] }] });
}

/** The full name of a ledger that a file names by its short or its full name. */
export function ledgerRef(name: string): string {
  return branchRef(branchName(name) ?? name);
}

/** The fields that a `cosign` sets, with its duration in seconds. */
export function requirementOverride({ maxAge, ...fields }: CosignFile = {}): RequirementOverride {
  const override = maxAge === undefined ? fields : { ...fields, maxAge: durationSeconds(maxAge) };
  return override as RequirementOverride;
}

/** The seconds of a duration such as `30d`. */
export function durationSeconds(text: string): number {
  return Number.parseInt(text, 10) * SECONDS[text.slice(-1) as keyof typeof SECONDS];
}

function person({ name, emails, level, keys = [], ...logins }: PersonFile): Person {
  const accounts = FORGES.flatMap((forge) => {
    const account = logins[forge];
    return account === undefined ? [] : [rosterAccount(forge, account)];
  });
  return { name, emails: emails.map(asciiLowerCase), level, keys: keys.map(personKey), accounts };
}

/** An account that a file names by its login alone, or with its number. */
export function rosterAccount(forge: Forge, account: AccountFile): RosterAccount {
  const { login, id } = typeof account === "string" ? { login: account } : account;
  return { forge, login: asciiLowerCase(login), ...(id !== undefined && { id }) };
}

function witness({ name, keys }: WitnessFile): Witness {
  return { name, keys: keys.map(personKey) };
}

/** A key that a file names by its line alone, or with its times. */
export function personKey(key: KeyFile): PersonKey {
  if (typeof key === "string") return { ...publicKey(key), validFrom: undefined, validUntil: undefined };
  return { ...publicKey(key.key), validFrom: epochSeconds(key.validFrom), validUntil: epochSeconds(key.validUntil) };
}

function publicKey(line: string): PublicKey {
  const key = readPublicKey(line);
  if (typeof key === "string") throw new TypeError(`the schema let a key pass that ${key}`);
  return key;
}

function epochSeconds(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time) / 1000;
}

function protection({ branches, cosign, accepts = [], mode }: ProtectionFile, policyMode: Policy["mode"]): Protection {
  return {
    branches: branches.map(compileGlob),
    cosign: requirementOverride(cosign),
    accepts: accepts.map(compileGlob),
    mode: mode ?? policyMode,
  };
}

function rule({ name, cosign, deny, ...conditions }: RuleFile): Rule {
  return { name, when: normaliseConditions(conditions), cosign: requirementOverride(cosign), deny };
}

function recorders({
  gitAiNotes = false,
  entireCheckpoints = false,
  agentTrace = false,
}: PolicyFile["evidence"] = {}): RecorderChoice {
  return { gitAiNotes, entireCheckpoints, agentTrace };
}

function agent({ id, name = id, emails }: AgentFile): PolicyAgent {
  return { id, name, emails: emails.map(asciiLowerCase) };
}
