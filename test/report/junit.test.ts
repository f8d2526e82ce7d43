import type { Decision } from "@countersign/core";
import { formatJunit } from "@countersign/report";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readXml, type XmlElement } from "../rig/text/read-xml.ts";
import {
  ALLOWED,
  about,
  decision,
  FIRST,
  missing,
  NEW,
  NO_COSIGN,
  REFUSED,
  UNDECIDED,
  UNJUDGED,
  update,
  WARNED,
} from "./sample-decision.ts";

function suiteOf(decided: Decision): { suite: XmlElement; cases: XmlElement[] } {
  const [suite] = readXml(formatJunit(decided)).children;
  if (!suite) throw new Error("the report has no suite");
  return { suite, cases: suite.children.filter(({ name }) => name === "testcase") };
}

describe("a JUnit report", () => {
  it("has a test case for each commit that was judged, and one for the update", () => {
    const { suite, cases } = suiteOf(REFUSED);
    expect(suite.attributes).toMatchObject({ name: "refs/heads/main", tests: "3", failures: "1", errors: "0" });
    expect(cases.map(({ attributes, children }) => [attributes["name"], children.map(({ name }) => name)])).toEqual([
      ["the update as a whole: 2 new, 2 AI-assisted", []],
      ['1f1f1f1f1f1f "Retry uploads"', ["failure"]],
      ['2e2e2e2e2e2e "Add retries"', []],
    ]);
    const [failure] = cases[1]?.children ?? [];
    expect(failure?.attributes).toEqual({ message: NO_COSIGN, type: "COSIGN_MISSING" });
    expect(failure?.text).toMatch(
      new RegExp(`^COSIGN_MISSING\\n1f1f1f1f1f1f "Retry uploads": ${NO_COSIGN}\\nwhy: .+\\nfix: .+$`),
    );
  });

  it("names the policy that was judged by", () => {
    const [properties] = suiteOf(REFUSED).suite.children;
    expect(properties?.children[0]?.attributes).toEqual({
      name: "policy",
      value: expect.stringMatching(/^refs\/remotes\/origin\/main at 3d.+, countersign\.config\.yaml$/),
    });
  });

  it("passes where nothing is wrong", () => {
    expect(suiteOf(ALLOWED).suite.attributes).toMatchObject({ tests: "1", failures: "0", errors: "0" });
  });

  it("has an error, and no failure, for what could not be judged", () => {
    const { suite, cases } = suiteOf(UNDECIDED);
    expect(suite.attributes).toMatchObject({ tests: "2", failures: "0", errors: "1" });
    expect(cases[1]?.children[0]).toMatchObject({ name: "error", attributes: { type: "HISTORY_SHALLOW" } });
  });

  it("has a suite with one error where nothing could be judged", () => {
    const { suite, cases } = suiteOf(UNJUDGED);
    expect(suite.attributes).toMatchObject({ name: "countersign", tests: "1", failures: "0", errors: "1" });
    expect(cases).toHaveLength(1);
    expect(cases[0]?.children[0]).toMatchObject({
      name: "error",
      attributes: { type: "REVISION_UNKNOWN", message: '"<gone> & `lost`" does not name a commit here' },
    });
    expect(readXml(formatJunit(UNJUDGED)).attributes).toMatchObject({ tests: "1", errors: "1" });
  });

  it("passes under warn, and tells what would be refused", () => {
    const { suite, cases } = suiteOf(WARNED);
    expect(suite.attributes).toMatchObject({ failures: "0", errors: "0" });
    expect(cases[1]?.children[0]).toMatchObject({ name: "system-out", text: expect.stringContaining("mode: warn") });
  });

  it("tells with the update what is wrong with it and with its tip", () => {
    const deleted = { code: "BRANCH_DELETED", data: {}, rules: [] } as const;
    const { cases } = suiteOf(decision("deny", update({ violations: [deleted, missing(NEW)] })));
    expect(cases).toHaveLength(1);
    expect(cases[0]?.children[0]?.text).toContain("BRANCH_DELETED");
    expect(cases[0]?.children[0]?.text).toContain(`the tip 4c4c4c4c4c4c: ${NO_COSIGN}`);
  });

  it("adds up its suites", () => {
    const [first] = REFUSED.updates;
    const [second] = UNDECIDED.updates;
    if (!first || !second) throw new Error("the samples have one update each");
    expect(readXml(formatJunit(decision("deny", first, second))).attributes).toMatchObject({
      tests: "5",
      failures: "1",
      errors: "1",
    });
  });

  it.each(["\0", "\u001b", "\ufffe", "\uffff", "\ud800", "a ]]> b", "<!--", "&amp;", "\u0085\u2028", "</testcase>"])(
    "holds %j in XML that every parser takes",
    (text) => {
      const [, judged] = suiteOf(about(text)).cases;
      expect(judged?.attributes["name"]).toMatch(/^1f1f1f1f1f1f ".*"$/);
      expect(judged?.children[0]?.text).toContain(judged?.attributes["name"]);
    },
  );

  it("is well formed, and tells the subject, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (subject) => {
        const [, judged] = suiteOf(about(subject)).cases;
        expect(judged?.attributes["name"]?.startsWith(FIRST.slice(0, 12))).toBe(true);
        expect(judged?.children[0]?.attributes["message"]).toBe(NO_COSIGN);
      }),
    );
  });
});
