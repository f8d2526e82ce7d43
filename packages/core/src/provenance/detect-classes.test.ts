import { describe, expect, it } from "vitest";
import type { Commit } from "../object/commit.ts";
import { buildAgentIndex, concludeProvenance, detectProvenance } from "./detect.ts";
import { body, by, CLAUDE, commit, summary } from "./detect-case.fixture.ts";

describe("classes", () => {
  const aiderCommit = commit("Mend\n", {
    committer: { name: "Li Wei (aider)", email: "li@example.org" },
    author: { name: "Li Wei", email: "li@example.org" },
  });

  it.each<[what: string, subject: Commit, verdict: string]>([
    ["a person's edit committed by aider", aiderCommit, "undeclared message-only aider"],
    [
      "an edit by aider in the log of a squash",
      commit(
        `Mend\n\ncommit 1a410efbd13591db07496601ebc7a059dd55cfe9\nAuthor: Li Wei (aider) <li@example.org>\n\n    Mend the hinge\n`,
      ),
      "assisted authored aider",
    ],
    ["an edit by aider", by("Li Wei (aider) <li@example.org>"), "assisted authored aider"],
    [
      "a message by ForgeCode",
      commit("Mend\n", { committer: { name: "ForgeCode", email: "noreply@forgecode.dev" } }),
      "undeclared message-only forgecode",
    ],
    [
      "an accepted suggestion",
      body("Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>"),
      "assisted suggestion copilot",
    ],
    [
      "a suggestion beside a change",
      body("Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>", CLAUDE),
      "assisted authored copilot claude-code",
    ],
  ])("tell apart %s", (_what, subject, verdict) => {
    expect(summary(subject)).toBe(verdict);
  });

  it("count as the policy says", () => {
    expect(detectProvenance(aiderCommit, { countAsAssisted: ["message-only"] }).state).toBe("assisted");
    const suggestion = body("Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>");
    expect(detectProvenance(suggestion, { countAsAssisted: ["authored"] }).state).toBe("undeclared");
  });

  it("are weighed again when a note adds evidence", () => {
    const note = {
      kind: "note",
      agent: "codex",
      where: { record: "refs/notes/ai" },
      text: "s_1",
      strength: "strong",
      class: "authored",
    } as const;
    expect(concludeProvenance([...detectProvenance(aiderCommit).evidence, note])).toMatchObject({
      state: "assisted",
      class: "authored",
      agents: ["aider", "codex"],
    });
  });
});

describe("a policy's additions", () => {
  const index = buildAgentIndex({
    agents: [{ id: "acme-bot", name: "Acme Bot", emails: ["Bot@Acme.example"] }],
    exempt: ["Copilot@GitHub.com"],
  });

  it("make an address an agent's", () => {
    expect(detectProvenance(body("Co-authored-by: x <bot@acme.example>"), { index }).agents).toEqual(["acme-bot"]);
    expect(detectProvenance(body("Assisted-by: acme-bot"), { index }).agents).toEqual(["acme-bot"]);
  });

  it("exempt an address wherever it stands", () => {
    const subject = by("Copilot <copilot@github.com>", "Mend\n\nCo-authored-by: Copilot <copilot@github.com>\n");
    expect(detectProvenance(subject, { index }).state).toBe("undeclared");
  });
});

describe("hostile text", () => {
  const SIZE = 1 << 19;
  const fill = (text: string): string => text.repeat(SIZE / text.length);
  it.each<[what: string, text: string]>([
    ["one character", fill("a")],
    ["a@", fill("a@")],
    ["agents' domains", fill("a@openai.com ")],
    ["<", fill("<")],
    [">", fill(">")],
    ["blanks before a colon", `Co-authored-by${fill(" ")}:`],
    ["colons", fill("a:")],
    ["line feeds", fill("\n")],
    ["fences", fill("```\n")],
    ["brackets", fill("[")],
    ["bullets", fill("* ")],
    ["backticks", fill("`")],
    ["links", fill("https://claude.ai/code/session_")],
    ["headers of a log", fill("commit 1234567\nAuthor: a\n")],
    ["trailers", fill("Assisted-by: Claude Bertin\n")],
  ])("is read in linear time: %s", (_what, text) => {
    for (const message of [text, `${text}\n${CLAUDE}\n`, `${CLAUDE} ${text}`]) {
      // Quadratic time on half a megabyte would outlast the test, and nothing else is asked here.
      detectProvenance(commit(message));
    }
  });
});
