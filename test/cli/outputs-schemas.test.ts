import { readFileSync } from "node:fs";
import { join } from "node:path";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishedValidator } from "../rig/installed/published-validator.ts";
import { countersign } from "../rig/process/countersign.ts";
import { Repo } from "../rig/repository/repo.ts";
import { readXml } from "../rig/text/read-xml.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

const ajv = new AjvDraft04.default({ strict: false, unicodeRegExp: false });
addFormats.default(ajv as never);
const validateSarif = ajv.compile(sarifSchema);

const RULES = `rules:
  - { name: twice, paths: ["infra/**"], cosign: { count: 2 } }
  - { name: never, agents: [claude-code], paths: ["prod/**"], deny: Not in production. }
disclosure: required
`;

let world: PushWorld;
beforeAll(() => {
  world = openPushWorld({ policy: POLICY + RULES });
  const { dev } = world;
  dev.git(["branch", "topic"]);
  dev.commit(VOUCHED);
  dev.commit(ASSISTED, { files: { "infra/a": "x\n", "prod/b": "y\n" } });
  dev.commit(`${ASSISTED}Co-signed-by: Ada\nCo-signed-by: Eve <eve@elsewhere.example>\n`);
  dev.commit("Say nothing\n");
  dev.commit("By hand\n\nAssisted-by: none\n");
  dev.commit("Retry\n\nAssisted-by: Kiro:claude-opus-5\n", { files: { "infra/c": "x\n" } });
  dev.commit("Break it\n", { files: { "countersign.config.yaml": "version: 2\n" } });
  dev.commit(Buffer.from("gr\xfcn\n\nAssisted-by: Kiro\n", "latin1"), { author: "Jürgen <j@x>" });
});
afterAll(() => world[Symbol.dispose]());

function check(...args: readonly string[]): unknown {
  return JSON.parse(countersign(world.dev, ["check", "--format", "json", ...args]).stdout);
}

describe("the JSON of check holds by its published schema", () => {
  const validate = publishedValidator("check");
  it.each<[what: string, args: readonly string[]]>([
    ["for a branch where much is wrong", []],
    ["for nothing new", ["HEAD..HEAD"]],
    ["for what is allowed", ["HEAD~6"]],
    ["for a branch that is not protected", ["--branch", "topic"]],
    ["with the policy of the work tree", ["--work-tree-policy"]],
  ])("%s", (_, args) => {
    world.dev.git(["restore", "--source", "origin/main", "countersign.config.yaml"]);
    const decided = check(...args);
    expect(validate(decided) || validate.errors).toBe(true);
  });

  it("with every kind of violation that a branch can have", () => {
    const codes = new Set(
      (check() as { updates: [{ violations: { code: string }[] }] }).updates[0].violations.map(({ code }) => code),
    );
    for (const code of ["COSIGN_MISSING", "DENIED_BY_RULE", "DISCLOSURE_MISSING", "POLICY_BROKEN", "COSIGN_INVALID"]) {
      expect(codes).toContain(code);
    }
  });

  it("with a fault, which makes the exit code 2", () => {
    using other = openPushWorld();
    for (const subject of ["a", "b", "c"]) other.dev.commit(`${subject}\n`);
    other.dev.git(["push", "-q", "--no-verify", "origin", "HEAD:refs/heads/topic"]);
    const ci = new Repo(other.scratch, join(other.scratch.dir, "ci"));
    const url = `file://${other.server.dir}`;
    other.dev.git(["clone", "-q", "--depth=1", "-b", "topic", "--no-single-branch", url, ci.dir]);
    const { status, stdout } = countersign(ci, ["check", "origin/main..HEAD", "--format", "json"]);
    const decided = JSON.parse(stdout);
    expect({ status, outcome: decided.outcome }).toEqual({ status: 2, outcome: "undecided" });
    expect(decided.updates[0].faults[0].code).toBe("HISTORY_SHALLOW");
    expect(validate(decided) || validate.errors).toBe(true);
  });
});

it("reports of what kept all from being judged hold by their schemas too", () => {
  const files = ["json", "sarif", "junit"].map(
    (format) => [format, join(world.scratch.dir, `fault.${format}`)] as const,
  );
  const wanted = files.flatMap(([format, file]) => ["--format", `${format}=${file}`]);
  expect(countersign(world.dev, ["check", "nothing", ...wanted]).status).toBe(2);
  const [json = "", sarif = "", junit = ""] = files.map(([, file]) => readFileSync(file, "utf8"));
  const validate = publishedValidator("check");
  expect(validate(JSON.parse(json)) || validate.errors).toBe(true);
  expect(validateSarif(JSON.parse(sarif)) || validateSarif.errors).toBe(true);
  expect(readXml(junit).attributes).toMatchObject({ tests: "1", errors: "1" });
});

it("every line of the log holds by its published schema", () => {
  const validate = publishedValidator("log");
  const lines = countersign(world.dev, ["log", "--format", "jsonl"]).stdout.trimEnd().split("\n");
  expect(lines).toHaveLength(9);
  for (const line of lines) expect(validate(JSON.parse(line)) || validate.errors).toBe(true);
});

it("a SARIF log of a real branch holds by the standard's schema", () => {
  const log = JSON.parse(countersign(world.dev, ["check", "--format", "sarif"]).stdout);
  expect(validateSarif(log) || validateSarif.errors).toBe(true);
  expect(log.runs[0].results.length).toBeGreaterThan(5);
});
