import { describe, expect, it } from "vitest";
import type { Commit } from "../object/commit.ts";
import { detectProvenance } from "./detect.ts";
import { body, CLAUDE, commit, OID, summary } from "./detect-case.fixture.ts";

describe("a commit that an agent made", () => {
  const squash = (indent: string): string[] => [
    "Squashed commit of the following:",
    "",
    `commit ${OID}`,
    "Author: Ada Byron <ada@example.org>",
    "Date:   Mon Jan 5 10:00:00 2026 +0000",
    "",
    "    Mend the hinge",
    "",
    `${indent}${CLAUDE}`,
  ];

  it.each<[what: string, subject: Commit]>([
    ["in the last paragraph", body(CLAUDE)],
    ["in another case", body("CO-AUTHORED-BY: Claude <NOREPLY@Anthropic.com>")],
    ["in a middle paragraph", body(CLAUDE, "", "More prose.", "", "Signed-off-by: Ada Byron <ada@example.org>")],
    ["before a blank line and the sign-off", body(CLAUDE, "", "Signed-off-by: Ada Byron <ada@example.org>")],
    ["below ---", body("---", CLAUDE)],
    ["below a scissors line", body("# ------------------------ >8 ------------------------", CLAUDE)],
    ["before a cherry-pick's line", body(CLAUDE, `(cherry picked from commit ${OID})`)],
    ["with CRLF", commit(`Mend the door\r\n\r\n${CLAUDE}\r\n`)],
    ["at the end without a line feed", commit(`Mend the door\n\n${CLAUDE}`)],
    ["in the default message of a squash", body(...squash("    "))],
    [
      "in a squash of a squash",
      body(
        `commit ${OID}`,
        "Author: Ada <ada@example.org>",
        "",
        `    commit ${OID}`,
        "    Author: Ada <ada@example.org>",
        "",
        `        ${CLAUDE}`,
      ),
    ],
    [
      "as the author of a squashed commit",
      body(`commit ${OID}`, "Author: Claude <noreply@anthropic.com>", "", "    Mend the hinge"),
    ],
    [
      "among the bullets of a squash on GitHub",
      body(
        "* mend the hinge",
        "",
        CLAUDE,
        "",
        "* oil it",
        "",
        "---------",
        "",
        "Co-authored-by: Ada Byron <ada@example.org>",
      ),
    ],
    ["among the bullets of a squash on GitLab", body("* Mend the hinge", "", "  It squeaked.", "", `  ${CLAUDE}`)],
    ["behind a bullet", body(`- ${CLAUDE}`)],
    ["behind a quote mark", body(`> ${CLAUDE}`)],
    ["below a fence that nothing closes", body("```", CLAUDE)],
    ["below a closed fence", body("```", "make", "```", "", CLAUDE)],
    [
      "in a revert of its own",
      commit(
        `Revert "fix: x"\n\nThis reverts commit ${OID}.\n\n🤖 Generated with [Claude Code](https://claude.ai/code)\n\n${CLAUDE}\n`,
      ),
    ],
    [
      "in a revert, before a folded trailer",
      commit(`Revert "fix: x"\n\nThis reverts commit ${OID}.\n\n${CLAUDE}\nFoo: a\n b\n`),
    ],
    ["in a revert, before prose", commit(`Revert "fix: x"\n\n${CLAUDE}\n\nIt broke the build.\n`)],
    ["in a change that is about reverting", commit(`Revert the hinge\n\n${CLAUDE}\nFoo: a\n b\n`)],
    ["in a revert that repeats the old message", commit(`Revert "fix: x"\n\nfix: x\n\nIt squeaks.\n\n${CLAUDE}\n`)],
    ["folded", body("Co-Authored-By:", " Claude", " <noreply@anthropic.com>")],
    ["as a stamp that is folded", body("Assisted-by:", "\tClaude Code")],
    ["as a Markdown link", body("Co-authored-by: Claude [noreply@anthropic.com](mailto:noreply@anthropic.com)")],
    ["without brackets", body("Co-authored-by: Claude noreply@anthropic.com")],
    ["within backticks", body(`\`${CLAUDE}\``)],
    ["with an editor's command behind it", body(`${CLAUDE}:wq`)],
    ["as an answer in a template", body("Yes. Generated-by: Claude Code (Claude Opus 4.5)")],
    ["with a full-width colon", body("Co-authored-by：Claude <noreply@anthropic.com>")],
    ["as a stamp with a full-width colon", body("Assisted-by： Claude Code")],
    ["with a handle for an address", body("Co-authored-by: Claude Code @claude")],
    ["behind a long rule", body(`${"—".repeat(30)} Generated with Claude Code`)],
    ["with many blanks before the colon", body(`Assisted-by${" ".repeat(90)}: Claude Code`)],
    ["with blanks before the colon", body("Co-authored-by : Claude <noreply@anthropic.com>")],
    ["beside a person on one line", body("Co-authored-by: Ada <ada@example.org>, Claude <noreply@anthropic.com>")],
    ["as a sign-off", body("Signed-off-by: Claude <noreply@anthropic.com>")],
    [
      "as the committer alone",
      commit("Mend the door\n", { committer: { name: "Claude", email: "noreply@anthropic.com" } }),
    ],
    ["despite a denial", body("Assisted-by: none", CLAUDE)],
  ])("is assisted: %s", (_what, subject) => {
    expect(summary(subject)).toBe("assisted authored claude-code");
  });

  it("takes a deeper indentation in a squash for an example", () => {
    expect(summary(body(...squash("        ")))).toBe("undeclared");
  });

  it("ends a squashed commit's message at the next line of prose", () => {
    expect(summary(body(...squash("    ").slice(0, -2), "", "Recognise:", "", `    ${CLAUDE}`))).toBe("undeclared");
  });

  it.each([
    ["Claude:claude-opus-5 sparse smatch", "claude-code", "claude-opus-5"],
    ["claude-code:claude-opus-5", "claude-code", "claude-opus-5"],
    ["Claude Opus 4.5", "claude-code", "Opus 4.5"],
    ["Claude Sonnet 4.5 (1M context) <noreply@anthropic.com>", "claude-code", "Sonnet 4.5"],
    ["Claude (claude-opus-4-6)", "claude-code", "claude-opus-4-6"],
    ["Claude / claude-opus-4-6", "claude-code", "claude-opus-4-6"],
    ["gpt-5.2", "codex", "gpt-5.2"],
    ["Codex <noreply@openai.com>", "codex", undefined],
    ["claude-code", "claude-code", undefined],
    ["Frobnicator (gemini-2.5-pro)", "unknown", "gemini-2.5-pro"],
    ["GLM 5 via Crush", "crush", "GLM 5"],
    ["`Opus 4.5` on `Claude Code`", "claude-code", "Opus 4.5"],
    ["Crush:AWS Claude Opus 4.6", "crush", "AWS Claude Opus 4.6"],
    ["Crush:[GPT-5.1 Codex Max]", "crush", "GPT-5.1 Codex Max"],
  ])("reads agent and model of Assisted-by: %s", (value, agent, model) => {
    const [evidence] = detectProvenance(body(`Assisted-by: ${value}`)).evidence;
    expect([evidence?.agent, evidence?.model]).toEqual([agent, model]);
  });

  it("lists each sign with its place, and each agent once", () => {
    const { agents, evidence } = detectProvenance(
      commit(`Mend the door\n\n${CLAUDE}\nAssisted-by: Codex:gpt-5.2\n`, {
        author: { name: "Claude", email: "noreply@anthropic.com" },
      }),
    );
    expect(agents).toEqual(["claude-code", "codex"]);
    expect(evidence.map(({ kind, where, text }) => [kind, where, text])).toEqual([
      ["identity", { role: "author" }, "Claude <noreply@anthropic.com>"],
      ["trailer", { line: 3 }, CLAUDE],
      ["trailer", { line: 4 }, "Assisted-by: Codex:gpt-5.2"],
    ]);
  });
});

