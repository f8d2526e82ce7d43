import { beforeAll, expect, it } from "vitest";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { POLICY } from "../rig/worlds/push-world.ts";
import { startLighttpd } from "./lighttpd.ts";
import { needServers } from "./needed.ts";
import { openServerWorld, pushTo } from "./server-world.ts";

beforeAll(needServers);

it("a push over http to lighttpd is judged, in each namespace by the policy on the HEAD of that", async () => {
  using world = openServerWorld();
  const { dev, server } = world;
  server.git(["config", "receive.advertisePushOptions", "true"]);
  await using http = await startLighttpd(server);
  const options = ["-o", "countersign.skip"];
  const push = (folder: string, tip: string, branch = "main") =>
    pushTo(dev, `${folder}/server.git`, [`${tip}:refs/heads/${branch}`], { options });
  const before = server.oid("refs/heads/main");
  const assisted = dev.commit(ASSISTED);
  expect(await push(http.url, assisted)).toMatchObject({
    status: 1,
    said: expect.stringContaining("COSIGN_MISSING"),
  });
  expect(server.oid("refs/heads/main")).toBe(before);
  dev.git(["reset", "-q", "--hard", before]);
  const tip = dev.commit(VOUCHED);
  expect(await push(http.url, tip)).toMatchObject({ status: 0 });
  expect(server.oid("refs/heads/main")).toBe(tip);
  // The namespace has a policy of its own, which protects another branch.
  const start = "refs/namespaces/team/refs/namespaces/a";
  server.git(["symbolic-ref", `${start}/HEAD`, `${start}/refs/heads/trunk`]);
  const policy = dev.commit("Adopt\n", {
    files: { "countersign.config.yaml": POLICY.replace("[main]", "[trunk]") },
  });
  expect(await push(http.namespaced, policy, "trunk")).toMatchObject({ status: 0 });
  const work = dev.commit(ASSISTED);
  expect(await push(http.namespaced, work, "trunk")).toMatchObject({
    status: 1,
    said: expect.stringContaining("COSIGN_MISSING"),
  });
  expect(server.oid(`${start}/refs/heads/trunk`)).toBe(policy);
  expect(await push(http.namespaced, work, "main")).toMatchObject({ status: 0 });
  expect(server.oid(`${start}/refs/heads/main`)).toBe(work);
});
