import { chmodSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ASSISTED, attempt, expectAllowed, expectRefused, VOUCHED } from "../../rig/worlds/attempt.ts";
import { COSIGN, openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";
const WEAKER = POLICY.replace("proof: declared", "proof: declared\n  count: 0");
const STRICTER = POLICY.replace("proof: declared", "proof: declared\n  count: 2");
const TWO = `${COSIGN}\nCo-signed-by: Grace Hopper <grace@acme.example>`;

/** Ways to get rid of a policy, each made in the work tree. `code` is what the refusal is called. */
const TAMPERINGS: readonly { readonly name: string; readonly code: string; tamper(world: PushWorld): void }[] = [
  { name: "is weakened", code: "POLICY_CHANGED", tamper: ({ dev }) => dev.write({ [FILE]: WEAKER }) },
  { name: "is tightened", code: "POLICY_CHANGED", tamper: ({ dev }) => dev.write({ [FILE]: STRICTER }) },
  { name: "gets a comment", code: "POLICY_CHANGED", tamper: ({ dev }) => dev.write({ [FILE]: `${POLICY}# by all\n` }) },
  { name: "is deleted", code: "POLICY_REMOVED", tamper: ({ dev }) => dev.write({ [FILE]: null }) },
  { name: "is renamed", code: "POLICY_REMOVED", tamper: ({ dev }) => void dev.git(["mv", FILE, "countersign.yaml"]) },
  {
    name: "moves into a folder",
    code: "POLICY_REMOVED",
    tamper: ({ dev }) => dev.write({ [FILE]: null, [`docs/${FILE}`]: POLICY }),
  },
  {
    name: "takes another of its names",
    code: "POLICY_CHANGED",
    tamper: ({ dev }) => void dev.git(["mv", FILE, ".countersignrc"]),
  },
  { name: "becomes a symbolic link", code: "POLICY_REMOVED", tamper: linkPolicy },
  { name: "becomes executable", code: "POLICY_CHANGED", tamper: makeExecutable },
  {
    name: "becomes a folder",
    code: "POLICY_REMOVED",
    tamper: makeFolder,
  },
  {
    name: "gets a second one beside it",
    code: "POLICY_CHANGED",
    tamper: ({ dev }) => dev.write({ ".countersignrc.json": "{}" }),
  },
];

function linkPolicy({ dev }: PushWorld): void {
  dev.write({ "real.yaml": POLICY });
  rmSync(join(dev.dir, FILE));
  symlinkSync("real.yaml", join(dev.dir, FILE));
  dev.git(["add", FILE]);
}

function makeFolder({ dev }: PushWorld): void {
  dev.write({ [FILE]: null });
  dev.write({ [`${FILE}/x`]: POLICY });
}

function makeExecutable({ dev }: PushWorld): void {
  chmodSync(join(dev.dir, FILE), 0o755);
  dev.git(["add", FILE]);
}

describe.each(TAMPERINGS)("a push in which the policy $name", ({ code, tamper }) => {
  it("is refused, before and behind AI-assisted work, at once and by and by", () => {
    using world = openPushWorld();
    const { dev } = world;
    tamper(world);
    expectRefused(attempt(world, dev.commit("Tidy up\n", { files: {} })), code, '"Tidy up"');
    expectRefused(attempt(world, dev.commit(ASSISTED)), code, "COSIGN_MISSING", '"Tidy up"', '"Retry uploads"');
    dev.git(["reset", "-q", "--hard", "origin/main"]);
    dev.commit(ASSISTED);
    tamper(world);
    expectRefused(
      attempt(world, dev.commit("Tidy up\n", { files: {} })),
      code,
      "COSIGN_MISSING",
      '"Tidy up"',
      '"Retry uploads"',
    );
  });

  it("is refused where the change lands on another branch first", () => {
    using world = openPushWorld();
    const { dev } = world;
    tamper(world);
    const tip = dev.commit("Tidy up\n", { files: {} });
    expectAllowed(attempt(world, tip, { branch: "topic" }));
    expectRefused(attempt(world, tip), code);
  });
});

describe("a change of the policy", () => {
  it.each([
    ["by a person", `Tidy up\n\n${COSIGN}\n`],
    ["by an agent", VOUCHED],
  ])("%s lands with a co-sign and is in force from the next push on", (_, message) => {
    using world = openPushWorld();
    const { dev } = world;
    expectAllowed(attempt(world, dev.commit(message, { files: { [FILE]: STRICTER } })));
    expectRefused(attempt(world, dev.commit(VOUCHED)), "COSIGN_MISSING", "it has 1 of 2 co-signs");
    expectAllowed(attempt(world, dev.commit(`${ASSISTED}${TWO}\n`, { args: ["--amend"] })), "grace@acme.example");
  });

  it("is not in force for what is pushed with it", () => {
    using world = openPushWorld();
    world.dev.commit(`Ease\n\n${COSIGN}\n`, { files: { [FILE]: WEAKER } });
    expectRefused(attempt(world, world.dev.commit(ASSISTED)), "COSIGN_MISSING", '"Retry uploads"');
    using other = openPushWorld();
    other.dev.commit(`Tighten\n\n${COSIGN}\n`, { files: { [FILE]: STRICTER } });
    expectAllowed(attempt(other, other.dev.commit(VOUCHED)));
  });

  it("keeps needing a co-sign where AI-assisted work needs none", () => {
    using world = openPushWorld({ policy: WEAKER });
    expectAllowed(attempt(world, world.dev.commit(ASSISTED)), "no co-sign needed");
    const tidy = world.dev.commit("Tidy up\n", { files: { [FILE]: POLICY } });
    expectRefused(attempt(world, tidy), "POLICY_CHANGED", "a co-sign from a person of level senior");
    expectAllowed(attempt(world, world.dev.commit(`Tidy up\n\n${COSIGN}\n`, { files: {}, args: ["--amend"] })));
  });

  it("can need more than other work", () => {
    using world = openPushWorld({ policy: `${POLICY}policyChange:\n  count: 2\n  level: senior\n` });
    const tidy = { files: { [FILE]: POLICY } };
    expectRefused(
      attempt(world, world.dev.commit(`Tidy up\n\n${COSIGN}\n`, tidy)),
      "POLICY_CHANGED",
      "2 co-signs from people of level senior",
    );
    expectAllowed(attempt(world, world.dev.commit(`Tidy up\n\n${TWO}\n`, { files: {}, args: ["--amend"] })));
  });

  it("to a damaged one is refused even with a co-sign", () => {
    using world = openPushWorld();
    const { dev } = world;
    const damaged = dev.commit(`Tidy up\n\n${COSIGN}\n`, {
      files: { [FILE]: POLICY.replace("level: senior", "level: senoir") },
    });
    expectRefused(attempt(world, damaged), "POLICY_BROKEN", "line 6: people[0].level");
    dev.git(["reset", "-q", "--hard", "origin/main"]);
    const two = dev.commit(`Tidy up\n\n${COSIGN}\n`, { files: { ".countersignrc": POLICY } });
    expectRefused(attempt(world, two), "POLICY_BROKEN", "has 2 policy files");
  });

  it("that removes it needs the same co-signs, and then nothing is enforced", () => {
    using world = openPushWorld({ policy: `${POLICY}policyChange:\n  count: 2\n` });
    const { dev } = world;
    const alone = dev.commit(`Tidy up\n\n${COSIGN}\n`, { files: { [FILE]: null } });
    expectRefused(attempt(world, alone), "POLICY_REMOVED", "2 co-signs from people of level senior");
    // Bringing it back in the same push does not make the removal anybody's decision.
    expectRefused(
      attempt(world, dev.commit(`Restore\n\n${TWO}\n`, { files: { [FILE]: POLICY } })),
      "POLICY_REMOVED",
      '"Tidy up"',
    );
    dev.git(["reset", "-q", "--hard", "HEAD^"]);
    expectAllowed(attempt(world, dev.commit(`Tidy up\n\n${TWO}\n`, { files: {}, args: ["--amend"] })));
    expectAllowed(attempt(world, dev.commit(ASSISTED)), "nothing is enforced");
  });

  it("that leaves a link in its place is refused even with a co-sign", () => {
    using world = openPushWorld();
    linkPolicy(world);
    expectRefused(attempt(world, world.dev.commit(`Link\n\n${TWO}\n`, { files: {} })), "POLICY_BROKEN", "120000");
  });

  it("is no concern of a file that only has its name elsewhere", () => {
    using world = openPushWorld();
    const files = {
      [`docs/${FILE}`]: WEAKER,
      "Countersign.config.yaml": WEAKER,
      "countersign.config.yaml.bak": WEAKER,
      "countersign.config.toml": "",
    };
    expectAllowed(attempt(world, world.dev.commit("Document\n", { files })));
    expectRefused(attempt(world, world.dev.commit(ASSISTED)), "COSIGN_MISSING");
  });
});

describe("the branch that holds the policy", () => {
  it("cannot be deleted", () => {
    using world = openPushWorld();
    const before = world.server.ref("refs/heads/main");
    const result = world.push("origin", ":main");
    expect(result.hook).toBe(1);
    expect(result.refs.get("refs/heads/main")).toBe(before);
    expect(result.stderr).toContain("BRANCH_DELETED");
    expectAllowed(attempt(world, world.dev.oid("HEAD"), { branch: "topic" }));
    expect(world.push("origin", ":topic").refs.has("refs/heads/topic")).toBe(false);
  });

  it("cannot be forced to history without it", () => {
    using world = openPushWorld();
    const { dev } = world;
    dev.git(["checkout", "-q", "--orphan", "bare"]);
    dev.git(["rm", "-q", "-rf", "."]);
    const tip = dev.commit("Start anew\n");
    expectRefused(attempt(world, tip, { push: ["--force"] }), "HISTORY_REWRITTEN", "POLICY_REMOVED");
  });

  it("cannot be forced to history with an older one", () => {
    using world = openPushWorld();
    const { dev } = world;
    const old = dev.oid("HEAD");
    expectAllowed(attempt(world, dev.commit(`Tighten\n\n${COSIGN}\n`, { files: { [FILE]: STRICTER } })));
    expectRefused(attempt(world, old, { push: ["--force"] }), "HISTORY_REWRITTEN", "POLICY_CHANGED");
  });
});
