import { CODES, type Decision } from "@countersign/core";
import { EXIT_CODES, type ExplainedCode } from "@countersign/core/internal";
import { decisionToJson } from "./decision-json.ts";
import { type Finding, findingOf, findingsOfUpdate, linesOfFinding } from "./finding.ts";

/** What a decision can hold. The rules of a log have one place each, whatever was found. */
const RULES = CODES.filter(({ kind }) => kind !== "advice" && kind !== "doctor");
const RULE_INDEX: ReadonlyMap<string, number> = new Map(RULES.map(({ code }, index) => [code, index]));

/** A decision as a log of SARIF 2.1.0, as plain data. `version` is the program's. */
export function decisionToSarif(decision: Decision, { version }: { readonly version: string }) {
  return toSarif([decisionToRun(decision, { version, of: decision.updates.map(({ update }) => update.ref) })]);
}

/** Runs as one log. */
export function toSarif(runs: readonly ReturnType<typeof decisionToRun>[]) {
  return { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs };
}

/** A decision as one run of several. `of` names what was judged. */
export function decisionToRun(
  decision: Decision,
  { version, of }: { readonly version: string; readonly of: readonly string[] },
) {
  const { outcome, policy } = decisionToJson(decision);
  return {
    tool: {
      driver: {
        name: "countersign",
        semanticVersion: version,
        informationUri: "https://github.com/countersign/countersign",
        rules: RULES.map(toRule),
      },
    },
    // One upload must not hold two runs of a tool that have the same; what stands behind the last slash is the run's own.
    automationDetails: { id: `${["countersign", ...new Set(of)].join("/")}/` },
    invocations: [{ executionSuccessful: outcome !== "undecided", exitCode: EXIT_CODES[outcome], ...notify(decision) }],
    results: decision.updates.flatMap((verdict) => findingsOfUpdate(decision, verdict)).map(toResult),
    properties: { outcome, policy },
  };
}

/** What kept the program from judging at all is about no commit and no file, and so no result. */
function notify({ fault }: Decision) {
  if (!fault) return {};
  const finding = findingOf(fault);
  const text = message(linesOfFinding(finding).join("\n"));
  return { toolExecutionNotifications: [{ level: finding.level, descriptor: { id: fault.code }, message: { text } }] };
}

function toRule({ code, kind, means, example }: ExplainedCode) {
  const help = `${means}\n\nExample: ${example.what}\nwhy: ${example.why}\nfix: ${example.fix}`;
  return {
    id: code,
    shortDescription: { text: message(means) },
    fullDescription: { text: message(`${means} For example: ${example.what}.`) },
    help: { text: message(help) },
    defaultConfiguration: { level: kind === "notice" ? "warning" : "error" },
    properties: { kind, tags: ["countersign", "provenance"] },
  };
}

function toResult(finding: Finding) {
  const { code, level, file, ref, commit, fingerprint } = finding;
  return {
    ruleId: code,
    ruleIndex: RULE_INDEX.get(code) ?? -1,
    level,
    message: { text: message(linesOfFinding(finding).join("\n")) },
    locations: [
      {
        // Code scanning shows nothing that has no file.
        physicalLocation: {
          artifactLocation: { uri: relativeUri(file), uriBaseId: "%SRCROOT%" },
          region: { startLine: 1 },
        },
        logicalLocations: [
          commit === undefined
            ? { name: ref, kind: "ref" }
            : { name: commit, fullyQualifiedName: `${ref}/${commit}`, kind: "commit" },
        ],
      },
    ],
    partialFingerprints: {
      "countersignFinding/v1": fingerprint,
      // The one that GitHub compares; made from the line of a file it would be one for many commits.
      primaryLocationLineHash: `${fingerprint.slice(0, 16)}:1`,
    },
  };
}

/** In a message braces hold the place of arguments, and `[text](target)` is a link: quoted text must be neither. */
function message(text: string): string {
  return text.replace(/[{}]/g, "$&$&").replaceAll("](", "] (");
}

function relativeUri(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
