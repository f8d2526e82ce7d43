import { describe, expect, it } from "vitest";
import type { Commit } from "../object/commit.ts";
import { body, CLAUDE, commit, OID, summary } from "./detect-case.fixture.ts";

const FOOTER = "🤖 Generated with [Claude Code](https://claude.com/claude-code)";
const STAMP = "Assisted-by: Claude Code:claude-opus-5";
const SIGNED = "Signed-off-by: Ada Byron <ada@example.org>";

/** A message whose lines below the subject are all indented, as a script's here-document leaves them. */
function indented(by: string, ...lines: string[]): string {
  return ["Mend the door", "", ...lines.map((line) => (line === "" ? "" : `${by}${line}`)), ""].join("\n");
}

describe("a mark that an agent's slip deformed", () => {
  it.each<[what: string, subject: Commit]>([
    ["a fence around the whole message", commit(`\`\`\`\nMend the door\n\nIt squeaks.\n\n${CLAUDE}\n\`\`\`\n`)],
    ["a fence that names a language", commit(`\`\`\`text\nMend the door\n\n${STAMP}\n\`\`\`\n\n${SIGNED}\n`)],
    ["a fence around a message that has fences", commit(`~~~\nMend the door\n\n~~~js\nf()\n~~~\n\n${CLAUDE}\n~~~\n`)],
    ["a here-document indented by two", commit(indented("  ", "It squeaks:", "  loudly", "", CLAUDE))],
    ["a here-document indented by four", commit(indented("    ", "It squeaks.", "", STAMP))],
    ["a here-document indented by a tab", commit(indented("\t", "It squeaks.", "", FOOTER))],
    ["an indented subject as well", commit(indented("    ", "It squeaks.", "", STAMP).replace("Mend", "    Mend"))],
    ["a sign-off below what is indented", commit(`${indented("  ", "It squeaks.", "", STAMP)}\n${SIGNED}\n`)],
    ["an indented last paragraph", body("The way is:", "    - oil", "    - wait", "", `    ${CLAUDE}`)],
    ["indented without a blank line below a list", body("Changes:", "  - oil", "  - wait", `  ${CLAUDE}`)],
    ["indented by three among lines that are not", body("It squeaks.", "", `   ${CLAUDE}`, "", SIGNED)],
    ["a line end that was lost", body(`It squeaks, and no more. ${CLAUDE}`)],
    ["a lost line end in the subject", commit(`Mend the door ${CLAUDE}`)],
    ["all line ends lost", commit(`Mend the door It squeaks. - oil it ${CLAUDE} ${SIGNED}`)],
    ["a name whose line end was lost", body(`${STAMP} ${SIGNED}`)],
    ["a mark behind a person's", body(`${SIGNED} ${CLAUDE}`)],
    ["a mark at the end of a very long line", body(`${"It squeaks and squeaks. ".repeat(400)}${CLAUDE}`)],
    ["line ends written as \\n", body(`It squeaks.\\n\\n${CLAUDE}`)],
    ["line ends written as \\r\\n", body(`It squeaks.\\r\\n\\r\\n${STAMP}\\r\\n`)],
    ["a whole message with \\n", commit(`Mend the door\\n\\nIt squeaks.\\n\\n${FOOTER}\\n\\n${SIGNED}`)],
    ["a single \\n", body(`It squeaks.\\n${CLAUDE}`)],
    ["two hundred thousand \\n", body(`It squeaks.${"\\n".repeat(200_000)}${CLAUDE}`)],
    ["Coauthored-by", body("Coauthored-by: Claude <noreply@anthropic.com>")],
    ["Coauthor", body("Coauthor: Claude Code")],
    ["Co-authors", body("Co-authors: Ada <ada@example.org>, Claude <noreply@anthropic.com>")],
    ["blanks in the key", body("Co Authored By: Claude <noreply@anthropic.com>")],
    ["underscores in the key", body("Co_Authored_By: Claude <noreply@anthropic.com>")],
    ["a word before the key", body("Claude-Co-Authored-By: Claude <noreply@anthropic.com>")],
    ["a bold key", body("**Co-Authored-By:** Claude <noreply@anthropic.com>")],
    ["a bold key without its colon", body("**Assisted-by**: Claude Code")],
    ["a bold line", body("**Assisted-by: Claude Code**")],
    ["a heading", body("### Assisted-by: Claude Code")],
    ["a table's cell", body("| Co-authored-by: Claude <noreply@anthropic.com> |")],
    ["a checked box", body("- [x] Generated with Claude Code")],
    ["a checked box before a trailer", body(`* [X] ${CLAUDE}`)],
    ["a number before a trailer", body(`1. ${STAMP}`)],
    ["an emoji before the key", body("🤖 Assisted-by: Claude Code")],
    ["an emoji of several parts before the key", body("👩‍💻 Co-Authored-By: Claude <noreply@anthropic.com>")],
    ["a no-break space before the key", body(`\u00a0${STAMP}`)],
    ["a byte order mark before the key", body(`\ufeff${STAMP}`)],
    ["a no-break space behind the key", body("Assisted-by:\u00a0Claude Code")],
    ["a CR as line end", commit(`Mend the door\r\rIt squeaks.\r\r${STAMP}\r`)],
    ["CRs and line feeds", commit(`Mend the door\n\nIt squeaks.\r\r${FOOTER}\r\n`)],
    ["a subject like a revert's", commit(`Revert "fix: x"\n\nfix: x\n\n${CLAUDE}\n\nIt broke the build.\n`)],
    ["a subject like a revert's above a quotation", commit(`Revert "fix: x"\n\n> ${CLAUDE}\n`)],
    ["an app's address without its number", body("Co-authored-by: x <claude[bot]@users.noreply.github.com>")],
    ["hyphens that do not break", body("Co\u2011authored\u2011by: Claude <noreply@anthropic.com>")],
    ["dashes in the key", body("Co\u2013Authored\u2013By: Claude <noreply@anthropic.com>")],
    ["another hyphen in a stamp's key", body("Assisted\u2010by: Claude Code")],
    ["a dash in a key of two words", body("Generated\u2013with: Claude Code")],
    ["a hyphen of another kind in AI's own key", body("AI\u2011tool: Claude Code")],
    ["with in place of by", body("Co-authored-with: Claude <noreply@anthropic.com>")],
    ["a key of pairs", body("Pair-programmed-with: Claude <noreply@anthropic.com>")],
    ["a colon that was lost", body("Co-authored-by Claude <noreply@anthropic.com>")],
    ["another sign for the colon", body("Co-authored-by = Claude <noreply@anthropic.com>")],
    ["an emoji by its name before a footer", body(":robot: Generated with Claude Code")],
    ["an emoji by its name before the key", body(`:sparkles::robot: ${STAMP}`)],
    ["a footer in a tag", body("<sub>Generated with Claude Code</sub>")],
    ["a footer in several tags", body('<p align="right"><sub>🤖 Generated with Claude Code</sub></p>')],
    ["a footer with a link in a tag", body('Generated with <a href="https://claude.com/claude-code">Claude Code</a>')],
    ["a stamp in a tag", body("<sub>Assisted-by: Claude Code</sub>")],
    ["escaped angle brackets", body("Co-Authored-By: Claude &lt;noreply@anthropic.com&gt;")],
  ])("is found: %s", (_what, subject) => {
    expect(summary(subject)).toBe("assisted authored claude-code");
  });

  it("is told by the words of the mark, not by the whole line", () => {
    const text = `Mend the door. ${CLAUDE} ${SIGNED}`;
    expect(summary(commit(text))).toBe("assisted authored claude-code");
  });
});

