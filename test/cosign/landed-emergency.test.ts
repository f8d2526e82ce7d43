import { expect, it } from "vitest";
import { makeSshKey } from "../rig/keys/ssh-keys.ts";
import { countersign } from "../rig/process/countersign.ts";
import { aheadBy } from "../rig/process/shifted-clock.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { cloneFor, NAMED } from "./clones.ts";
import { ADA, type CosignWorld, expectScreen, openCosignWorld } from "./cosign-world.ts";
import { cosign } from "./terminal-session.ts";

const REASON = "uploads fail for every customer";
const DAY = 86_400;
const rulesFor = (count: number): string =>
  `cosign: { count: ${count} }\nemergency: { level: senior, reviewWithin: 3d }\n${NAMED}`;

/** Lands an agent's commit at night, for which Ada alone has signed, and gives the time when its review is overdue. */
async function landAtNight({ ada, scratch, server }: CosignWorld, author = "Bob Builder <bob@acme.example>") {
  ada.commit(`Fix uploads\n\n${CLAUDE}\n`, { author });
  expect((await cosign(ada, ["--emergency", REASON])).status).toBe(0);
  ada.git(["push", "-q", "origin", "HEAD:main"]);
  return { late: aheadBy(scratch, 4 * DAY), landed: server.oid("refs/heads/main") };
}

it("a review that is overdue fails the audit, and the person's own one ends that where it is all that is asked", async () => {
  using world = openCosignWorld({ rules: rulesFor(1) });
  const { ada } = world;
  const { late, landed } = await landAtNight(world);
  const options = { env: late, ownProcess: true };
  expect(countersign(ada, ["audit"]).status).toBe(0);
  const due = countersign(ada, ["audit"], options);
  expect(due.stdout).toMatch(/1 in an emergency, not reviewed in time:\n.* EMERGENCY_UNREVIEWED "Fix uploads"/);
  expect(due.status).toBe(1);
  expect(due.stdout).toContain(`\n  countersign cosign --landed ${landed.slice(0, 12)}\n`);
  const { screen, status } = await cosign(ada, ["--landed", landed], { env: late });
  expectScreen(screen, "found     EMERGENCY_UNREVIEWED", "co-signed 1 landing on main as ada@acme.example");
  expect(screen).not.toContain("still found");
  expect(status).toBe(0);
  const again = countersign(ada, ["audit"], options);
  expect(again.stdout).toContain("Nothing came around the gate.");
  expect(again.status).toBe(0);
});

it("whose own work it is may sign for the emergency, and not review it", async () => {
  using world = openCosignWorld({ rules: rulesFor(1) });
  const { late, landed } = await landAtNight(world, ADA);
  const { stderr, status } = countersign(world.ada, ["cosign", "--dry-run", "--landed", landed], {
    env: late,
    ownProcess: true,
  });
  expectScreen(stderr, "SIGNER_UNABLE", "you are its author, and it needs a second person's review");
  expect(status).toBe(1);
});

it("who signed for the emergency is not enough where the policy asks for another", async () => {
  using world = openCosignWorld({ rules: rulesFor(2) });
  const { ada, dev, scratch } = world;
  const key = makeSshKey(scratch, "grace-key", ["-t", "ed25519"]);
  const policy = dev.git(["show", "HEAD:countersign.config.yaml"]);
  const keyed = policy.replace("level: principal", `level: principal\n    keys: ["${key.line}"]`);
  dev.commit("Policy\n", { files: { "countersign.config.yaml": `${keyed}` } });
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
  const { late, landed } = await landAtNight(world);
  const options = { env: late, ownProcess: true };
  const overdue = (): boolean =>
    countersign(ada, ["audit"], options).stdout.includes(`${landed.slice(0, 12)} EMERGENCY_UNREVIEWED`);
  expect(overdue()).toBe(true);
  const own = await cosign(ada, ["--landed", landed], { env: late });
  expectScreen(own.screen, "still found", "EMERGENCY_UNREVIEWED");
  expect(overdue()).toBe(true);
  const grace = cloneFor(world, "grace", "Grace Hopper <grace@acme.example>", key);
  const other = await cosign(grace, ["--landed", landed], { env: late });
  expect(other.screen).not.toContain("still found");
  ada.git(["fetch", "-q"]);
  expect(countersign(ada, ["audit"], options).stdout).not.toContain("EMERGENCY");
});
