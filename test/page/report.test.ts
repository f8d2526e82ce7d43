import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { publishedValidator } from "../rig/installed/published-validator.ts";
import { cosignHead, makeSigner, signedPolicy } from "../rig/keys/cosign-commit.ts";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { initRepo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { ASSISTED, attempt, expectAllowed } from "../rig/worlds/attempt.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

const ada = makeSigner();
const policy = signedPolicy({ ada: [ada.line] });

function report(world: PushWorld, ...args: readonly string[]) {
  const { status, stdout, stderr } = countersign(world.dev, ["report", ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

/** A co-signed landing, a merge of two people's commits of which one had an agent's help, and one around the gate. */
function openHistory(): PushWorld {
  const world = openPushWorld({ policy });
  const { dev } = world;
  dev.commit(ASSISTED, { files: { "src/a.ts": "a\nb\n" } });
  expectAllowed(attempt(world, cosignHead(dev, ada)));
  dev.git(["switch", "-q", "-c", "topic"]);
  dev.commit("By hand\n", { files: { "docs/a.md": "a\n" } });
  dev.commit("Assisted\n\nAssisted-by: Kiro\n", { files: { "src/b.ts": "b\n" } });
  dev.git(["switch", "-q", "main"]);
  dev.git(["merge", "-q", "--no-ff", "-m", "</script><b>merge", "topic"]);
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
  return world;
}

describe("a report", () => {
  it("has the numbers of `log` of the same range, and what `audit` finds", () => {
    using world = openHistory();
    const found = JSON.parse(report(world, "--format", "json"));
    const validate = publishedValidator("report");
    expect({ valid: validate(found), errors: validate.errors }).toEqual({ valid: true, errors: null });
    const log = countersign(world.dev, ["log", found.tip, "--format", "jsonl"]);
    const commits = log.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(found.from).toBeNull();
    expect(found.commits).toEqual({
      count: commits.length,
      assisted: commits.filter(({ state }) => state === "assisted").length,
    });
    expect(
      found.landed.map(({ standing, commits: brought, assisted }: Record<string, unknown>) => [
        standing,
        brought,
        assisted,
      ]),
    ).toEqual([
      ["unjudged", 1, 0],
      ["co-signed", 1, 1],
      ["bypassed", 3, 1],
    ]);
    expect(found.landed[1]).toMatchObject({
      agents: ["claude-code"],
      folders: ["src"],
      cosigns: [{ name: "Ada Lovelace", proof: "signed" }],
    });
    expect(found.landed[2]).toMatchObject({ agents: ["kiro"], folders: ["docs", "src"], wrong: ["COSIGN_MISSING"] });
    expect(found).toMatchObject({ asked: 2, met: 1, coverage: [{ asked: 2, met: 1 }] });
    expect(found.signers).toMatchObject([{ name: "Ada Lovelace", commits: 1, signatures: 1, files: 1, lines: 2 }]);
    const audit = JSON.parse(countersign(world.dev, ["audit", "--format", "json"]).stdout);
    expect(audit.found.map(({ commit }: { commit: string }) => commit)).toEqual([found.landed[2].commit]);
  });

  it("of a time is about what landed in it", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const [first] = ["2026-01-01", "2026-02-01", "2026-03-01"].map((day) =>
      repo.commit(`${day}\n\nAssisted-by: Kiro\n`, { date: `${day}T00:00:00Z` }),
    );
    const { stdout } = countersign(repo, ["report", "--format", "json", "--since", "2026-01-15"]);
    const found = JSON.parse(stdout);
    expect(found.landed.map(({ subject }: { subject: string }) => subject)).toEqual(["2026-02-01", "2026-03-01"]);
    expect(found.from).toBe(first);
    const log = countersign(repo, ["log", `${found.from}..${found.tip}`, "--format", "jsonl"]).stdout;
    expect(found.commits).toEqual({ count: 2, assisted: log.match(/"state":"assisted"/g)?.length });
    const none = countersign(repo, ["report", "--format", "json", "--since", "2026-04-01"]);
    expect(JSON.parse(none.stdout)).toMatchObject({ landed: [], commits: { count: 0 }, periods: [] });
  });

  it("counts an agent where its help counts, and not for a message that it wrote", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    repo.commit("Begin\n\nAssisted-by: Kiro\n");
    repo.commit("Go on\n", { committer: "Bob Builder (aider) <bob@acme.example>" });
    const entries = countersign(repo, ["log", "--format", "jsonl"]).stdout;
    expect(entries).toContain('"class":"message-only","agents":["aider"]');
    const found = JSON.parse(countersign(repo, ["report", "--format", "json"]).stdout);
    expect(found.agents).toEqual([{ agent: "kiro", landings: 1 }]);
  });

  it("goes to as many files as are asked for, and nowhere else", () => {
    using world = openHistory();
    const { dev } = world;
    expect(report(world, "--output", "report.html", "--format", "html", "--format", "badge=badge.svg")).toBe("");
    const page = readFileSync(join(dev.dir, "report.html"), "utf8");
    expect(page).toContain("&lt;/script&gt;&lt;b&gt;merge");
    expect(page).toContain("Content-Security-Policy");
    expect(readFileSync(join(dev.dir, "badge.svg"), "utf8")).toContain("AI co-signed: 1 around the gate");
    expect(report(world, "--format", "csv").trimEnd().split("\r\n")).toHaveLength(4);
    expect(report(world, "--format", "markdown")).toContain("#### Who co-signed");
    expect(report(world)).toBe(page);
  });

  it("names nobody where that is asked, and then no commit either", () => {
    using world = openHistory();
    for (const format of ["html", "json", "csv", "markdown"]) {
      const text = report(world, "--anonymous", "--format", format);
      expect(text).not.toMatch(/Lovelace|acme\.example|Bob|Retry uploads/);
      expect(text).not.toContain(world.dev.oid("HEAD").slice(0, 12));
    }
  });

  it("is there before there is a policy, and is refused where there is no such branch", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    repo.commit("First\n\nAssisted-by: Kiro\n", { files: { "a.txt": "a\n" } });
    const { status, stdout } = countersign(repo, ["report", "--format", "json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ commits: { count: 1, assisted: 1 }, standings: { unjudged: 1 } });
    expectFault(countersign(repo, ["report", "nowhere"]), "REVISION_UNKNOWN");
    expectFault(countersign(repo, ["report", "--format", "pdf"]), "OPTION_INVALID", "html, json, csv, markdown, badge");
  });
});
