import { expect, it } from "vitest";
import { CLAUDE, COSIGN, openPushWorld } from "../rig/worlds/push-world.ts";

it("refuses an AI-assisted commit on a protected branch and lets it pass once a senior co-signed", () => {
  using world = openPushWorld({ ownProcess: true });
  const before = world.server.ref("refs/heads/main");
  world.dev.commit(`Retry uploads\n\n${CLAUDE}\n`);
  const refused = world.push("origin", "main");
  expect(refused.status).toBe(1);
  expect(refused.refs.get("refs/heads/main")).toBe(before);
  world.dev.commit(`Retry uploads\n\n${CLAUDE}\n${COSIGN}\n`, { args: ["--amend"] });
  const passed = world.push("origin", "main");
  expect(passed.status).toBe(0);
  expect(passed.refs.get("refs/heads/main")).toBe(world.dev.oid("HEAD"));
});
