import { describe, expect, it } from "vitest";
import { ASSISTED } from "../../rig/worlds/attempt.ts";
import { openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const NOTICE =
  "countersign: the policy of origin does not protect its default branch trunk, so nothing is enforced there; it protects main. Was the branch renamed?\n";

/** The server's default branch is renamed from `main` to `trunk`, and the clone has heard of it. */
function openRenamed(policy: string): PushWorld {
  const world = openPushWorld({ policy });
  const { server, dev } = world;
  server.git(["branch", "-m", "main", "trunk"]);
  dev.git(["branch", "-m", "main", "trunk"]);
  dev.git(["fetch", "-q", "--prune", "origin"]);
  dev.git(["remote", "set-head", "origin", "trunk"]);
  return world;
}

describe("a push to a default branch that was renamed", () => {
  it("passes, and one notice says that the policy protects it no more, however many refs are pushed", () => {
    using world = openRenamed(POLICY);
    const { dev, push } = world;
    const oid = dev.commit(ASSISTED);
    dev.git(["branch", "topic"]);
    dev.git(["tag", "v1"]);
    const pushed = push("origin", "trunk", "topic", "v1");
    expect(pushed.stderr.startsWith(NOTICE)).toBe(true);
    expect(pushed.stderr.split("does not protect")).toHaveLength(2);
    expect({ status: pushed.status, ref: pushed.refs.get("refs/heads/trunk") }).toEqual({ status: 0, ref: oid });
  });

  it("is judged without a word where the policy was renamed with it", () => {
    using world = openRenamed(POLICY.replace("[main]", "[trunk]"));
    const { dev, server, push } = world;
    const before = server.ref("refs/heads/trunk");
    dev.commit(ASSISTED);
    const refused = push("origin", "trunk");
    expect(refused).toMatchObject({ status: 1, hook: 1, refs: new Map([["refs/heads/trunk", before]]) });
    expect(refused.stderr).toContain("COSIGN_MISSING");
    expect(refused.stderr).not.toContain("does not protect");
  });

  it("is not spoken of where another branch is pushed", () => {
    using world = openRenamed(POLICY);
    const oid = world.dev.commit(ASSISTED);
    const pushed = world.push("origin", "HEAD:topic");
    expect(pushed.stderr).not.toContain("does not protect");
    expect({ status: pushed.status, ref: pushed.refs.get("refs/heads/topic") }).toEqual({ status: 0, ref: oid });
  });
});