describe("what only looks like one", () => {
  it.each<[what: string, subject: Commit]>([
    ["a fence below a subject", body("```", CLAUDE, "```")],
    ["a second fence in a message within a fence", commit(`\`\`\`\nx\n\n\`\`\`\n${CLAUDE}\n\`\`\`\n\nEnd.\n\`\`\`\n`)],
    ["an example that a colon introduces", body("The trailer looks so:", "", `    ${CLAUDE}`)],
    ["an example with a message around it", body("It looks so:", "", "    Mend it", "", `    ${CLAUDE}`, "", "Good.")],
    ["examples in a list that a colon introduces", body("Known are:", `  - ${CLAUDE}`, `  - ${STAMP}`)],
    ["a subject that introduces an example", commit(`Recognise this trailer:\n\n    ${CLAUDE}\n`)],
    ["an example in an item of a list", body("- recognise the trailer", `  ${CLAUDE}`)],
    ["a name that is indented by itself", body("It squeaks.", "", `    ${STAMP}`, "", "Good.")],
    ["an address behind no key", body("Write to Claude <noreply@anthropic.com>.")],
    ["an address behind a key of another kind", body("Mend it. Reviewed-by: Claude <noreply@anthropic.com>")],
    ["a sentence that goes on", body("Remove the Co-authored-by: Claude <noreply@anthropic.com> trailer.")],
    ["a quoted trailer in a sentence", body("Such as `Co-authored-by: Claude <noreply@anthropic.com>`.")],
    ["a trailer in quote marks", body(`"${CLAUDE}"`)],
    ["prose between the key and the address", body("Keep Co-authored-by: as it is. Write to noreply@anthropic.com")],
    ["a person's lost line end", body("Mend it. Co-Authored-By: Claude Bertin <claude@bertin.example>")],
    ["a name in a sentence", body("It squeaks. Assisted-by: Claude Code")],
    ["a name behind \\n in a text", body('Print "a\\nAssisted-by: Claude Code" at the end.')],
    [
      "a person behind the name of an emoji",
      body(":bust_in_silhouette: Co-authored-by: Claude Bertin <c@bertin.example>"),
    ],
    ["a person's address without its number", body("Co-authored-by: x <claude@users.noreply.github.com>")],
    ["another app's", body("Co-authored-by: x <dependabot[bot]@users.noreply.github.com>")],
    ["a pair of people", body("Paired-with: Claude <claude@bertin.example>")],
    ["a sentence that begins like a key", body("Co-authored-by Claude <noreply@anthropic.com> is what it writes.")],
    ["a footer's words in a tag within a text", body("It writes <code>Generated with Claude Code</code> below.")],
    ["a thousand colons and tags", body(`${":a".repeat(1000)}${"<a".repeat(1000)} Claude Code`)],
    ["a box that nobody checked", body("- [ ] Generated with Claude Code", `- [ ] ${CLAUDE}`)],
    ["a revert that quotes", commit(`Revert "fix: x" (#12)\n\nThis reverts commit ${OID}.\n\n> ${CLAUDE}\n`)],
    [
      "another commit that is shown",
      body("Broken by", "", `    commit ${OID}`, "    Author: Claude <noreply@anthropic.com>"),
    ],
  ])("is none: %s", (_what, subject) => {
    expect(summary(subject)).toBe("undeclared");
  });
});
