import { afterAll, describe, expect, it } from "vitest";
import { attempt, attemptCommit, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { CLAUDE, COSIGN, openPushWorld } from "../../rig/worlds/push-world.ts";

const MARK = "Assisted-by: Claude:claude-opus-5";
const SCISSORS = "# ------------------------ >8 ------------------------";

describe("an agent's mark counts wherever it stands", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());

  const PLACES = [
    ["in a paragraph above the last one", `Retry\n\n${MARK}\n\nIt tries three times.\n`, 3],
    ["behind prose without a blank line", `Retry\n\nIt tries three times.\n${CLAUDE}\n`, 4],
    ["behind the title without a blank line", `Retry\n${CLAUDE}\n`, 2],
    ["in the title", `${CLAUDE}\n`, 1],
    ["below a line of three dashes", `Retry\n\nSigned-off-by: Bob Builder <bob@acme.example>\n---\n${CLAUDE}\n`, 5],
    ["below scissors", `Retry\n\n${SCISSORS}\n${CLAUDE}\n`, 4],
    ["below a list of conflicts", `Retry\n\nConflicts:\n\tupload.ts\n\n${CLAUDE}\n`, 6],
    ["as a quotation", `Retry\n\n> ${CLAUDE}\n`, 3],
    ["as a list item", `Retry\n\n- ${CLAUDE}\n`, 3],
    ["in other letters", `Retry\n\n${CLAUDE.toUpperCase()}\n`, 3],
    ["with a carriage return at its end", `Retry\r\n\r\n${CLAUDE}\r\n`, 3],
    [
      "in a footer",
      "Retry\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\n\nIt tries three times.\n",
      3,
    ],
    ["behind blank lines", `\n\nRetry\n\n\n\n${CLAUDE}`, 7],
  ] as const;

  it.each(PLACES)("%s", (_, message, line) => {
    expectRefused(attemptCommit(world, message), "COSIGN_MISSING", `(line ${line})`);
  });

  it("and by whatever name its program goes", () => {
    using world = openPushWorld();
    const lines = [
      "Assisted-by: codex-cli",
      "Generated-by: copilot_cli",
      "Co-authored-by: cursor-agent",
      "Co-authored-by: Claude MPM <https://github.com/bobmatnyc/claude-mpm>",
      "Co-authored-by: Ona <no-reply@ona.com>",
      "Entire-Checkpoint: 01J9ZK4T7Q2M8V5XWB3CDEFGHA",
      "Claude-Session: 42",
    ];
    for (const line of lines) world.dev.commit(`Retry\n\n${line}\n`);
    const innocents = ["Assisted-by: Claude-Michel", "Assisted-by: cursor-blink", "Entire-Checkpoint: none"];
    for (const line of innocents) world.dev.commit(`Retry\n\n${line}\n`);
    expectRefused(
      attempt(world, world.dev.oid("HEAD")),
      `${lines.length + innocents.length} new commits, ${lines.length} AI-assisted`,
    );
  });

  it("and however a slip deformed it", () => {
    using world = openPushWorld();
    const lines = [
      "Co\u2011authored\u2011by: Claude <noreply@anthropic.com>",
      "Pair-programmed-with: Claude <noreply@anthropic.com>",
      "Co-authored-by Claude <noreply@anthropic.com>",
      ":robot: Generated with Claude Code",
      "<sub>Generated with Claude Code</sub>",
      "Assisted-by: claude.ai",
      "AI-assisted: partially",
    ];
    for (const line of lines) world.dev.commit(`Retry\n\n${line}\n`);
    const innocents = ["Paired-with: Claude Bertin <c@bertin.example>", ":heart: Made with love", "AI-assisted: 0%"];
    for (const line of innocents) world.dev.commit(`Retry\n\n${line}\n`);
    expectRefused(
      attempt(world, world.dev.oid("HEAD")),
      `${lines.length + innocents.length} new commits, ${lines.length} AI-assisted`,
    );
  });

  it("and is answered by a co-sign in the trailer block", () => {
    world.dev.git(["reset", "-q", "--hard", "origin/main"]);
    // Below scissors and dashes git's commands disagree on what a trailer is.
    const answerable = PLACES.filter(([place]) => !/scissors|dashes/.test(place));
    for (const [, message] of answerable) world.dev.commit(`${message}\n\n${COSIGN}\n`);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "(11 new commits, 11 AI-assisted)");
  });

  it.each([
    ["the author", { author: "Claude <noreply@anthropic.com>" }],
    ["the committer", { committer: "Claude <noreply@anthropic.com>" }],
    ["an author with a number and a login", { author: "Copilot <198982749+Copilot@users.noreply.github.com>" }],
  ])("as %s", (_, people) => {
    expectRefused(attemptCommit(world, "Retry\n", people), "COSIGN_MISSING", /made with \S+ \((?:author|committer)\)/);
    expectAllowed(attemptCommit(world, `Retry\n\n${COSIGN}\n`, people), "co-signed by ada@acme.example");
  });
});

