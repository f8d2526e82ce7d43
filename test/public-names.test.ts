import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./rig/suite/bins.ts";

/** Every name that a published library exports. Others build on them: one is added, or taken away, on purpose. */
const PUBLIC: Readonly<Record<string, string>> = {
  core: `
    Account Block Change changeDigest ChangeOptions Code CODES Commit COMMIT_BYTES_READ CommitChanges CommitParents
    CommitRange CommitVerdict ConfiguredRepository Cosigns CountersignError Decision describeRequirement
    Destination detectInMessage detectProvenance Evidence Forge explainCode explainViolation fingerprint formatLines
    isCountersignError isObjectId JudgedCommit JudgedPush JudgeOptions judgePush JudgeRangeOptions LoggedCommit
    NAMESPACE ObjectFormat ObjectId OpenRepository parseCommit parseObjectId parsePolicyFile parseSshSignature
    parseTrailers pathsDigest Policy PolicyInForce PolicyPlace Provenance Push RawCommit readCosigns readPolicy
    readPublicKey RefTip RefUpdate Repository Requirement Review ReviewedHead ReviewedOnForge Reviewer SignedBranch SignedHead SignedLines Trailer TreeEntry UpdateVerdict verifySignature
    Violation`,
  report: `
    AttestedPlace AUDIT_FORMATS AuditFormat AuditedRepository AuditOfOne comparisonToJson cosignStatements DSSE_NAMESPACE preAuthEncoding sourceStatement Statement toEnvelope toResourceUri Verification DecisionJson decisionToGitlab decisionToJson decisionToSarif escapeLine escapeText field formatAudits mergeAudits
    formatAuditReport formatCode formatCodes formatComparison formatDecision formatExplanation formatGithub formatJson formatJunit
    formatKeys formatLogEntry formatLogLine formatMarkdown formatMessage formatPolicyCheck formatPolicyTests
    formatReport formatSimulation formatUnenforced LogEntry openLog Paint PLAIN PolicyCheck policyCheckToJson
    policyTestsToJson REPORT_FORMATS ReportFormat ReportOptions simulationToJson spellForStatus statusName TestedFile wrapText formatWaiting LogShown shellWord WaitingBranch
    WaitingList waitingToJson wrapLines formatOverview gatherOverview OVERVIEW_FORMATS Overview`,
  git: `
    OpenOptions openRepository`,
  isomorphic: `
    OpenOptions openRepository`,
};

describe.each(Object.entries(PUBLIC))("@countersign/%s", (folder, listed) => {
  const entry = readFileSync(join(ROOT, "packages", folder, "src/index.ts"), "utf8");
  const EXPORT = /^export (?:type )?\{([^}]*)\} from "[^"]+";\n/gms;

  it("exports the names that are listed here, and no others", () => {
    const names = [...entry.matchAll(EXPORT)].flatMap(([, list = ""]) => list.match(/\w+(?=\s*(?:,|$))/g) ?? []);
    expect(names.sort()).toEqual((listed.match(/\w+/g) ?? []).sort());
  });

  it("exports each by its name", () => {
    expect(entry.replace(EXPORT, "")).toBe("");
  });
});
