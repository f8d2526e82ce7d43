import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import type { Commit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { detectProvenance } from "../provenance/detect.ts";
import type { Agent } from "./agent.ts";
import { catalogue } from "./catalogue.ts";

const ADA = { name: "Ada Byron", email: "ada@example.org" };

function commit(message: string, { author = ADA, committer = author }: Partial<Commit> = {}): Commit {
  return {
    oid: "0".repeat(40) as ObjectId,
    tree: undefined,
    parents: [],
    author,
    committer,
    message: encodeText(message),
  };
}

function summary(subject: Commit): string {
  const { state, class: made, agents } = detectProvenance(subject);
  return [state, made, ...agents].join(" ");
}

const noreply = (account: string): string => `${account}@users.noreply.github.com`;

/** Agent, class, and an address that stands for it as author and as co-author. */
const identities: [agent: string, made: "authored" | "suggestion", identity: string][] = [
  ["claude-code", "authored", "Claude <noreply@anthropic.com>"],
  ["claude-code", "authored", "Claude Opus 4.5 (1M context) <noreply@anthropic.com>"],
  ["claude-code", "authored", "Claude Code <noreply@anthropic.com>"],
  ["claude-code", "authored", "crew/planner <noreply@anthropic.com>"],
  ["claude-code", "authored", "Claude (MiniMax-M2.1) <noreply@anthropic.com>"],
  ["claude-code", "authored", "Claude <claude@anthropic.com>"],
  ["claude-code", "authored", "Claude <claude-code@anthropic.com>"],
  ["claude-code", "authored", "Claude <support@anthropic.com>"],
  ["claude-code", "authored", "Claude <assistant@anthropic.com>"],
  ["claude-code", "authored", "Claude Agent <agent@anthropic.com>"],
  ["claude-code", "authored", `claude[bot] <${noreply("209825114+claude[bot]")}>`],
  ["claude-code", "authored", `claude[bot] <${noreply("41898282+claude[bot]")}>`],
  ["claude-code", "authored", `anthropic-claude[bot] <${noreply("215619710+anthropic-claude[bot]")}>`],
  ["claude-code", "authored", `claude-code-action[bot] <${noreply("208546643+claude-code-action[bot]")}>`],
  ["happy", "authored", "Happy <yesreply@happy.engineering>"],
  ["copilot", "authored", `Copilot <${noreply("198982749+Copilot")}>`],
  ["copilot", "authored", `copilot-swe-agent[bot] <${noreply("198982749+Copilot")}>`],
  ["copilot", "authored", `Copilot <${noreply("223556219+Copilot")}>`],
  ["copilot", "authored", `Copilot App <${noreply("223556219+Copilot")}>`],
  ["copilot", "suggestion", `Copilot <${noreply("175728472+Copilot")}>`],
  ["copilot", "suggestion", `Copilot Autofix powered by AI <${noreply("175728472+Copilot")}>`],
  ["copilot", "suggestion", `Copilot Autofix powered by AI <${noreply("62310815+github-advanced-security[bot]")}>`],
  ["copilot", "suggestion", `Copilot Autofix powered by AI <${noreply("223894421+github-code-quality[bot]")}>`],
  ["copilot", "authored", "Copilot <copilot@github.com>"],
  ["copilot", "authored", "GitHub Copilot <copilot@github.com>"],
  ["ona", "authored", "Ona <no-reply@ona.com>"],
  ["claude-mpm", "authored", "Claude MPM <claude-mpm@matsuoka.com>"],
  ["cursor", "authored", "Cursor <cursoragent@cursor.com>"],
  ["cursor", "authored", "Cursor Agent <cursoragent@cursor.com>"],
  ["cursor", "authored", "Composer <noreply@cursor.com>"],
  ["cursor", "authored", "Cursor <noreply@cursor.sh>"],
  ["cursor", "authored", "Cursor <cursor-agent@cursor.sh>"],
  ["cursor", "authored", `cursor[bot] <${noreply("206951365+cursor[bot]")}>`],
  ["cursor", "authored", `cursoragent <${noreply("201670782+cursoragent")}>`],
  ["codex", "authored", "Codex <noreply@openai.com>"],
  ["codex", "authored", "GPT-5.6 Sol <codex@openai.com>"],
  ["codex", "authored", `chatgpt-codex-connector[bot] <${noreply("199175422+chatgpt-codex-connector[bot]")}>`],
  ["codex", "authored", `openai-codex[bot] <${noreply("215057067+openai-codex[bot]")}>`],
  ["gemini", "authored", "Gemini <noreply@google.com>"],
  ["gemini", "authored", "Gemini CLI <gemini-cli@google.com>"],
  ["gemini", "authored", `gemini-cli <${noreply("218195315+gemini-cli")}>`],
  ["gemini", "suggestion", `gemini-code-assist[bot] <${noreply("176961590+gemini-code-assist[bot]")}>`],
  ["antigravity", "authored", "Antigravity <noreply@google.com>"],
  ["antigravity", "authored", "Google Antigravity <noreply@google.com>"],
  ["antigravity", "authored", "Antigravity <antigravity@google.com>"],
  ["jules", "authored", `google-labs-jules[bot] <${noreply("161369871+google-labs-jules[bot]")}>`],
  ["jules", "authored", `jules-fleet[bot] <${noreply("247082972+jules-fleet[bot]")}>`],
  ["kiro", "authored", `Kiro Agent <${noreply("244629292+kiro-agent")}>`],
  ["kiro", "authored", `kiro-agent[bot] <${noreply("245459735+kiro-agent[bot]")}>`],
  ["kiro", "authored", "Kiro <kiro@amazon.com>"],
  ["kiro", "authored", "Kiro <noreply@kiro.dev>"],
  ["kiro", "authored", "Kiro <kiro@kiro.dev>"],
  ["amazon-q", "authored", `amazon-q-developer[bot] <${noreply("208079219+amazon-q-developer[bot]")}>`],
  ["amazon-q", "authored", "Amazon Q Developer <noreply@aws.amazon.com>"],
  ["aider", "authored", "aider (gpt-5) <aider@aider.chat>"],
  ["aider", "authored", "aider (o3) <noreply@aider.dev>"],
  ["aider", "authored", "aider <noreply@aider.chat>"],
  ["amp", "authored", "Amp <amp@ampcode.com>"],
  ["devin", "authored", `Devin AI <${noreply("158243242+devin-ai-integration[bot]")}>`],
  ["devin", "authored", "bot_apk <apk@cognition.ai>"],
  ["windsurf", "authored", `windsurf-bot <${noreply("189301087+windsurf-bot")}>`],
  ["windsurf", "authored", "Windsurf <windsurf@codeium.com>"],
  ["windsurf", "authored", "Windsurf <noreply@codeium.com>"],
  ["windsurf", "authored", "Cascade <cascade@windsurf.ai>"],
  ["windsurf", "authored", "Windsurf <noreply@windsurf.ai>"],
  ["cline", "authored", `cline-cloud[bot] <${noreply("276134852+cline-cloud[bot]")}>`],
  ["cline", "authored", `cline[bot] <${noreply("205137888+cline[bot]")}>`],
  ["cline", "authored", `Cline <${noreply("cline-agent")}>`],
  ["roo", "authored", "Roo Code <roomote@roocode.com>"],
  ["roo", "authored", `roomote[bot] <${noreply("219738659+roomote[bot]")}>`],
  ["roo", "authored", `roomote-v0[bot] <${noreply("219738659+roomote-v0[bot]")}>`],
  ["kilo", "authored", `kiloconnect[bot] <${noreply("240665456+kiloconnect[bot]")}>`],
  ["kilo", "authored", "Kilo Code <noreply@kilo.ai>"],
  ["kilo", "authored", "Kilo Code <noreply@kilocode.ai>"],
  ["opencode", "authored", "opencode <noreply@opencode.ai>"],
  ["opencode", "authored", `opencode-agent[bot] <${noreply("123456+opencode-agent[bot]")}>`],
  ["goose", "authored", `goose <${noreply("271095942+aaif-goose")}>`],
  ["goose", "authored", "goose <goose@block.xyz>"],
  ["goose", "authored", "Goose <opensource@block.xyz>"],
  ["openhands", "authored", "openhands <openhands@all-hands.dev>"],
  ["openhands", "authored", "OpenDevin <opendevin@all-hands.dev>"],
  ["openhands", "authored", "OpenDevin <opendevin@opendevin.ai>"],
  ["openhands", "authored", "OpenDevin <bot@opendevin.com>"],
  ["junie", "authored", "Junie <junie@jetbrains.com>"],
  ["junie", "authored", `junie-agent <${noreply("247260674+junie-agent")}>`],
  ["junie", "authored", `jetbrains-junie[bot] <${noreply("201638009+jetbrains-junie[bot]")}>`],
  ["junie", "authored", `junie-github-actions[bot] <${noreply("253382199+junie-github-actions[bot]")}>`],
  ["junie", "authored", `jetbrains-ai[bot] <${noreply("220155983+jetbrains-ai[bot]")}>`],
  ["zed", "authored", "Zed <noreply@zed.dev>"],
  ["warp", "authored", "Oz <oz-agent@warp.dev>"],
  ["warp", "authored", "Warp <agent@warp.dev>"],
  ["warp", "authored", `oz-for-oss[bot] <${noreply("277970191+oz-for-oss[bot]")}>`],
  ["droid", "authored", `factory-droid[bot] <${noreply("138933559+factory-droid[bot]")}>`],
  ["droid", "authored", "Factory Droid <droid@factory.ai>"],
  ["crush", "authored", "💘 Crush <crush@charm.land>"],
  ["continue", "authored", "Continue <noreply@continue.dev>"],
  ["continue", "authored", "Continue Agent <agent@continue.dev>"],
  ["continue", "authored", `continue[bot] <${noreply("230936708+continue[bot]")}>`],
  ["qwen-code", "authored", "Qwen-Coder <qwen-coder@alibabacloud.com>"],
  ["kimi", "authored", "Kimi K2.7 Code <noreply@kimi.com>"],
  ["kimi", "authored", "Kimi Code <noreply@moonshot.ai>"],
  ["augment", "authored", "Augment <agent@augmentcode.com>"],
  ["augment", "authored", "Augment <augment@augmentcode.com>"],
  ["augment", "authored", `augment-app-staging[bot] <${noreply("182802480+augment-app-staging[bot]")}>`],
  ["lovable", "authored", `gpt-engineer-app[bot] <${noreply("159125892+gpt-engineer-app[bot]")}>`],
  ["lovable", "authored", `lovable-dev[bot] <${noreply("159125892+lovable-dev[bot]")}>`],
  ["lovable", "authored", "lovable <noreply@lovable.dev>"],
  ["v0", "authored", "v0agent <it+v0agent@vercel.com>"],
  ["v0", "authored", `v0 <${noreply("v0[bot]")}>`],
  ["bolt", "authored", `bolt <${noreply("1234+bolt-new-by-stackblitz[bot]")}>`],
  ["sweep", "authored", `sweep-nightly[bot] <${noreply("131841235+sweep-nightly[bot]")}>`],
  ["sweep", "authored", `sweep-ai[bot] <${noreply("128439645+sweep-ai[bot]")}>`],
  ["codebuff", "authored", "Codebuff <noreply@codebuff.com>"],
  ["forgecode", "authored", "ForgeCode <noreply@forgecode.dev>"],
  ["letta", "authored", "Letta Code <noreply@letta.com>"],
  ["letta", "authored", "Grace Hopper <agent-5d1c7a3e-0000-4b6f-9a2d-1f2e3d4c5b6a@letta.com>"],
  ["open-swe", "authored", `open-swe <${noreply("open-swe")}>`],
  ["open-swe", "authored", `open-swe[bot] <${noreply("215916821+open-swe[bot]")}>`],
  ["mistral-vibe", "authored", "Mistral Vibe <vibe@mistral.ai>"],
  ["firebender", "authored", "Firebender <help@firebender.com>"],
  ["verdent", "authored", "Verdent <verdent@verdent.ai>"],
  ["claude-flow", "authored", "claude-flow <ruv@ruv.net>"],
  ["sourcegraph-cody", "authored", `sourcegraph-cody[bot] <${noreply("201248094+sourcegraph-cody[bot]")}>`],
  ["trae", "authored", "TRAE CLI <traecli@bytedance.com>"],
  ["trae", "authored", "TRAE <noreply@bytedance.com>"],
  ["trae", "authored", "TRAE <noreply@trae.ai>"],
  ["qoder", "authored", "Qoder <noreply@qoder.com>"],
  ["grok", "authored", "Grok <noreply@x.ai>"],
  ["grok", "authored", "Grok <grok-build@x.ai>"],
  ["glm", "authored", "Cursor with GLM 5.2 <noreply@z.ai>"],
  ["hermes", "authored", "Hermes <noreply@nousresearch.com>"],
  ["openclaw", "authored", "OpenClaw <agent@openclaw.ai>"],
  ["coderabbit", "suggestion", `coderabbitai[bot] <${noreply("136622811+coderabbitai[bot]")}>`],
  ["ellipsis", "suggestion", `ellipsis-dev[bot] <${noreply("65095814+ellipsis-dev[bot]")}>`],
  ["greptile", "suggestion", `greptile-apps[bot] <${noreply("165735046+greptile-apps[bot]")}>`],
  ["cubic", "suggestion", `cubic-dev-ai[bot] <${noreply("191113872+cubic-dev-ai[bot]")}>`],
  ["graphite", "suggestion", `graphite-app[bot] <${noreply("1234+graphite-app[bot]")}>`],
  ["baz", "suggestion", `baz-reviewer[bot] <${noreply("1234+baz-reviewer[bot]")}>`],
  ["macroscope", "suggestion", `macroscopeapp[bot] <${noreply("1234+macroscopeapp[bot]")}>`],
];

/** Whether a record of the catalogue says how the agent signs. */
function hasIdentity({ emails, sharedEmails, emailFamilies, bots, nameSuffix }: Agent): boolean {
  return [emails, sharedEmails, emailFamilies, bots, nameSuffix].some((known) => known !== undefined);
}

describe("the catalogue", () => {
  it.each(identities)("knows %s (%s) by the co-author %s", (agent, made, identity) => {
    expect(summary(commit(`Mend the door\n\nCo-authored-by: ${identity}\n`))).toBe(`assisted ${made} ${agent}`);
  });

  it.each(identities)("knows %s by the author, whose class is no longer %s: %s", (agent, _made, identity) => {
    const [, name = "", email = ""] = /^(.*) <(.*)>$/.exec(identity) ?? [];
    expect(summary(commit("Mend the door\n", { author: { name, email } }))).toBe(`assisted authored ${agent}`);
  });

  it("has a row above for every agent that signs", () => {
    const tested = new Set(identities.map(([agent]) => agent));
    expect(catalogue.filter((agent) => hasIdentity(agent) && !tested.has(agent.id))).toEqual([]);
  });
});
