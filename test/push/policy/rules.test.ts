import { describe, it } from "vitest";
import {
  ASSISTED,
  attempt,
  attemptCommit,
  expectAllowed,
  expectRefused,
  expectUndecided,
  VOUCHED,
} from "../../rig/worlds/attempt.ts";
import { CLAUDE, COSIGN, openPushWorld, POLICY } from "../../rig/worlds/push-world.ts";

const GRACE = "Co-signed-by: Grace Hopper <grace@acme.example>";
const TWO = `${ASSISTED}${COSIGN}\n${GRACE}\n`;
const rules = (...texts: readonly string[]): string =>
  `${POLICY}rules:\n${texts.map((text) => `  - ${text}\n`).join("")}`;

describe("a rule for paths", () => {
  const policy = rules(
    '{ name: infrastructure, paths: ["infra/**", "**/*.tf"], cosign: { level: principal } }',
    '{ name: docs are free, paths: ["docs/**", "*.md"], cosign: { count: 0 } }',
  );

  it.each([
    ["infra/a.yaml", COSIGN, "COSIGN_LEVEL"],
    ["deep/down/net.tf", COSIGN, "COSIGN_LEVEL"],
    ["net.tf", "", "COSIGN_MISSING"],
  ])("asks for more where it matches %s", (path, line, code) => {
    using world = openPushWorld({ policy });
    const files = { [path]: "x\n", "src/a.ts": "y\n" };
    expectRefused(attemptCommit(world, `${ASSISTED}${line}\n`, { files }), code, "principal");
    expectAllowed(attemptCommit(world, `${ASSISTED}${GRACE}\n`, { files }), "grace@acme.example");
  });

  it("names itself in the refusal", () => {
    using world = openPushWorld({ policy });
    expectRefused(
      attemptCommit(world, ASSISTED, { files: { "infra/a": "x\n" } }),
      'the policy ("infrastructure") requires',
    );
  });

  it("frees a commit that touches such paths alone", () => {
    using world = openPushWorld({ policy });
    expectAllowed(
      attemptCommit(world, ASSISTED, { files: { "docs/a/b.md": "x\n", "README.md": "y\n" } }),
      "no co-sign needed",
    );
    expectRefused(
      attemptCommit(world, ASSISTED, { files: { "docs/a/c.md": "x\n", "src/a.ts": "y\n" } }),
      "COSIGN_MISSING",
    );
  });

  it("gives way to a later one that matches too", () => {
    using world = openPushWorld({
      policy: rules(
        '{ name: all, paths: ["**"], cosign: { count: 0 } }',
        '{ name: source, paths: ["src/**"], cosign: { count: 2 } }',
      ),
    });
    expectAllowed(attemptCommit(world, ASSISTED, { files: { other: "x\n" } }), "no co-sign needed");
    expectRefused(attemptCommit(world, VOUCHED, { files: { "src/a": "x\n" } }), "COSIGN_MISSING", "it has 1 of 2");
    expectAllowed(attemptCommit(world, TWO, { files: { "src/a": "x\n" } }));
  });

  it("sees both ends of a move, and what is deleted", () => {
    using world = openPushWorld({ policy });
    const { dev } = world;
    expectAllowed(attemptCommit(world, "Begin\n", { files: { "infra/a": "some text\n", "infra/b": "more text\n" } }));
    dev.git(["mv", "infra/a", "a"]);
    expectRefused(attempt(world, dev.commit(VOUCHED, { files: {} })), "COSIGN_LEVEL");
    expectRefused(attemptCommit(world, VOUCHED, { files: { "infra/b": null } }), "COSIGN_LEVEL");
  });

  it("does not reach a commit without changes, which needs what the policy asks of all", () => {
    using world = openPushWorld({ policy });
    expectRefused(attemptCommit(world, ASSISTED, { files: {} }), "COSIGN_MISSING", "of level senior");
    expectAllowed(attemptCommit(world, VOUCHED, { files: {} }));
  });

  it("is of no concern to people's own work", () => {
    using world = openPushWorld({ policy });
    expectAllowed(attemptCommit(world, "Open the firewall\n", { files: { "infra/a": "x\n" } }));
  });
});

describe("a rule for the size of a change", () => {
  const lines = (count: number): string => "line\n".repeat(count);
  const many = (count: number, contents: string | null): Record<string, string | null> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`many/${index}`, contents]));

  it("holds for a commit that deletes more files", () => {
    using world = openPushWorld({
      policy: rules("{ name: blast radius, deletes: { files: 2 }, cosign: { count: 2 } }"),
    });
    expectAllowed(attemptCommit(world, "Begin\n", { files: many(6, "x\n") }));
    expectAllowed(attemptCommit(world, VOUCHED, { files: { "many/4": null, "many/5": null } }));
    expectRefused(
      attemptCommit(world, VOUCHED, { files: many(3, null) }),
      "COSIGN_MISSING",
      '"blast radius"',
      "1 of 2",
    );
    expectAllowed(attemptCommit(world, TWO, { files: many(3, null) }));
  });

  it("holds for a commit that changes more files", () => {
    using world = openPushWorld({ policy: rules("{ name: wide, changes: { files: 3 }, cosign: { count: 2 } }") });
    expectAllowed(attemptCommit(world, VOUCHED, { files: many(3, "x\n") }));
    expectRefused(attemptCommit(world, VOUCHED, { files: many(4, "y\n") }), "COSIGN_MISSING", '"wide"', "1 of 2");
    expectAllowed(attemptCommit(world, TWO, { files: many(4, "y\n") }));
  });

  it("holds for a commit that changes more lines, added and deleted together", () => {
    using world = openPushWorld({ policy: rules("{ name: long, changes: { lines: 10 }, cosign: { count: 2 } }") });
    expectAllowed(attemptCommit(world, VOUCHED, { files: { a: lines(4), b: lines(6) } }));
    expectRefused(
      attemptCommit(world, VOUCHED, { files: { a: lines(10), b: "other\n" } }),
      "COSIGN_MISSING",
      '"long"',
      "1 of 2",
    );
    expectAllowed(attemptCommit(world, TWO, { files: { a: lines(10), b: "other\n" } }));
  });

  it("counts lines whatever attributes and settings say", () => {
    using world = openPushWorld({ policy: rules("{ name: long, changes: { lines: 10 }, cosign: { count: 2 } }") });
    expectAllowed(attemptCommit(world, "Attributes\n", { files: { ".gitattributes": "* -diff binary\n" } }));
    world.dev.git(["config", "diff.algorithm", "histogram"]);
    expectRefused(attemptCommit(world, VOUCHED, { files: { a: lines(11) } }), "COSIGN_MISSING", '"long"');
    expectAllowed(attemptCommit(world, VOUCHED, { files: { a: lines(10) } }));
  });
});