describe("a denial", () => {
  it.each(["none", "no", "n/a", "N/A", "false", "None."])("is read from Assisted-by: %s", (value) => {
    expect(summary(body(`Assisted-by: ${value}`))).toBe("declared-human");
  });

  it.each(["none (typed by hand)", "none: typed by hand", "None - typed by hand", "no -- typed", "none ()", "none:"])(
    "may have a reason: %s",
    (value) => {
      expect(summary(body(`Assisted-by: ${value}`))).toBe("declared-human");
    },
  );

  it.each(["none of the usual", "Nona", "noreply", "none, Claude", "no one"])("is none of %s", (value) => {
    expect(summary(body(`Assisted-by: ${value}`))).not.toBe("declared-human");
  });

  it("does not hide whom it names by an address", () => {
    expect(summary(body("Assisted-by: none - Claude <noreply@anthropic.com>"))).toContain("assisted");
  });

  it("is read from AI-assisted: false", () => {
    expect(summary(body("AI-assisted: false"))).toBe("declared-human");
  });

  it("stands beside weak evidence", () => {
    expect(summary(body("Assisted-by: none", "Reviewed-by: Claude <noreply@anthropic.com>"))).toBe("declared-human");
  });

  it("counts for nothing in a quotation", () => {
    expect(summary(body("```", "Assisted-by: none", "```"))).toBe("undeclared");
  });
});
