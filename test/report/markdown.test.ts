import type { Decision } from "@countersign/core";
import { escapeText, formatDecision, formatMarkdown } from "@countersign/report";
import fc from "fast-check";
import MarkdownIt, { type Token } from "markdown-it";
import { describe, expect, it } from "vitest";
import {
  ALLOWED,
  about,
  commit,
  decision,
  REFUSED,
  reviewedBy,
  UNDECIDED,
  UNJUDGED,
  update,
  WARNED,
} from "./sample-decision.ts";

/** Everything on that could make more of a text than text. */
const reader = new MarkdownIt({ html: true, linkify: true, typographer: false });

function tokensOf(markdown: string): Token[] {
  return reader.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

/** The cells of the table's rows, the heading left out, each with the kinds and contents of what is in it. */
function rowsOf(markdown: string): string[][][] {
  const rows: string[][][] = [];
  let inCell = false;
  for (const token of reader.parse(markdown, {})) {
    if (token.type === "tr_open") rows.push([]);
    if (token.type === "td_open" || token.type === "td_close") inCell = token.type === "td_open";
    if (token.type === "inline" && inCell) {
      rows.at(-1)?.push((token.children ?? []).map(({ type, content }) => `${type} ${content}`));
    }
  }
  return rows.slice(1);
}

const OURS = new Set(["heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "fence"]);

/** What is in a report that is neither our own form nor code. */
function strangers(markdown: string): Token[] {
  return tokensOf(markdown).filter(
    ({ type }) => !OURS.has(type) && type !== "code_inline" && !/^(?:table|thead|tbody|tr|th|td)_/.test(type),
  );
}

describe("a Markdown report", () => {
  it("names who approved on a forge, whatever their name is", () => {
    const [row] = rowsOf(formatMarkdown(reviewedBy("Ada `|` <b>")));
    const verdict = ["text co-signed by ", "code_inline grace@acme.example (signed)", "text , reviewed on github by "];
    expect(row?.[3]?.slice(0, 3)).toEqual(verdict);
    expect(row?.[3]?.[3]).toMatch(/^code_inline Ada/);
    expect(strangers(formatMarkdown(reviewedBy("Ada `|` <b>")))).toEqual([]);
    expect(formatDecision(reviewedBy("Ada Lovelace")).join("\n")).toContain(
      "; co-signed by grace@acme.example (signed), reviewed on github by Ada Lovelace\n",
    );
  });

  it("tells the verdict, every judged commit, what is wrong and by which policy", () => {
    expect(`\n${formatMarkdown(REFUSED)}`).toMatchInlineSnapshot(`
      "
      ### countersign: refused

      \`refs/heads/main\`: 2 new commits, 2 AI-assisted

      | commit | subject | made with | verdict |
      | --- | --- | --- | --- |
      | \`1f1f1f1f1f1f\` | \`Retry uploads\` | \`claude-code\` | \`COSIGN_MISSING\` |
      | \`2e2e2e2e2e2e\` | \`Add retries\` | \`claude-code\` | co-signed by \`ada@acme.example (declared)\` |

      \`\`\`text
      countersign: refused refs/heads/main (2 new commits, 2 AI-assisted)

      COSIGN_MISSING: 1f1f1f1f1f1f "Retry uploads"
        it has no co-sign; made with claude-code (line 3)
        why: the policy requires a co-sign from a person of level senior or higher for AI-assisted work
        fix: ask a person on the roster to review the change and run \`countersign cosign\`; an AI agent must stop here and ask for that
      \`\`\`

      Policy: \`refs/remotes/origin/main\` at \`3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d\`, \`countersign.config.yaml\`
      "
    `);
  });

  it.each<[decided: Decision, heading: string]>([
    [ALLOWED, "### countersign: allowed"],
    [WARNED, "### countersign: allowed"],
    [UNDECIDED, "### countersign: cannot decide, so refused"],
    [UNJUDGED, "### countersign: cannot decide, so refused"],
  ])("begins with how it ended", (decided, heading) => {
    expect(formatMarkdown(decided).split("\n")[0]).toBe(heading);
  });

  it("tells what only warns, and what could not be judged", () => {
    expect(formatMarkdown(WARNED)).toContain("would be refused (mode: warn)");
    expect(formatMarkdown(UNDECIDED)).toContain("HISTORY_SHALLOW: ");
    expect(formatMarkdown(UNJUDGED)).toContain(
      '\nREVISION_UNKNOWN: "<gone> & `lost`" does not name a commit here\n  why: ',
    );
    expect(formatMarkdown(ALLOWED)).toContain("`refs/heads/main`: 2 new commits, 0 AI-assisted");
  });

  it("does not grow without end", () => {
    const judged = Array.from({ length: 5000 }, (_, index) => commit({ subject: `${index} ${"x".repeat(900)}` }));
    const report = formatMarkdown(decision("deny", update({ judged })));
    expect(report.length).toBeLessThan(512 * 1024);
    expect(report).toContain("and 4800 more");
  });
});

describe("what others wrote, in Markdown,", () => {
  it.each([
    "[click](http://evil.example)",
    "![x](http://evil.example/x.png)",
    "http://evil.example www.evil.example",
    "<script>alert(1)</script><img src=x onerror=y>",
    "<!-- -->",
    "@team @acme/reviewers #1 GH-1",
    "a | b || c \\| d \\",
    "`tick` ``` ~~~",
    "` ",
    "**bold** _it_ ~~no~~ &lt; &#64;",
    "| --- |",
    "# heading",
    "a\n\n# heading\n",
    "\u202e\u200b\0\ud800",
    "",
    "   ",
    "eve@elsewhere.example",
  ])("%j is code and nothing else, within its cell", (text) => {
    const report = formatMarkdown(about(text, text.slice(0, 20)));
    expect(strangers(report)).toEqual([]);
    const [row, ...others] = rowsOf(report);
    expect(others).toEqual([]);
    expect(row).toHaveLength(4);
    const [subject = "", ...rest] = row?.[1] ?? [];
    expect(rest).toEqual([]);
    expect(subject.trim()).toBe(`code_inline ${escapeText(text, 72).replaceAll("|", "\\u{7c}")}`.trim());
    expect(report).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });

  it("is code whatever it is", () => {
    const punctuation = fc.string({ unit: fc.constantFrom(..."`|\\[]()<>!@#*_~&;:/. \nab"), maxLength: 40 });
    fc.assert(
      fc.property(punctuation, (text) => {
        const report = formatMarkdown(about(text, `${text}x`));
        expect(strangers(report)).toEqual([]);
        expect(rowsOf(report).map((row) => row.length)).toEqual([4]);
      }),
      { numRuns: 500 },
    );
  });
});
