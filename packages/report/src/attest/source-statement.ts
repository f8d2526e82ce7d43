import { type AuditedLanding, formatTime, isSound } from "@countersign/core/internal";
import { landingToJson } from "../audit/audit-json.ts";
import type { LandingJson } from "../audit/audit-schema.ts";
import { type AttestedPlace, describePolicy, type Statement, toStatement, toSubject } from "./statement.ts";

/** Who attests, and when. */
export interface Verification {
  /** A URI for the one who ran the program. */
  readonly verifier: string;
  /** The version of the program. */
  readonly version: string;
  /** In seconds since 1970. */
  readonly now: number;
}

/** Where a predicate says why: producers may add fields whose names are URIs. */
const LANDING_FIELD = "urn:countersign:landing:v1";

/** A source verification summary (https://slsa.dev/spec/v1.2/source-requirements), in the fields that it uses. */
export interface SourceSummary {
  readonly verifier: { readonly id: string; readonly version: Readonly<Record<string, string>> };
  readonly timeVerified: string;
  readonly resourceUri: string;
  readonly policy: ReturnType<typeof describePolicy>;
  readonly verificationResult: "PASSED" | "FAILED";
  readonly verifiedLevels: readonly string[];
  readonly slsaVersion: "1.2";
  readonly [LANDING_FIELD]: LandingJson & { readonly commits: number; readonly assisted: number };
}

/** The summary of one landing: whether it met the policy that stood before it, as an audit says. */
export function sourceStatement(
  place: AttestedPlace,
  landing: AuditedLanding,
  { verifier, version, now }: Verification,
): Statement<SourceSummary> {
  const { policy, verdict, outcome } = landing;
  if (!policy) throw new Error("a landing that was judged had a policy before it");
  const passed = outcome === "allow";
  return toStatement(
    "https://slsa.dev/verification_summary/v1",
    [toSubject(place, verdict.update.new, { sourceRefs: [place.ref] })],
    {
      verifier: { id: verifier, version: { countersign: version } },
      timeVerified: formatTime(now),
      resourceUri: place.resource,
      policy: describePolicy(place, policy),
      verificationResult: passed ? "PASSED" : "FAILED",
      verifiedLevels: passed ? [NO_LEVEL, ...propertiesOf(landing)] : ["FAILED"],
      slsaVersion: "1.2",
      [LANDING_FIELD]: { ...landingToJson(landing), commits: verdict.commits, assisted: verdict.assisted },
    },
  );
}

/** A level has to be named, and what a higher one asks of the whole of a forge is not looked at. */
const NO_LEVEL = "SLSA_SOURCE_LEVEL_0";

/** What was shown of a landing, each by a name of its own. */
function propertiesOf(landing: AuditedLanding): readonly string[] {
  const { verdict, marked } = landing;
  // A policy that only warns lets pass what it would have refused, and in an emergency the review is due.
  if (!isSound(landing)) return [];
  const known = verdict.judged.filter(({ provenance, mechanical }) => provenance.state === "assisted" && !mechanical);
  // Those whose marks were lost are known by the ledger.
  const assisted = [...known, ...marked];
  // What proves a dispute counts for nothing else: nobody has co-signed such a commit as an agent's work.
  const undisputed = assisted.filter(({ dispute }) => !dispute?.requirement.met);
  const isCosigned = undisputed.every(
    ({ requirements }) => requirements.some(({ by }) => by.length > 0) && requirements.every(({ met }) => met),
  );
  return [
    ...(verdict.mode === "enforce" ? ["ORG_SOURCE_COUNTERSIGN_POLICY_MET"] : []),
    ...(assisted.length === 0 ? ["ORG_SOURCE_COUNTERSIGN_NO_AI_MARKS"] : []),
    ...(undisputed.length > 0 && isCosigned ? ["ORG_SOURCE_COUNTERSIGN_AI_COSIGNED"] : []),
  ];
}
