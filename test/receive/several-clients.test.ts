import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { ASSISTED } from "../rig/attempt.ts";
import { serveOverHttp } from "../rig/git-over-http.ts";
import { POLICY } from "../rig/push-world.ts";
import { asSaid, openReceiveWorld } from "../rig/receive-world.ts";
import type { Repo } from "../rig/repo.ts";

/** A push while others go on. */
function push(
  { dir, env }: Repo,
  url: string,
  tip: string,
  branch: string,
): Promise<{ status: number; stderr: string }> {
  const args = ["push", "--no-verify", url, `${tip}:refs/heads/${branch}`];
  return new Promise((resolve) => {
    execFile("git", args, { cwd: dir, env }, (error, _, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, stderr: asSaid(stderr) });
    });
  });
}

it("pushes over http are judged as any others", async () => {
  using world = openReceiveWorld();
  const { dev, server } = world;
  await using http = await serveOverHttp(server);
  const url = `${http.url}/server.git`;
  const refused = await push(dev, url, dev.commit(ASSISTED), "main");
  expect({ status: refused.status, said: refused.stderr.includes("COSIGN_MISSING") }).toEqual({
    status: 1,
    said: true,
  });
  dev.git(["reset", "-q", "--hard", "HEAD~"]);
  const tip = dev.commit("By hand\n");
  expect(await push(dev, url, tip, "main")).toMatchObject({ status: 0 });
  expect(server.oid("refs/heads/main")).toBe(tip);
});

it("of pushes at the same time each is judged, one for each branch gets in, and nothing of the others stays", async () => {
  const [branches, rivals] = [["main", "release/1", "release/2"], 6];
  using world = openReceiveWorld({ policy: POLICY.replace("[main]", '[main, "release/**"]') });
  const { dev, server } = world;
  const base = dev.oid("HEAD");
  for (const branch of branches) server.git(["update-ref", `refs/heads/${branch}`, base]);
  // Half of the rivals are an agent's commits that nobody co-signed.
  const pushes = branches.flatMap((branch) =>
    Array.from({ length: rivals }, (_, index) => {
      const assisted = index % 2 === 0;
      dev.git(["reset", "-q", "--hard", base]);
      return { branch, assisted, tip: dev.commit(assisted ? ASSISTED : "By hand\n") };
    }),
  );
  const ended = await Promise.all(
    pushes.map(async (each) => ({ ...each, ...(await push(dev, server.dir, each.tip, each.branch)) })),
  );
  expect(ended.filter(({ assisted, status }) => assisted && status === 0)).toEqual([]);
  for (const branch of branches) {
    const landed = ended.filter((each) => each.branch === branch && each.status === 0).map(({ tip }) => tip);
    expect(landed).toEqual([server.oid(`refs/heads/${branch}`)]);
  }
  const left = readdirSync(server.dir, { recursive: true }).map(String);
  expect(left.filter((path) => /tmp_objdir|incoming|\.lock$/.test(path))).toEqual([]);
  const tips = ended.filter(({ status }) => status !== 0).map(({ tip }) => tip);
  const stored = server.git(["cat-file", "--batch-check"], { input: `${tips.join("\n")}\n` });
  const refusedByUs = ended.filter(({ stderr }) => stderr.includes("COSIGN_MISSING"));
  for (const { tip } of refusedByUs) expect(stored).toContain(`${tip} missing`);
});
