import type { Decision, ObjectId, UpdateVerdict } from "@countersign/core";
import XmlBuilder from "fast-xml-builder";
import { escapeText } from "../text/escape.ts";
import { nameCommit, namePolicy } from "./decision-text.ts";
import { type Finding, findingOf, findingsOfUpdate, linesOfFinding } from "./finding.ts";

const builder = new XmlBuilder({
  attributeNamePrefix: "@",
  ignoreAttributes: false,
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});

/**
 * A decision as a JUnit report: a suite for each update, with a test case for each commit that was judged by itself,
 * one for the update as a whole and one for each fault; a suite of one fault where that kept all from being judged. Under `warn` what is wrong stands in a case that passes.
 */
export function formatJunit(decision: Decision): string {
  const suites = decision.updates.map((verdict) => toSuite(decision, verdict));
  if (decision.fault)
    suites.push(suiteOf("countersign", decision, [faultCase("countersign", findingOf(decision.fault))]));
  const sum = (key: "@tests" | "@failures" | "@errors"): number => suites.reduce((all, suite) => all + suite[key], 0);
  const counts = { "@tests": sum("@tests"), "@failures": sum("@failures"), "@errors": sum("@errors") };
  const document = {
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    testsuites: { "@name": "countersign", ...counts, "@time": "0", testsuite: suites },
  };
  return `${builder.build(document).trim()}\n`;
}

function toSuite(decision: Decision, verdict: UpdateVerdict) {
  const { update, judged, commits, assisted } = verdict;
  const ref = xmlText(escapeText(update.ref));
  const violations = new Map<ObjectId | undefined, Finding[]>(judged.map(({ commit }) => [commit, []]));
  // A breach at the tip may name a commit that was not judged by itself; it is one of the update then.
  const ofUpdate: Finding[] = [];
  const faults: Finding[] = [];
  for (const found of findingsOfUpdate(decision, verdict)) {
    const place = found.kind === "fault" ? faults : (violations.get(found.commit) ?? ofUpdate);
    place.push(found);
  }
  const cases = [
    toCase(ref, `the update as a whole: ${commits} new, ${assisted} AI-assisted`, "failure", ofUpdate),
    ...judged.map((one) => toCase(ref, nameCommit(one.commit, one), "failure", violations.get(one.commit) ?? [])),
    ...faults.map((fault) => faultCase(ref, fault)),
  ];
  return suiteOf(ref, decision, cases);
}

function suiteOf(name: string, decision: Decision, cases: readonly TestCase[]) {
  return {
    "@name": name,
    "@tests": cases.length,
    "@failures": cases.filter((one) => "failure" in one).length,
    "@errors": cases.filter((one) => "error" in one).length,
    "@skipped": 0,
    "@time": "0",
    properties: { property: { "@name": "policy", "@value": policyOf(decision) } },
    testcase: cases,
  };
}

type TestCase = ReturnType<typeof toCase>;

function faultCase(classname: string, fault: Finding): TestCase {
  return toCase(classname, `${fault.code}: could not be judged`, "error", [fault]);
}

function policyOf({ policy }: Decision): string {
  return policy ? xmlText(namePolicy(policy)) : "none";
}

function toCase(classname: string, name: string, outcome: "failure" | "error", findings: readonly Finding[]) {
  const head = { "@classname": classname, "@name": xmlText(name), "@time": "0" };
  const [first] = findings;
  if (!first) return head;
  const text = xmlText(findings.map((found) => [found.code, ...linesOfFinding(found)].join("\n")).join("\n\n"));
  const mild = findings.some(({ kind }) => kind !== "notice") ? "would be refused (mode: warn)\n" : "";
  if (first.level === "warning") return { ...head, "system-out": `${mild}${text}` };
  const what = xmlText(escapeText(first.what));
  return { ...head, [outcome]: { "@message": what, "@type": first.code, "#text": text } };
}

/** XML 1.0 cannot hold these two, not even written as a number; the controls that it cannot hold are escaped before. */
function xmlText(text: string): string {
  return text.replace(/[\ufffe\uffff]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}
