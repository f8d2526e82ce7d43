import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { initRepo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { POLICY } from "../rig/worlds/push-world.ts";
import { startGitolite } from "./gitolite.ts";
import { needServers } from "./needed.ts";
import { installHook, pushTo } from "./server-world.ts";

beforeAll(needServers);

const RIGHTS = `repo gitolite-admin
    RW+ = admin

repo payments
    RW+ = ada
    RW main$ = bob
    RW topic/ = bob
`;

it("beside gitolite a push needs the right to each ref and the policy's consent, with the hook in one repository or in all", async () => {
  using scratch = openScratch();
  await using gitolite = await startGitolite(scratch, RIGHTS);
  const server = gitolite.repository("payments");
  const dev = initRepo(scratch, "dev");
  const push = (person: string, ...refs: readonly string[]) =>
    pushTo(dev, `ssh://${person}/payments`, refs, { variables: gitolite.env });
  const start = dev.commit("Adopt\n", { files: { "countersign.config.yaml": POLICY } });
  expect(await push("ada", "main")).toMatchObject({ status: 0 });
  installHook(dev, server.dir);

  const expectJudged = async (): Promise<void> => {
    const before = server.oid("refs/heads/main");
    dev.git(["reset", "-q", "--hard", before]);
    const assisted = dev.commit(ASSISTED);
    expect(await push("bob", `${assisted}:refs/heads/main`, `${assisted}:refs/heads/topic/1`)).toMatchObject({
      status: 1,
      said: expect.stringContaining("COSIGN_MISSING"),
    });
    expect([server.ref("refs/heads/main"), server.ref("refs/heads/topic/1")]).toEqual([before, undefined]);
    dev.git(["reset", "-q", "--hard", before]);
    const vouched = dev.commit(VOUCHED);
    // To this branch bob has no right, and gitolite asks for each by itself.
    const mixed = await push("bob", `${vouched}:refs/heads/main`, `${vouched}:refs/heads/other`);
    expect(mixed).toMatchObject({ status: 1, said: expect.stringMatching(/refs\/heads\/other payments bob DENIED/) });
    expect([server.ref("refs/heads/main"), server.ref("refs/heads/other")]).toEqual([vouched, undefined]);
  };
  await expectJudged();
  // gitolite lays its own hooks again, and leaves ours.
  const written = readFileSync(join(server.dir, "hooks/pre-receive"), "utf8");
  gitolite.setUp("--hooks-only");
  expect(readFileSync(join(server.dir, "hooks/pre-receive"), "utf8")).toBe(written);
  await expectJudged();
  expect(countersign(server, ["doctor", "--server"]).stdout.replaceAll(/\s+/g, " ")).toContain("was refused for both");
  expect(countersign(dev, ["server", "uninstall", server.dir]).status).toBe(0);
  expect(server.git(["rev-list", "--count", `${start}..main`])).toBe("2");
  gitolite.layCommonHook("pre-receive", written);
  gitolite.setUp("--hooks-only");
  await expectJudged();
});