describe("a message without a mark needs nothing", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());

  const INNOCENT = [
    [
      "where a sentence speaks of the trailer",
      "Lint messages\n\nThis removes the Co-authored-by: Claude <noreply@anthropic.com> trailer that was left.\n",
    ],
    [
      "where a sentence begins with an agent's name",
      "Rename\n\nClaude and cursor are words here, and so is gemini: see the list.\n",
    ],
    [
      "where an example is indented",
      `Document trailers\n\nThe trailer looks so:\n\n    ${CLAUDE}\n\nand nothing else.\n`,
    ],
    ["where an example is fenced", `Document trailers\n\n\`\`\`\n${CLAUDE}\n\`\`\`\n`],
    ["where a person denies it", "Retry\n\nAssisted-by: none\n"],
    [
      "where a person has an agent's name",
      "Retry\n\nCo-authored-by: Claude Dioudonnat <claude@dioudonnat.example>\nReviewed-by: Devin Pohly <devin@pohly.example>\n",
    ],
    ["where a person works for a vendor", "Retry\n\nCo-authored-by: Sam Smith <sam@openai.com>\n"],
    ["where a bot updates dependencies", "Bump x\n\nSigned-off-by: dependabot[bot] <support@github.com>\n"],
    ["where it is empty", ""],
    ["where it is blank lines", "\n \n\t\n\n"],
    ["where it has no subject", "\n\nIt tries three times.\n"],
    ["where it is one line without an end", "Retry"],
    ["where it is trailers alone", "Reviewed-by: Bob Builder <bob@acme.example>\n"],
    ["where it ends in a colon", "Retry\n\nCo-authored-by:\nAssisted-by:\n"],
  ] as const;

  it.each(INNOCENT)("%s", (_, message) => {
    expectAllowed(attemptCommit(world, message));
  });

  it("unless the same message also has one", () => {
    world.dev.git(["reset", "-q", "--hard", "origin/main"]);
    for (const [, message] of INNOCENT) world.dev.commit(`${message}\n\n${CLAUDE}\n`);
    expectRefused(
      attempt(world, world.dev.oid("HEAD")),
      "COSIGN_MISSING",
      `(${INNOCENT.length} new commits, ${INNOCENT.length} AI-assisted)`,
    );
  });
});

describe("a squash with git's default message", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());

  function squash(messages: readonly string[], author?: string): string {
    const { dev } = world;
    dev.git(["checkout", "-q", "-B", "topic", "origin/main"]);
    for (const message of messages) dev.commit(message, author === undefined ? {} : { author });
    dev.git(["checkout", "-q", "-B", "main", "origin/main"]);
    dev.git(["merge", "-q", "--squash", "topic"]);
    dev.git(["commit", "-q", "--no-edit"]);
    expect(dev.git(["log", "-1", "--format=%s"])).toBe("Squashed commit of the following:");
    return dev.oid("HEAD");
  }

  it("keeps the marks of the commits that it holds", () => {
    expectRefused(
      attempt(world, squash(["Rename\n", `Retry\n\nIt tries three times.\n\n${CLAUDE}\n`])),
      "COSIGN_MISSING",
      "claude-code (line",
    );
  });

  it("keeps them through a second squash", () => {
    const once = squash([`Retry\n\n${CLAUDE}\n`]);
    expectRefused(
      attempt(world, squash([world.dev.git(["log", "-1", "--format=%B", once])])),
      "COSIGN_MISSING",
      "claude-code (line",
    );
  });

  it("keeps an agent that was the author", () => {
    expectRefused(
      attempt(world, squash(["Retry\n"], "Claude <noreply@anthropic.com>")),
      "COSIGN_MISSING",
      "claude-code (line",
    );
  });

  it("does not take over their co-signs", () => {
    expectRefused(attempt(world, squash([`Retry\n\n${CLAUDE}\n${COSIGN}\n`])), "COSIGN_MISPLACED", "COSIGN_MISSING");
  });

  it("passes with a co-sign of its own", () => {
    squash([`Retry\n\n${CLAUDE}\n`]);
    const message = world.dev.git(["log", "-1", "--format=%B"]);
    world.dev.git(["commit", "-q", "--amend", "-F", "-"], { input: `${message}\n\n${COSIGN}\n` });
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "co-signed by ada@acme.example");
  });

  it("passes where people made the commits and speak of the trailer", () => {
    const prose = "Lint\n\nThis removes the Co-authored-by: Claude <noreply@anthropic.com> trailer.\n";
    expectAllowed(attempt(world, squash(["Rename\n", prose])));
  });
});