describe("a rule that denies", () => {
  const policy = rules(
    '{ name: no agent in production, agents: [claude-code], paths: ["prod/**"], deny: An agent must not change production. }',
  );

  it("cannot be met by any co-sign", () => {
    using world = openPushWorld({ policy });
    const files = { "prod/a": "x\n", "src/a": "x\n" };
    expectRefused(
      attemptCommit(world, TWO, { files }),
      "DENIED_BY_RULE",
      "An agent must not change production.",
      "no co-sign can allow it",
    );
    expectAllowed(attemptCommit(world, "By hand\n", { files }));
  });

  it("holds for its paths and its agents alone", () => {
    using world = openPushWorld({ policy });
    expectAllowed(attemptCommit(world, VOUCHED, { files: { "src/prod/a": "x\n" } }));
    expectAllowed(
      attemptCommit(world, `Retry\n\nAssisted-by: Kiro:claude-opus-5\n${COSIGN}\n`, { files: { "prod/b": "x\n" } }),
    );
    expectRefused(
      attemptCommit(world, `Retry\n\nAssisted-by: Kiro:claude-opus-5\n${CLAUDE}\n${COSIGN}\n`, {
        files: { "prod/b": "y\n" },
      }),
      "DENIED_BY_RULE",
    );
  });
});

describe("a rule for authors", () => {
  it("can let people sign their own work", () => {
    using world = openPushWorld({
      policy: rules("{ name: own work, authors: { level: principal }, cosign: { self: true } }"),
    });
    expectAllowed(
      attemptCommit(world, `${ASSISTED}${GRACE}\n`, { author: "Grace Hopper <GRACE@acme.example>" }),
      "grace@acme.example",
    );
    expectRefused(attemptCommit(world, VOUCHED, { author: "Ada Lovelace <ada@acme.example>" }), "COSIGN_SELF");
  });

  it("holds for nobody who is not on the roster", () => {
    using world = openPushWorld({
      policy: rules("{ name: trusted, authors: { level: junior }, cosign: { count: 0 } }"),
    });
    expectAllowed(attemptCommit(world, ASSISTED, { author: "Jim Junior <jim@acme.example>" }), "no co-sign needed");
    expectRefused(attemptCommit(world, ASSISTED, { author: "Jim Junior <jim@other.example>" }), "COSIGN_MISSING");
  });

  it("that asks for less decides nothing where co-signs must be proven", () => {
    const lower = rules("{ name: trusted, authors: { level: senior }, cosign: { count: 0 } }").replace(
      "proof: declared",
      "proof: signed",
    );
    using world = openPushWorld({ policy: lower });
    expectUndecided(attemptCommit(world, ASSISTED), "POLICY_MALFORMED", "rules[0].cosign.count asks for less");
    using other = openPushWorld({ policy: lower.replace("count: 0", "count: 2") });
    expectRefused(
      attemptCommit(other, ASSISTED, { author: "Ada Lovelace <ada@acme.example>" }),
      "COSIGN_MISSING",
      "2 signed co-signs from people",
    );
  });
});

describe("agents and exemptions of the policy", () => {
  const policy = `${POLICY}agents:\n  - { id: acme-bot, name: Acme Bot, emails: [bot@acme.example] }\nexempt: [noreply@anthropic.com]\n`;

  it("add to what counts", () => {
    using world = openPushWorld({ policy });
    expectRefused(
      attemptCommit(world, "Retry\n\nCo-authored-by: Acme Bot <BOT@acme.example>\n"),
      "COSIGN_MISSING",
      "acme-bot (line 3)",
    );
    expectAllowed(attemptCommit(world, `Retry\n\nCo-authored-by: Acme Bot <bot@acme.example>\n${COSIGN}\n`));
    using other = openPushWorld();
    expectAllowed(attemptCommit(other, "Retry\n\nCo-authored-by: Acme Bot <bot@acme.example>\n"));
  });

  it("take away from it", () => {
    using world = openPushWorld({ policy });
    expectAllowed(attemptCommit(world, ASSISTED));
    expectRefused(attemptCommit(world, "Retry\n\nAssisted-by: Claude:claude-opus-5\n"), "COSIGN_MISSING");
  });
});
