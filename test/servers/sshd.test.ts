import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { POLICY, type PushWorld } from "../rig/worlds/push-world.ts";
import { type Crowd, pushAsCrowd } from "./many-clients.ts";
import { needServers } from "./needed.ts";
import { openServerWorld, pushTo } from "./server-world.ts";
import { makeKeys, type SshServer, startSshd } from "./sshd.ts";

beforeAll(needServers);

async function serve({ scratch, server }: PushWorld): Promise<SshServer & { readonly url: string }> {
  const { bob } = makeKeys(scratch, ["bob"]);
  const sshd = await startSshd(scratch, { keys: { bob }, authorized: `${bob.path}.pub` });
  return { ...sshd, url: `ssh://bob${server.dir}` };
}

describe("a push over OpenSSH", () => {
  it("is judged by the policy on the branch that HEAD names, whatever options come with it", async () => {
    using world = openServerWorld({ policy: POLICY.replace("[main]", "[trunk]") });
    const { dev, server } = world;
    server.git(["branch", "-m", "main", "trunk"]);
    server.git(["config", "receive.advertisePushOptions", "true"]);
    await using sshd = await serve(world);
    const options = ["-o", "countersign.skip", "-o", "COUNTERSIGN=0", "-o", "ci.skip"];
    const push = (tip: string) => pushTo(dev, sshd.url, [`${tip}:refs/heads/trunk`], { options, variables: sshd.env });
    const before = server.oid("refs/heads/trunk");
    const refused = await push(dev.commit(ASSISTED));
    expect(refused).toMatchObject({ status: 1, said: expect.stringContaining("COSIGN_MISSING") });
    expect(server.oid("refs/heads/trunk")).toBe(before);
    dev.git(["reset", "-q", "--hard", before]);
    const tip = dev.commit(VOUCHED);
    expect(await push(tip)).toMatchObject({ status: 0 });
    expect(server.oid("refs/heads/trunk")).toBe(tip);
  });

  it("is judged as if it were alone, however many others come at the same time", async () => {
    const crowd: Crowd = { clients: 20, pushes: 60, branches: Array.from({ length: 10 }, (_, at) => `release/${at}`) };
    using world = openServerWorld({ policy: POLICY.replace("[main]", '[main, "release/**"]') });
    const { dev, server, scratch } = world;
    for (const branch of crowd.branches) server.git(["branch", branch, "main"]);
    await using sshd = await serve(world);
    const pushes = await pushAsCrowd(world, sshd, crowd);
    const landed = new Set(server.git(["rev-list", "--branches", "--not", "main"]).split("\n"));
    // Git's own word on a rival that was faster is no verdict of ours.
    const judged = pushes.map(({ branch, tip, mayLand, status, said }) => ({
      branch,
      isIn: landed.has(tip),
      wrong: status === 0 ? !mayLand : mayLand && /COSIGN_|cannot decide/.test(said),
      lost: (status === 0) !== landed.has(tip),
      unexplained: status !== 0 && !/COSIGN_MISSING|\[(?:remote )?rejected\]/.test(said),
    }));
    expect(judged.filter(({ wrong, lost, unexplained }) => wrong || lost || unexplained)).toEqual([]);
    expect(judged).toHaveLength(crowd.pushes);
    for (const branch of crowd.branches) expect(judged.some((each) => each.branch === branch && each.isIn)).toBe(true);
    const left = readdirSync(server.dir, { recursive: true }).map(String);
    expect(left.filter((path) => /tmp_|incoming|\.lock$/.test(path))).toEqual([]);
    expect(readdirSync(join(scratch.dir, "session-tmp"))).toEqual([]);
    const refused = pushes.filter(({ mayLand }) => !mayLand).map(({ tip }) => `${tip}\n`);
    const stored = server.git(["cat-file", "--batch-check"], { input: refused.join("") }).split("\n");
    expect(stored.filter((line) => !line.endsWith(" missing"))).toEqual([]);
    expect(dev.git(["rev-parse", "HEAD"])).toBe(server.oid("refs/heads/main"));
  });
});
