import { CODES, type Decision } from "@countersign/core";
import { decisionToSarif } from "@countersign/report";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import {
  ALLOWED,
  about,
  commit,
  decision,
  FIRST,
  missing,
  NO_COSIGN,
  REFUSED,
  UNDECIDED,
  UNJUDGED,
  update,
  WARNED,
} from "./sample-decision.ts";

// The schema holds a pattern that is none in Unicode mode.
const ajv = new Ajv.default({ strict: false, unicodeRegExp: false });
addFormats.default(ajv as never);
const validate = ajv.compile(sarifSchema);

/** The one run of a log that has been held against the schema. */
function runOf(decided: Decision) {
  const log = JSON.parse(JSON.stringify(decisionToSarif(decided, { version: "1.2.3" }))) as ReturnType<
    typeof decisionToSarif
  >;
  expect(validate(log) || validate.errors).toBe(true);
  return log.runs[0] as (typeof log.runs)[number];
}

function resultOf(decided: Decision) {
  const [result] = runOf(decided).results;
  if (!result) throw new Error("the decision finds nothing wrong");
  return result;
}

describe("a SARIF log", () => {
  it.each<[what: string, decided: Decision, executed: boolean, exitCode: number, results: number]>([
    ["an allowed range", ALLOWED, true, 0, 0],
    ["a refused one", REFUSED, true, 1, 1],
    ["one that could not be judged", UNDECIDED, false, 2, 1],
    ["one under warn", WARNED, true, 0, 1],
  ])("of %s holds by the schema and tells how it ended", (_, decided, executionSuccessful, exitCode, results) => {
    const run = runOf(decided);
    expect(run.invocations).toEqual([{ executionSuccessful, exitCode }]);
    expect(run.results).toHaveLength(results);
    expect(run.properties).toMatchObject({ outcome: decided.outcome, policy: { path: "countersign.config.yaml" } });
  });

  it("of what kept all from being judged holds by the schema, with a notification in the place of results", () => {
    const run = runOf(UNJUDGED);
    expect(run.results).toEqual([]);
    expect(run.invocations).toEqual([
      {
        executionSuccessful: false,
        exitCode: 2,
        toolExecutionNotifications: [
          {
            level: "error",
            descriptor: { id: "REVISION_UNKNOWN" },
            message: {
              text: expect.stringMatching(
                /^nothing was judged: "<gone> .+ does not name a commit here\nwhy: .+\nfix: .+$/,
              ),
            },
          },
        ],
      },
    ]);
  });

  it("names the program and has every code as a rule with help", () => {
    const { driver } = runOf(ALLOWED).tool;
    expect(driver).toMatchObject({ name: "countersign", semanticVersion: "1.2.3" });
    const ofDecisions = CODES.filter(({ kind }) => kind !== "advice" && kind !== "doctor");
    expect(driver.rules.map(({ id }) => id)).toEqual(ofDecisions.map(({ code }) => code));
    for (const rule of driver.rules) {
      expect(rule.shortDescription.text).not.toBe("");
      expect(rule.help.text).toContain("fix: ");
    }
  });

  it("tells of a commit its rule, words, file and id", () => {
    const run = runOf(REFUSED);
    const [result] = run.results;
    expect(result).toMatchObject({
      ruleId: "COSIGN_MISSING",
      level: "error",
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: "src/upload.ts" }, region: { startLine: 1 } },
          logicalLocations: [{ name: FIRST, fullyQualifiedName: `refs/heads/main/${FIRST}`, kind: "commit" }],
        },
      ],
    });
    expect(run.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe("COSIGN_MISSING");
    expect(result?.message.text).toMatch(
      new RegExp(`^1f1f1f1f1f1f "Retry uploads": ${NO_COSIGN}\\nwhy: .+\\nfix: .+$`),
    );
  });

  it("names the branch in the run, so that reports of several branches can be uploaded together", () => {
    const idOf = (...refs: readonly string[]) =>
      runOf(decision("allow", ...refs.map((ref) => update({ update: { ...update().update, ref } })))).automationDetails
        .id;
    expect(idOf("refs/heads/main")).toBe("countersign/refs/heads/main/");
    expect(idOf("refs/heads/release/1")).toBe("countersign/refs/heads/release/1/");
    expect(idOf()).toBe("countersign/");
  });

  it("only warns where the branch does", () => {
    expect(resultOf(WARNED).level).toBe("warning");
  });

  it("shows at the policy what has no file of its own", () => {
    const uri = (decided: Decision) => resultOf(decided).locations[0]?.physicalLocation.artifactLocation.uri;
    expect(uri(UNDECIDED)).toBe("countersign.config.yaml");
    const changed = { code: "POLICY_BROKEN", data: { problem: "-", details: [] }, rules: [], commit: FIRST } as const;
    expect(uri(decision("deny", update({ judged: [commit({ violations: [changed] })] })))).toBe(
      "countersign.config.yaml",
    );
  });

  it.each([
    ["a b/ü#?%.txt", "a%20b/%C3%BC%23%3F%25.txt"],
    ["c:/x", "c%3A/x"],
    ["a\u001bb", "countersign.config.yaml"],
    ["a\nb", "countersign.config.yaml"],
  ])("names the path %j as the URI %s", (path, uri) => {
    expect(resultOf(about("x", "kiro", path)).locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
  });

  it.each([
    ["[click](http://evil.example)", "[click] (http://evil.example)"],
    ["{0}", "{{0}}"],
    ["\u001b]8;;http://evil.example", "\\u{{1b}}]8;;http://evil.example"],
  ])("has neither links nor placeholders of others: %j", (subject, shown) => {
    expect(resultOf(about(subject)).message.text).toContain(`"${shown}"`);
  });
});

describe("a finding's fingerprint", () => {
  const prints = (decided: Decision) => runOf(decided).results.map(({ partialFingerprints }) => partialFingerprints);

  it("is the same in the next run", () => {
    expect(prints(REFUSED)).toEqual(prints(REFUSED));
    expect(prints(REFUSED)[0]).toEqual({
      "countersignFinding/v1": expect.stringMatching(/^[0-9a-f]{64}$/),
      primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/),
    });
  });

  it("is another one for every finding", () => {
    const invalid = (line: number) =>
      ({ code: "COSIGN_INVALID", data: { line, problem: "x" }, rules: [], commit: FIRST }) as const;
    const main = update({ judged: [commit({ violations: [missing(), invalid(4), invalid(5), invalid(5)] })] });
    const other = update({ update: { ...main.update, ref: "refs/heads/other" }, judged: [commit()] });
    const all = prints(decision("deny", main, other));
    expect(new Set(all.map((print) => JSON.stringify(print))).size).toBe(5);
  });
});
