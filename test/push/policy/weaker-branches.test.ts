import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { ASSISTED, attempt, expectAllowed, expectRefused, VOUCHED } from "../../rig/worlds/attempt.ts";
import {
  CLAUDE,
  COSIGN,
  type ObjectFormat,
  openPushWorld,
  POLICY,
  type PushWorld,
} from "../../rig/worlds/push-world.ts";

const FORMATS: readonly ObjectFormat[] = ["sha1", "sha256"];
const CLEAN = "Retry uploads\n";

describe.each(FORMATS)("a co-sign that was given for a weaker branch of a %s repository", (format) => {
  const TWO = `${POLICY.replace("  - branches: [main]\n", '  - branches: [main]\n  - branches: ["release/**"]\n    cosign: { count: 2 }\n')}`;
  const BOTH = `Retry uploads\n\n${CLAUDE}\n${COSIGN}\nCo-signed-by: Grace Hopper <grace@acme.example>\n`;

  function openReleaseWorld(policy = TWO): PushWorld {
    const world = openPushWorld({ format, policy });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main:release/1"]);
    return world;
  }

  it("does not carry the work to a stricter one", () => {
    using world = openReleaseWorld();
    const work = world.dev.commit(VOUCHED);
    expectAllowed(attempt(world, work));
    expectRefused(
      attempt(world, work, { branch: "release/1" }),
      "COSIGN_MISSING",
      work.slice(0, 12),
      "1 of 2 co-signs",
    );
  });

  it("does so where enough people co-signed for both", () => {
    using world = openReleaseWorld();
    const work = world.dev.commit(BOTH);
    expectAllowed(attempt(world, work));
    expectAllowed(attempt(world, work, { branch: "release/1" }), "ada@acme.example", "grace@acme.example");
  });

  it("does so where the stricter branch accepts what landed on the weaker one", () => {
    using world = openReleaseWorld(TWO.replace("count: 2 }\n", "count: 2 }\n    accepts: [main]\n"));
    const work = world.dev.commit(VOUCHED);
    expectAllowed(attempt(world, work));
    expectAllowed(attempt(world, work, { branch: "release/1" }));
    const more = world.dev.commit(VOUCHED);
    expectRefused(
      attempt(world, more, { branch: "release/1" }),
      "COSIGN_MISSING",
      more.slice(0, 12),
      "(1 new commit, 1 AI-assisted)",
    );
  });

  it("does not open a new branch of the stricter kind", () => {
    using world = openReleaseWorld();
    const work = world.dev.commit(VOUCHED);
    expectAllowed(attempt(world, work));
    expectRefused(
      attempt(world, work, { branch: "release/2" }),
      "COSIGN_MISSING",
      work.slice(0, 12),
      "(1 new commit, 1 AI-assisted)",
    );
  });

  it("is not asked for history from before the baseline", () => {
    using world = openPushWorld({ format, policy: null });
    const { dev } = world;
    const old = dev.commit(ASSISTED);
    writeFileSync(join(dev.dir, "countersign.config.yaml"), `${TWO}baseline: ${old}\n`);
    dev.git(["add", "countersign.config.yaml"]);
    dev.commit(`Adopt\n\n${COSIGN}\nCo-signed-by: Grace Hopper <grace@acme.example>\n`, { files: {} });
    dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    expectAllowed(attempt(world, dev.oid("HEAD"), { branch: "release/1" }));
    const work = dev.commit(ASSISTED);
    expectRefused(attempt(world, work, { branch: "release/2" }), "COSIGN_MISSING", work.slice(0, 12), "1 AI-assisted");
  });
});

describe("a commit made by a clock that was ahead", () => {
  it("is known to have landed, however the later ones are dated", () => {
    using world = openPushWorld({ policy: null });
    const { dev } = world;
    dev.commit(ASSISTED, { date: "2030-01-01T00:00:00Z" });
    dev.git(["branch", "feat"]);
    for (let day = 1; day < 10; day += 1) dev.commit(CLEAN, { date: `2020-01-0${day}T00:00:00Z` });
    dev.commit("Adopt\n", { files: { "countersign.config.yaml": POLICY }, date: "2020-01-10T00:00:00Z" });
    dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    dev.git(["checkout", "-q", "feat"]);
    const work = dev.commit(CLEAN, { date: "2030-01-02T00:00:00Z" });
    dev.git(["checkout", "-q", "main"]);
    dev.git(["merge", "-q", "--no-edit", work]);
    expectAllowed(attempt(world, dev.oid("HEAD")));
  });
});
