import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { attempt, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { asSaid, installPreReceive } from "../rig/worlds/receive-world.ts";
import { cloneFor, LEDGER, NAMED } from "./clones.ts";
import { ADA, assist, expectScreen, messageOf, openCosignWorld, stateOf } from "./cosign-world.ts";
import { readRecords } from "./read-records.ts";
import { cosign } from "./terminal-session.ts";

const REASON = "uploads fail for every customer";
const MAY = "emergency: { level: senior, reviewWithin: 3d }\n";
const SAY = ["--emergency", REASON];

/** An agent's commit that claims an emergency itself. */
function claim(world: ReturnType<typeof openCosignWorld>, reason = REASON): string {
  return assist(world, "Fix uploads", `${CLAUDE}\nEmergency: ${reason}`);
}

/** Pushes main as it is here to a server that has the hook, past the hook of the clone. */
function pushToHook({ dev, server }: ReturnType<typeof openCosignWorld>): { status: number | null; said: string } {
  installPreReceive(server);
  const { status, stderr } = dev.try(["push", "--no-verify", "origin", "HEAD:main"]);
  return { status, said: asSaid(stderr).replace(/\n {4}/g, " ") };
}

describe("a person who may let work land in an emergency", () => {
  it("writes the reason and a signature over it into the message, even of an own commit, and a server lets it pass", async () => {
    using world = openCosignWorld({ rules: MAY });
    const { server, ada } = world;
    world.dev.commit(`Fix uploads\n\n${CLAUDE}\n`, { author: ADA });
    server.git(["config", "countersign.log", join(world.scratch.dir, "log")]);
    const before = pushToHook(world);
    expect(before).toMatchObject({ status: 1, said: expect.stringContaining("COSIGN_MISSING") });
    const { status, screen } = await cosign(ada, SAY);
    expectScreen(
      screen,
      `EMERGENCY ${REASON}`,
      "a signed co-sign from a person of level senior or higher (emergency)",
      `adds      Emergency: ${REASON}, to `,
      "except the line by which it claims an emergency",
      "With your signature this lands before anyone has reviewed it",
      "due within 3 days",
      "EMERGENCY, without a review. Type yes to co-sign this commit",
    );
    expect(status).toBe(0);
    expect(messageOf(world.dev, "HEAD")).toContain(
      `\nEmergency: ${REASON}\nCo-signed-by: Ada Lovelace <ada@acme.example>\n`,
    );
    const after = pushToHook(world);
    expect(after).toMatchObject({ status: 0 });
    expect(after.said).toMatch(
      /^EMERGENCY_LANDING: \w+ "Fix uploads"\n {2}it lands in an EMERGENCY, which ada@acme\.example has signed: uploads fail/m,
    );
    expect(after.said).toContain("the review is due by ");
    const log = readFileSync(join(world.scratch.dir, "log"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(log.map(({ verdict, codes }) => [verdict, codes])).toEqual([
      ["deny", ["COSIGN_MISSING"]],
      ["allow", ["EMERGENCY_LANDING"]],
    ]);
  });

  it("signs in the ledger what claims the emergency already, and changes no commit", async () => {
    using world = openCosignWorld({ rules: MAY + NAMED });
    const tip = claim(world);
    world.dev.git(["push", "-q", "--no-verify", "origin", "HEAD:upload"]);
    const refused = attempt(world, tip);
    expectRefused(refused, "COSIGN_MISSING", "EMERGENCY_UNPROVEN", "runs `countersign cosign --emergency REASON`");
    const clone = cloneFor(world, "ada", ADA, world.key);
    const { status, screen } = await cosign(clone, [...SAY, "upload"]);
    expectScreen(screen, "push the record in countersign/ledger to origin", "no commit has changed");
    expect(status).toBe(0);
    const [record, whole] = readRecords(world.server, LEDGER, world.key);
    expect([record, whole]).toMatchObject([{ emergency: REASON }, { emergency: REASON, commits: "1" }]);
    world.dev.git(["fetch", "-q"]);
    const { said } = pushToHook(world);
    expect(said).toContain("EMERGENCY_LANDING");
    expect(said).toContain("run `countersign cosign --landed COMMIT`");
    expect(world.server.oid("main")).toBe(tip);

    clone.git(["fetch", "-q"]);
    const due = countersign(world.server, ["audit", "main"]);
    expect(due.status).toBe(0);
    expect(due.stdout).toMatch(
      /1 in an emergency, not reviewed yet:\n.* EMERGENCY_LANDING "Fix uploads",\s+review due\s+until\s/,
    );
    const [, command = ""] =
      /^ {2}countersign cosign (--landed \w+)$/m.exec(countersign(clone, ["audit"]).stdout) ?? [];
    expect(command).toBe(`--landed ${tip.slice(0, 12)}`);
    const remedied = await cosign(clone, command.split(" "));
    expectScreen(remedied.screen, "found     EMERGENCY_LANDING", "co-signed 1 landing on main");
    expect(countersign(world.server, ["audit", "main"]).stdout).toContain("Nothing came around the gate.");
    expect(countersign(world.server, ["audit", "main"]).stdout).not.toContain("EMERGENCY");
  });

  it("signs in the message where that has to change anyhow, though the policy names a ledger", async () => {
    using world = openCosignWorld({ rules: MAY + NAMED });
    const old = assist(world);
    const { status, screen } = await cosign(world.ada, SAY);
    expect(status).toBe(0);
    expectScreen(screen, `adds      Emergency: ${REASON}`, "co-signed 1 commit on main");
    expect(world.dev.oid("HEAD")).not.toBe(old);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "in an emergency, not reviewed", "EMERGENCY_LANDING");
  });

  it("signs several commits, of which one claims it already", async () => {
    using world = openCosignWorld({ rules: MAY });
    claim(world);
    assist(world, "Fix downloads");
    world.dev.commit("Say so\n");
    expect((await cosign(world.ada, SAY)).status).toBe(0);
    const messages = world.dev.git(["log", "--format=%B%x00", "-3"]).split("\0");
    expect(messages.map((message) => message.split(`Emergency: ${REASON}\n`).length - 1)).toEqual([0, 1, 1, 0]);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "EMERGENCY_LANDING");
  });

  it("may review it all the same before it lands: then there is nothing to tell", async () => {
    using world = openCosignWorld({ rules: MAY });
    assist(world);
    expect((await cosign(world.ada, SAY)).status).toBe(0);
    const { status, screen } = await cosign(world.ada);
    expectScreen(screen, "signed by ada@acme.example (signed, on line 5), for an emergency", "co-signed 1 commit");
    expect(status).toBe(0);
    const pushed = attempt(world, world.dev.oid("HEAD"));
    expectAllowed(pushed, "co-signed by ada@acme.example (signed)");
    expect(pushed.stderr).not.toContain("EMERGENCY");
  });
});

describe("nothing is signed", () => {
  it.each<readonly [what: string, rules: string, reason: string, status: number, said: string]>([
    ["for no reason", MAY, "", 2, "the reason goes into the message as one line, and it is empty"],
    ["for a reason of two lines", MAY, "one\ntwo", 2, "it has more than one line"],
    ["for a reason that hides something", MAY, "a\u202eb", 2, "it holds invisible characters"],
    ["where the policy knows no emergency", "", REASON, 2, "the policy in force for main has no `emergency`"],
    [
      "by a person below the level",
      "emergency: { level: principal, reviewWithin: 3d }\n",
      REASON,
      1,
      "an emergency needs someone of level principal or higher, and you have level senior",
    ],
    [
      "where a rule denies it",
      `${MAY}rules: [{ name: no, agents: [claude-code], deny: Not by agents. }]\n`,
      REASON,
      1,
      "which a rule forbids here",
    ],
    [
      "where the message gives another reason",
      MAY,
      "something else",
      1,
      `its message claims another emergency, "${REASON}"`,
    ],
  ])("%s", async (_, rules, reason, status, said) => {
    using world = openCosignWorld({ rules });
    claim(world);
    const before = stateOf(world.dev);
    const ended = await cosign(world.ada, ["--emergency", reason]);
    expectScreen(ended.screen, said);
    expect([ended.status, stateOf(world.dev)]).toEqual([status, before]);
  });

  it("for a change of the policy", async () => {
    using world = openCosignWorld({ rules: MAY });
    world.dev.commit(`Loosen\n\n${CLAUDE}\n`, {
      files: { "countersign.config.yaml": "version: 1\nprotect: [{ branches: [x] }]\n" },
    });
    const { status, screen } = await cosign(world.ada, SAY);
    expectScreen(screen, "it changes the policy, which is never an emergency");
    expect(status).toBe(1);
  });

  it("in the ledger alone where the message has to change", async () => {
    using world = openCosignWorld({ rules: MAY + NAMED });
    assist(world);
    const { status, stderr } = countersign(world.ada, ["cosign", ...SAY, "--ledger", "--dry-run"]);
    expect(stderr).toContain("does not claim the emergency in its message, which has to change for that");
    expect(status).toBe(2);
  });
});
