import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LEDGER } from "../cosign/clones.ts";
import { makeSshKey } from "../rig/keys/ssh-keys.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { land, squash } from "./buttons.ts";
import { ADA, approved, BOB, pushed } from "./gitlab-approvals.ts";
import { API_TOKEN } from "./gitlab-server.ts";
import { type GitlabWorld, type JobRun, openGitlabWorld } from "./gitlab-world.ts";

const TOKEN = { COUNTERSIGN_TOKEN: API_TOKEN };
let count = 0;

/** A team whose policy has approvals count, and a witness write them down. Gives the witness's private key. */
async function openReviewing(): Promise<{ readonly world: GitlabWorld; readonly witness: string }> {
  const world = await openGitlabWorld("cosign: { proof: reviewed }\n");
  const { dev, server, scratch, gitlab } = world;
  const key = makeSshKey(scratch, "witness", ["-t", "ed25519"]);
  const policy = server.git(["show", "main:countersign.config.yaml"]);
  const named = `${policy.replace("emails: [ada@acme.example", "gitlab: { login: ada-l, id: 17 }\n    emails: [ada@acme.example")}
ledger: ${LEDGER}\nwitnesses: [{ name: gate, keys: ["${key.line}"] }]\n`;
  dev.commit("Name accounts\n", { files: { "countersign.config.yaml": named } });
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
  dev.git(["fetch", "-q", "origin"]);
  for (const { id, username } of [ADA, BOB]) gitlab.users.set(id, { id, username, bot: false });
  return { world, witness: readFileSync(key.path, "utf8") };
}

/** A commit of an agent on a head of its own. */
function propose({ dev }: GitlabWorld): string {
  dev.git(["switch", "-q", "--detach", "origin/main"]);
  dev.commit(`Retry uploads\n\n${CLAUDE}\n`, { files: { "retry.txt": `${count++}\n` } });
  dev.git(["push", "-q", "--no-verify", "origin", `HEAD:refs/keep/${count}`]);
  return dev.oid("HEAD");
}

describe("the day of a team on GitLab, where approvals count", () => {
  it("an approval turns the job green, a witness writes it down when it lands, and it counts when GitLab has forgotten it", async () => {
    const { world: opened, witness } = await openReviewing();
    await using world = opened;
    const { gitlab, server } = world;
    const head = propose(world);
    pushed(gitlab, 12, head);

    const red = await world.judge(12, TOKEN);
    expect(red.status).toBe(1);
    expect(red.stdout).toContain("an approving review or signed co-sign");
    expect(gitlab.notes.get(12)?.[0]?.body).toContain("Ada Lovelace");

    const request = gitlab.requests.get(12);
    if (!request) throw new Error("it is open");
    request.approvals = [approved(ADA, 5)];
    const green = await world.judge(12, TOKEN);
    expect({ status: green.status, stderr: green.stderr }).toEqual({ status: 0, stderr: "" });
    expect(green.stdout).toContain("reviewed on gitlab by Ada Lovelace");
    expect(gitlab.notes.get(12)?.[0]?.body).toContain("### countersign: allowed");

    const landed = land(
      server,
      "main",
      squash(server, server.oid("refs/heads/main"), head, `Retry uploads\n\n${CLAUDE}\n`),
    );
    gitlab.landed.set(landed.after, [12]);
    request.state = "merged";
    const audit = (variables: NodeJS.ProcessEnv): Promise<JobRun> =>
      world.job({
        CI_PIPELINE_SOURCE: "push",
        CI_COMMIT_BRANCH: "main",
        CI_COMMIT_BEFORE_SHA: landed.before,
        CI_COMMIT_SHA: landed.after,
        ...variables,
      });
    const written = await audit({ ...TOKEN, COUNTERSIGN_WITNESS_KEY: witness });
    expect(written.stdout).toContain("countersign: may land: 1 new commit, 1 AI-assisted\n");
    expect({ status: written.status, stderr: written.stderr }).toEqual({ status: 0, stderr: "" });
    expect(written.stdout).toContain("countersign: merge request 12: approvals in the ledger: 1; withdrawn: 0\n");
    expect(written.stdout).not.toContain("PRIVATE KEY");

    // Without what GitLab tells, by the record alone; and again, which writes nothing.
    const tip = server.oid(LEDGER);
    const clean = await audit({});
    expect({ status: clean.status, stderr: clean.stderr }).toEqual({ status: 0, stderr: "" });
    expect((await audit({ ...TOKEN, COUNTERSIGN_WITNESS_KEY: witness })).status).toBe(0);
    expect(server.oid(LEDGER)).toBe(tip);

    // Who pushed is not known any more: nothing is taken back for that.
    gitlab.events.set(7, []);
    expect((await audit({ ...TOKEN, COUNTERSIGN_WITNESS_KEY: witness })).stdout).toContain("withdrawn: 0");
    expect(server.oid(LEDGER)).toBe(tip);
    // What was taken back is taken back there too.
    request.approvals = [];
    const undone = await audit({ ...TOKEN, COUNTERSIGN_WITNESS_KEY: witness });
    expect(undone.stdout).toContain("approvals in the ledger: 0; withdrawn: 1\n");
    expect((await audit({})).status).toBe(1);
  });
});

describe("an approval of a merge request counts for nothing", () => {
  let world: GitlabWorld;
  beforeAll(async () => {
    ({ world } = await openReviewing());
  });
  afterAll(() => world[Symbol.asyncDispose]());

  it.each<[string, string, (iid: number, head: string) => void]>([
    [
      "where something was pushed after it",
      "something was pushed after it",
      (iid, head) => {
        pushed(world.gitlab, iid, head, { minute: 10 });
        world.gitlab.open(iid, head, { approvals: [approved(ADA, 5)] });
      },
    ],
    [
      "of who pushed last",
      "they wrote some of it themselves",
      (iid, head) => {
        pushed(world.gitlab, iid, head, { by: ADA });
        world.gitlab.open(iid, head, { approvals: [approved(ADA, 5)] });
      },
    ],
    [
      "from a private fork of which GitLab does not say who pushed last",
      "does not say who pushed last",
      (iid, head) => {
        pushed(world.gitlab, iid, head, { project: 9 });
        world.gitlab.open(iid, head, { approvals: [approved(ADA, 5)] });
      },
    ],
    [
      "of an account that GitLab does not show, as it may be a bot's",
      "COSIGN_MISSING",
      (iid, head) => {
        pushed(world.gitlab, iid, head);
        world.gitlab.users.delete(ADA.id);
        world.gitlab.open(iid, head, { approvals: [approved(ADA, 5)] });
      },
    ],
  ])("%s", async (_, said, arrange) => {
    const iid = 20 + count;
    const head = propose(world);
    arrange(iid, head);
    const ran = await world.judge(iid, TOKEN);
    world.gitlab.users.set(ADA.id, { ...ADA, bot: false });
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 1, stderr: "" });
    expect(ran.stdout.replace(/\s+/g, " ")).toContain(said);
  });

  it("but does from a fork that it shows, and behind a hundred other pushes", async () => {
    const { gitlab } = world;
    const iid = 20 + count;
    const head = propose(world);
    gitlab.events.set(9, []);
    pushed(gitlab, iid, head, { project: 9 });
    const other = { push_data: { ref: "other", commit_to: "3d".repeat(20) }, author: ADA };
    gitlab.events.set(9, [...Array.from({ length: 130 }, () => other), ...(gitlab.events.get(9) ?? [])]);
    gitlab.open(iid, head, { approvals: [approved(ADA, 5)] });
    const ran = await world.judge(iid, TOKEN);
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: "" });
  });
});
