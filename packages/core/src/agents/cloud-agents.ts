import type { Agent } from "./agent.ts";

/** Agents that work on their vendor's machines and commit under an account of their own. */
export const cloudAgents: readonly Agent[] = [
  {
    id: "jules",
    name: "Jules",
    vendor: "Google",
    bots: [
      { id: 161369871, login: "google-labs-jules[bot]" },
      { id: 247082972, login: "jules-fleet[bot]" },
    ],
    names: ["Google Jules"],
    commonNames: ["Jules"],
    environment: [{ variable: "USER", equals: "swebot", beside: { variable: "HOME", equals: "/home/jules" } }],
  },
  {
    id: "devin",
    name: "Devin",
    vendor: "Cognition",
    sharedEmails: [{ name: "bot_apk", email: "apk@cognition.ai" }],
    bots: [{ id: 158243242, login: "devin-ai-integration[bot]" }],
    names: ["Devin AI"],
    commonNames: ["Devin"],
    sessionLinks: ["https://app.devin.ai/sessions/"],
    branchPrefixes: ["devin/"],
    environment: [
      // Devin is a person's name, and Devin Desktop an editor that people wait for with an option. The folder /opt/.devin
      // is not a sign: what Devin leaves behind on a machine says nothing of who works there now.
      { variable: "EDITOR", contains: "devin", lacks: ["/home/", "Users", " -"] },
    ],
  },
  {
    id: "ona",
    name: "Ona",
    vendor: "Ona",
    // Gitpod was its name until 2025.
    emails: ["no-reply@ona.com"],
    names: ["Ona Agent", "Ona AI"],
    // A person's name too.
    commonNames: ["Ona"],
  },
  {
    id: "openhands",
    name: "OpenHands",
    vendor: "All Hands AI",
    // OpenDevin was its name until 2024.
    emails: ["openhands@all-hands.dev", "opendevin@all-hands.dev", "opendevin@opendevin.ai", "bot@opendevin.com"],
    names: ["OpenDevin"],
    environment: [
      { variable: "PS1", contains: "###PS1JSON###" },
      { variable: "PROMPT_COMMAND", contains: "###PS1JSON###" },
    ],
  },
  {
    id: "replit",
    name: "Replit Agent",
    vendor: "Replit",
    // The person and the agent commit from one address, and a deployment is neither's work.
    trailerKeys: [{ key: "Replit-Commit-Author", kind: "trailer", equals: ["Agent", "Assistant"] }],
    names: ["Replit", "Replit Assistant"],
    commonNames: ["Replit"],
    environment: [{ variable: "REPLIT_MODE", equals: "assistant" }],
  },
  {
    id: "lovable",
    name: "Lovable",
    vendor: "Lovable",
    emails: ["noreply@lovable.dev"],
    // The product was renamed; the account kept its id.
    bots: [
      { id: 159125892, login: "gpt-engineer-app[bot]" },
      { id: 159125892, login: "lovable-dev[bot]" },
    ],
    commonNames: ["Lovable"],
    trailerKeys: [{ key: "X-Lovable-Edit-ID", kind: "session" }],
  },
  {
    id: "v0",
    name: "v0",
    vendor: "Vercel",
    emails: ["it+v0agent@vercel.com"],
    bots: [{ login: "v0[bot]" }],
    names: ["v0agent", "v0.dev", "Vercel v0"],
    branchPrefixes: ["v0/"],
  },
  {
    id: "bolt",
    name: "Bolt",
    vendor: "StackBlitz",
    bots: [{ login: "bolt-new-by-stackblitz[bot]" }],
    names: ["bolt.new"],
    commonNames: ["Bolt"],
    environment: [
      // The shell of every WebContainer; people answer npm's questions themselves.
      { variable: "SHELL", equals: "/bin/jsh", beside: { variable: "npm_config_yes" } },
    ],
  },
  {
    id: "sweep",
    name: "Sweep",
    vendor: "Sweep AI",
    bots: [
      { id: 131841235, login: "sweep-nightly[bot]" },
      { id: 128439645, login: "sweep-ai[bot]" },
    ],
    names: ["Sweep AI"],
    commonNames: ["Sweep"],
  },
  {
    id: "open-swe",
    name: "Open SWE",
    vendor: "LangChain",
    emails: ["open-swe@users.noreply.github.com"],
    bots: [{ id: 215916821, login: "open-swe[bot]" }],
  },
  { id: "posthog-code", name: "PostHog Code", vendor: "PostHog" },
];
