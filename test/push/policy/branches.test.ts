import { describe, expect, it } from "vitest";
import { ASSISTED, attempt, expectAllowed, expectRefused, VOUCHED } from "../../rig/worlds/attempt.ts";
import { COSIGN, openPushWorld, POLICY } from "../../rig/worlds/push-world.ts";

const protect = (entries: string): string => POLICY.replace("protect:\n  - branches: [main]\n", `protect:\n${entries}`);
const GRACE = "Co-signed-by: Grace Hopper <grace@acme.example>";

describe("branches are protected by their patterns", () => {
  it.each(["constructor", "__proto__", "release/1", "release/1/2", "refs/heads/main", "hot-x"])(
    "such as %s",
    (branch) => {
      using world = openPushWorld({
        policy: protect('  - branches: [main, constructor, __proto__, "release/**", "*/heads/main", "hot-*"]\n'),
      });
      expectRefused(attempt(world, world.dev.commit(ASSISTED), { branch }), "COSIGN_MISSING");
      expectAllowed(attempt(world, world.dev.commit(VOUCHED, { args: ["--amend"] }), { branch }));
    },
  );

  it.each(["toString", "Main", "xmain", "main2", "release", "hot/x", "hasOwnProperty"])(
    "and others are not, such as %s",
    (branch) => {
      using world = openPushWorld({ policy: protect('  - branches: [main, "release/**", "hot-*"]\n') });
      const result = attempt(world, world.dev.commit(ASSISTED), { branch });
      expectAllowed(result);
      // What is said is about the way to a protected one.
      expect(result.stderr).toContain(`countersign: before ${branch} can land on main`);
    },
  );
});

describe("a warning stops nothing", () => {
  it("but tells what would be refused", () => {
    using world = openPushWorld({ policy: `${POLICY}mode: warn\n` });
    const result = attempt(world, world.dev.commit(ASSISTED));
    expect(result).toMatchObject({ status: 0, hook: 0 });
    expect(result.refs.get(result.ref)).toBe(result.tip);
    expect(result.stderr).toContain("would be refused (mode: warn) refs/heads/main");
    expect(result.stderr).toContain("COSIGN_MISSING");
    expectAllowed(attempt(world, world.dev.commit(VOUCHED)));
  });

  it("where it is set for one entry, while the other still does", () => {
    using world = openPushWorld({ policy: protect("  - branches: [main]\n  - branches: [staging]\n    mode: warn\n") });
    const tip = world.dev.commit(ASSISTED);
    const staging = attempt(world, tip, { branch: "staging" });
    expect(staging).toMatchObject({ status: 0, hook: 0 });
    expect(staging.refs.get(staging.ref)).toBe(tip);
    expect(staging.stderr).toContain("would be refused (mode: warn) refs/heads/staging");
    expectRefused(attempt(world, tip), "COSIGN_MISSING");
    const before = world.server.ref("refs/heads/main");
    const both = world.push("origin", `${tip}:refs/heads/main`, `${tip}:refs/heads/staging2`);
    expect(both.hook).toBe(1);
    expect([both.refs.get("refs/heads/main"), both.refs.get("refs/heads/staging2")]).toEqual([before, undefined]);
  });

  it("where an entry enforces in spite of the policy's warning, nothing is let through", () => {
    using world = openPushWorld({ policy: `${protect("  - branches: [main]\n    mode: enforce\n")}mode: warn\n` });
    expectRefused(attempt(world, world.dev.commit(ASSISTED)), "COSIGN_MISSING");
    expectAllowed(attempt(world, world.dev.commit(VOUCHED, { args: ["--amend"] })));
  });
});

describe("what landed on one branch", () => {
  const strict = '  - branches: [main]\n  - branches: ["release/**"]\n    cosign: { count: 2 }\n';

  it("is judged anew for a stricter one", () => {
    using world = openPushWorld({ policy: protect(strict) });
    const tip = world.dev.commit(VOUCHED);
    expectAllowed(attempt(world, tip));
    // The policy's own commit has no co-sign in this world, so it is told of too.
    expectRefused(attempt(world, tip, { branch: "release/1" }), "COSIGN_MISSING", "it has 1 of 2 co-signs");
    expectRefused(attempt(world, tip, { branch: "release/1" }), "2 co-signs from people");
  });

  it("counts for one that accepts it", () => {
    using world = openPushWorld({ policy: protect(`${strict}    accepts: [main]\n`) });
    const tip = world.dev.commit(VOUCHED);
    expectAllowed(attempt(world, tip));
    expectAllowed(attempt(world, tip, { branch: "release/1" }));
    const more = world.dev.commit(VOUCHED);
    expectRefused(attempt(world, more, { branch: "release/1" }), "COSIGN_MISSING", "1 of 2");
    expectAllowed(
      attempt(world, world.dev.commit(`${ASSISTED}${COSIGN}\n${GRACE}\n`, { files: {}, args: ["--amend"] }), {
        branch: "release/1",
      }),
    );
  });

  it("counts for others of the same entry", () => {
    using world = openPushWorld({ policy: protect('  - branches: [main, "release/**"]\n') });
    const tip = world.dev.commit(VOUCHED);
    expectAllowed(attempt(world, tip));
    expectAllowed(attempt(world, tip, { branch: "release/1" }));
    expectRefused(attempt(world, world.dev.commit(ASSISTED), { branch: "release/1" }), "COSIGN_MISSING");
  });

  it("counts for none where nothing protects it", () => {
    using world = openPushWorld();
    const tip = world.dev.commit(ASSISTED);
    expectAllowed(attempt(world, tip, { branch: "feat" }));
    expectRefused(attempt(world, tip), "COSIGN_MISSING");
  });
});

describe("where disclosure is required", () => {
  it.each([
    ["a commit that says nothing", "Retry\n", "DISCLOSURE_MISSING"],
    ["an empty disclosure", "Retry\n\nAssisted-by:\n", "DISCLOSURE_MISSING"],
    ["a disclosure in a sentence", "Retry\n\nNo AI here, Assisted-by: none of them.\n", "DISCLOSURE_MISSING"],
    ["AI-assisted work without a co-sign", ASSISTED, "COSIGN_MISSING"],
    ["AI-assisted work that denies it too", `${ASSISTED}Assisted-by: none\n`, "COSIGN_MISSING"],
  ])("%s is refused", (_, message, code) => {
    using world = openPushWorld({ policy: `${POLICY}disclosure: required\n` });
    expectRefused(attempt(world, world.dev.commit(message)), code);
  });

  it.each([
    ["none", "Retry\n\nAssisted-by: none\n"],
    ["n/a", "Retry\n\nassisted-by: N/A\n"],
    ["no", "Retry\n\nAssisted-by: no\n"],
    ["false", "Retry\n\nAI-assisted: false\n"],
    ["an agent, and the co-sign that it needs", VOUCHED],
  ])("a commit that names %s passes", (_, message) => {
    using world = openPushWorld({ policy: `${POLICY}disclosure: required\n` });
    expectAllowed(attempt(world, world.dev.commit(message)));
  });
});
