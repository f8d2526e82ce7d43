import { describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { follow } from "../rig/text/advice.ts";
import { POLICY } from "../rig/worlds/push-world.ts";
import { type Clinic, type Finding, openClinic } from "./clinic.ts";

const LEDGER = "countersign/ledger";

/** A record as far as git is concerned: where it lies tells that it is one. */
function addRecord({ dev }: Clinic, id: string, parent?: string): string {
  const folder = `${id.repeat(2)}/${id.repeat(62)}/${id.repeat(64)}-1`;
  const blob = dev.git(["hash-object", "-w", "--stdin"], { input: `record ${id}\n` });
  const index = { GIT_INDEX_FILE: `${dev.dir}/.git/ledger-index` };
  dev.git(["read-tree", ...(parent ? [parent] : ["--empty"])], { env: index });
  dev.git(["update-index", "--add", "--cacheinfo", `100644,${blob},${folder}/record`], { env: index });
  const tree = dev.git(["write-tree"], { env: index });
  const tip = dev.git(["commit-tree", "-m", "Co-signs for main", ...(parent ? ["-p", parent] : []), tree]);
  dev.git(["update-ref", `refs/heads/${LEDGER}`, tip]);
  return tip;
}

function openLedgerClinic(): Clinic {
  const clinic = openClinic({ policy: `${POLICY}ledger: ${LEDGER}\n` });
  // What is pushed goes through the hook.
  clinic.dev.env["PATH"] = clinic.env["PATH"];
  return clinic;
}

function about({ dev }: { readonly dev: Repo }, env: NodeJS.ProcessEnv): readonly Finding[] {
  const { stdout } = countersign(dev, ["doctor", "--format", "json"], { env });
  const { findings } = JSON.parse(stdout) as { findings: readonly Finding[] };
  return findings.filter(({ what, code }) => code?.startsWith("LEDGER") || /\bledger\b/.test(what));
}

const codes = (findings: readonly Finding[]): readonly (string | undefined)[] =>
  findings.map(({ state, code }) => code ?? state);

const commands = ({ fix = "" }: Finding): readonly string[] =>
  [...fix.matchAll(/`(git [^`]+)`/g)].map(([, command = ""]) => command);

describe("doctor on the ledger", () => {
  it("finds what is here alone, says how to push it, and is content afterwards", () => {
    using clinic = openLedgerClinic();
    expect(codes(about(clinic, clinic.env))).toEqual(["ok"]);
    addRecord(clinic, "b", addRecord(clinic, "a"));
    const [, unpushed] = about(clinic, clinic.env);
    expect(unpushed).toMatchObject({ code: "LEDGER_UNPUSHED", what: expect.stringContaining("2 records in") });
    expect(commands(unpushed as Finding)).toEqual([`git push origin ${LEDGER}`]);
    clinic.dev.git(["push", "-q", "origin", LEDGER]);
    expect(codes(about(clinic, clinic.env))).toEqual(["ok"]);
  });

  it("says how to unite what was added here and there, and nothing is lost by it", () => {
    using clinic = openLedgerClinic();
    const { dev } = clinic;
    const first = addRecord(clinic, "a");
    const theirs = addRecord(clinic, "b", first);
    dev.git(["push", "-q", "origin", LEDGER]);
    addRecord(clinic, "c", first);
    const [, unpushed] = about(clinic, clinic.env);
    expect(unpushed).toMatchObject({ code: "LEDGER_UNPUSHED", what: expect.stringContaining("1 record in") });
    const head = dev.oid("HEAD");
    follow(
      dev,
      commands(unpushed as Finding).map((command) => command.replace("push origin", "push -q origin")),
    );
    expect(codes(about(clinic, clinic.env))).toEqual(["ok"]);
    const there = dev.git(["ls-tree", "--name-only", `origin/${LEDGER}`]).split("\n");
    expect(there).toEqual(["aa", "bb", "cc"]);
    expect(dev.git(["merge-base", theirs, LEDGER])).toBe(theirs);
    expect({ head: dev.oid("HEAD"), branch: dev.git(["symbolic-ref", "HEAD"]) }).toEqual({
      head,
      branch: "refs/heads/main",
    });
  });

  it.each<readonly [string, string, (clinic: Clinic) => void]>([
    [
      "that was not fetched",
      "LEDGER_UNFETCHED",
      ({ dev }) => dev.git(["update-ref", "-d", `refs/remotes/origin/${LEDGER}`]),
    ],
    [
      "that a clone of one branch lacks",
      "LEDGER_UNFETCHED",
      ({ dev }) => {
        dev.git(["config", "remote.origin.fetch", "+refs/heads/main:refs/remotes/origin/main"]);
        dev.git(["update-ref", "-d", `refs/remotes/origin/${LEDGER}`]);
      },
    ],
    [
      "that a clone of one branch fetched once",
      "LEDGER_UNTRACKED",
      ({ dev }) => dev.git(["config", "remote.origin.fetch", "+refs/heads/main:refs/remotes/origin/main"]),
    ],
    [
      "that is older than the remote's",
      "LEDGER_BEHIND",
      (clinic) => {
        const former = clinic.dev.oid(LEDGER);
        addRecord(clinic, "d", former);
        clinic.dev.git(["push", "-q", "origin", LEDGER]);
        clinic.dev.git(["update-ref", `refs/remotes/origin/${LEDGER}`, former]);
      },
    ],
  ])("says how to fetch one %s", (_, code, happen) => {
    using clinic = openLedgerClinic();
    addRecord(clinic, "a");
    clinic.dev.git(["push", "-q", "origin", LEDGER]);
    happen(clinic);
    clinic.dev.git(["update-ref", "-d", `refs/heads/${LEDGER}`]);
    const [finding] = about(clinic, clinic.env);
    expect(finding?.code).toBe(code);
    follow(
      clinic.dev,
      commands(finding as Finding).map((command) => command.replace("git fetch", "git fetch -q")),
    );
    expect(codes(about(clinic, clinic.env))).toEqual(["ok"]);
    // What was set up for the ledger holds for its next record.
    addRecord(clinic, "e", clinic.dev.oid(`origin/${LEDGER}`));
    clinic.dev.git(["push", "-q", "origin", LEDGER]);
    clinic.dev.git(["update-ref", "-d", `refs/remotes/origin/${LEDGER}`]);
    clinic.dev.git(["fetch", "-q", "origin"]);
    expect(codes(about(clinic, clinic.env))).toEqual(["ok"]);
  });

  it("says that a remote does not answer, and fails for a ledger that is no branch of its own", () => {
    using clinic = openLedgerClinic();
    clinic.dev.git(["config", "remote.origin.url", "/nowhere"]);
    const [unasked] = about(clinic, clinic.env);
    expect(unasked).toMatchObject({
      state: "advice",
      code: "LEDGER_UNASKED",
      what: expect.stringContaining("/nowhere"),
    });
    expect(
      clinic.dev.try(
        commands(unasked as Finding)[0]
          ?.split(" ")
          .slice(1) ?? [],
      ).stderr,
    ).toContain("/nowhere");
    clinic.dev.git(["symbolic-ref", `refs/heads/${LEDGER}`, "refs/heads/main"]);
    expect(codes(about(clinic, clinic.env))).toContain("LEDGER_UNFIT");
  });

  it("says nothing of one where the policy names none", () => {
    using clinic = openClinic();
    expect(about(clinic, clinic.env)).toEqual([]);
  });
});
