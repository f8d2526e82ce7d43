import { describe, it } from "vitest";
import { ASSISTED, attempt, expectAllowed, expectRefused, VOUCHED } from "../../rig/worlds/attempt.ts";
import { COSIGN, type ObjectFormat, openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";

interface Adoption {
  readonly baseline: boolean;
  /** The message of the commit that brings the policy. */
  readonly adopt?: string;
}

/** A world with AI-assisted work of old on `main`, and a policy that begins to judge behind it, or does not. */
function openAdopting(
  format: ObjectFormat,
  { baseline, adopt = `Adopt countersign\n\n${COSIGN}\n` }: Adoption,
): PushWorld & { readonly adopted: string } {
  const world = openPushWorld({ policy: null, format });
  const { dev } = world;
  dev.commit(ASSISTED);
  const adopted = dev.commit(ASSISTED);
  const policy = POLICY.replace("branches: [main]", 'branches: [main]\n  - branches: ["release/**"]');
  dev.commit(adopt, { files: { [FILE]: baseline ? `${policy}baseline: ${adopted}\n` : policy } });
  dev.git(["push", "-q", "--no-verify", "origin", "main"]);
  return { ...world, adopted };
}

describe.each(["sha1", "sha256"] as const)("history up to the baseline is not judged (%s)", (format) => {
  it("when a protected branch is begun from it", () => {
    using world = openAdopting(format, { baseline: true });
    expectAllowed(attempt(world, world.dev.oid("HEAD"), { branch: "release/1" }));
    using other = openAdopting(format, { baseline: false });
    expectRefused(attempt(other, other.dev.oid("HEAD"), { branch: "release/1" }), "COSIGN_MISSING", "2 AI-assisted");
  });

  it("nor is the commit behind it that brought the policy, of which nobody could ask a co-sign", () => {
    using world = openAdopting(format, { baseline: true, adopt: "Adopt countersign\n" });
    expectAllowed(attempt(world, world.dev.oid("HEAD"), { branch: "release/1" }));
    expectRefused(attempt(world, world.dev.commit(ASSISTED), { branch: "release/1" }), "COSIGN_MISSING");
  });

  it("but what came later is", () => {
    using world = openAdopting(format, { baseline: true });
    expectRefused(
      attempt(world, world.dev.commit(ASSISTED), { branch: "release/1" }),
      "COSIGN_MISSING",
      "1 AI-assisted",
    );
    expectAllowed(attempt(world, world.dev.commit(VOUCHED, { args: ["--amend"] }), { branch: "release/1" }));
  });

  it("but what forks from before it is", () => {
    using world = openAdopting(format, { baseline: true });
    const { dev, adopted } = world;
    dev.git(["checkout", "-q", "-b", "old", `${adopted}~2`]);
    dev.commit(ASSISTED);
    dev.git(["checkout", "-q", "main"]);
    dev.git(["merge", "-q", "--no-edit", "old"]);
    expectRefused(attempt(world, dev.oid("HEAD")), "COSIGN_MISSING", "1 AI-assisted");
    expectRefused(attempt(world, dev.oid("HEAD"), { branch: "release/1" }), "COSIGN_MISSING", "1 AI-assisted");
  });
});

describe("dates decide nothing", () => {
  const DATES = ["2001-01-01T00:00:00Z", "1970-01-01T00:00:01Z", "2099-12-31T23:59:59Z"];

  it.each(DATES)("an AI-assisted commit of %s is judged", (date) => {
    using world = openAdopting("sha1", { baseline: true });
    const { dev } = world;
    dev.commit(ASSISTED, { date });
    const tip = dev.commit("More work\n");
    expectRefused(attempt(world, tip), "COSIGN_MISSING", "(2 new commits, 1 AI-assisted)");
    expectRefused(attempt(world, tip, { branch: "release/1" }), "COSIGN_MISSING", "1 AI-assisted");
  });

  it.each(DATES)("a human commit of %s passes", (date) => {
    using world = openAdopting("sha1", { baseline: true });
    expectAllowed(attempt(world, world.dev.commit("More work\n", { date })));
  });

  it.each(DATES)("a co-signed commit of %s passes", (date) => {
    using world = openAdopting("sha1", { baseline: true });
    expectAllowed(attempt(world, world.dev.commit(VOUCHED, { date })), "co-signed by ada@acme.example");
  });

  it("an AI-assisted commit below ever older ones is found", () => {
    using world = openAdopting("sha1", { baseline: true });
    const { dev } = world;
    dev.commit(ASSISTED);
    for (let year = 2010; year > 1990; year -= 1) dev.commit("Work\n", { date: `${year}-01-01T00:00:00Z` });
    expectRefused(attempt(world, dev.oid("HEAD")), "COSIGN_MISSING", "(21 new commits, 1 AI-assisted)");
  });
});
