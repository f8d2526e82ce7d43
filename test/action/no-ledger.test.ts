import { describe, expect, it } from "vitest";
import { pushUpload } from "../cosign/clones.ts";
import type { CosignWorld } from "../cosign/cosign-world.ts";
import { cosign } from "../cosign/terminal-session.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { openGateWorld } from "./gate-world.ts";
import { API_TOKEN } from "./gitlab-server.ts";
import { openGitlabWorld } from "./gitlab-world.ts";
import { CONTEXT } from "./pulls.ts";

/** Does what a comment says: checks the branch out, runs the one command, and what that ends with. Gives the new head. */
async function obey(comment: string, { server }: CosignWorld, senior: Repo): Promise<string> {
  senior.git(["fetch", "-q"]);
  senior.git(["switch", "-q", "upload"]);
  const [command = ""] = [...comment.matchAll(/```sh\n(.*)\n```/g)].map(([, line]) => line);
  expect(command).toMatch(/^countersign cosign\b/);
  const { status, screen } = await cosign(senior, command.split(" ").slice(2));
  expect({ status, screen }).toMatchObject({ status: 0 });
  const [, next = ""] = /next: git (.+?)(?: \(.*)?$/m.exec(screen) ?? [];
  senior.git(next.split(" "));
  return server.oid("refs/heads/upload");
}

/** What helps with a ledger alone. */
const OF_THE_LEDGER = /cosign \S*12|without touching|\/countersign|--print|run the job again/;

describe("where the policy has no ledger, a comment says how to co-sign in the branch's own messages", () => {
  it("on GitHub", async () => {
    await using world = await openGateWorld("");
    const { github } = world;
    Object.assign(github.settings, { allow_squash_merge: false, allow_rebase_merge: false });
    const head = pushUpload(world);
    github.open(12, head);
    expect((await world.judge(12, "opened")).status).toBe(1);
    expect(github.statuses.get(head)?.[0]?.description).toBe("refused: COSIGN_MISSING");
    const comment = github.comments.get(12)?.[0]?.body ?? "";
    expect(comment).not.toMatch(OF_THE_LEDGER);

    const signed = await obey(comment, world, world.senior);
    github.open(12, signed);
    expect((await world.judge(12)).status).toBe(0);
    expect(github.verdictOn(signed)).toEqual({ [CONTEXT]: "success" });
  });

  it("on GitLab", async () => {
    await using world = await openGitlabWorld("");
    const { gitlab } = world;
    Object.assign(gitlab.settings, { squash_option: "never" });
    gitlab.open(12, pushUpload(world));
    const red = await world.judge(12, { COUNTERSIGN_TOKEN: API_TOKEN });
    expect(red.status).toBe(1);
    expect(red.stdout).toContain("countersign: refused: COSIGN_MISSING\n");
    const comment = gitlab.notes.get(12)?.[0]?.body ?? "";
    expect(comment).not.toMatch(OF_THE_LEDGER);

    gitlab.open(12, await obey(comment, world, world.senior));
    expect((await world.judge(12, { COUNTERSIGN_TOKEN: API_TOKEN })).status).toBe(0);
  });
});
