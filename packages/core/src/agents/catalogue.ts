import type { Agent } from "./agent.ts";
import { cloudAgents } from "./cloud-agents.ts";
import { editorAgents } from "./editor-agents.ts";
import { makerAgents } from "./maker-agents.ts";
import { reviewBots } from "./review-bots.ts";
import { terminalAgents } from "./terminal-agents.ts";

/**
 * Stands for an AI that no record names. The words are those of projects that ask for disclosure and
 * leave open what to write (Fedora: "generic LLM chatbot").
 */
const unknownAgent: Agent = {
  id: "unknown",
  name: "AI",
  placeholderEmails: ["ai@users.noreply.github.com"],
  names: [
    "an AI",
    "an AI assistant",
    "AI assistant",
    "AI agent",
    "AI tool",
    "AI tools",
    "Generative AI",
    "GenAI",
    "LLM",
    "an LLM",
    "LLMs",
    "LLM chatbot",
    "generic LLM chatbot",
    "Large language model",
    "DeepSeek",
    "Llama",
    "Mistral",
    "Devstral",
    "Codestral",
    "MiniMax",
    "Gemma",
    "StarCoder",
    "Ollama",
    "Tabnine",
    "Supermaven",
    "Qodo",
    "SWE-agent",
    "o3",
    "o4-mini",
  ],
  commonNames: ["AI", "Gemma", "Mistral", "Llama"],
  modelNames: [
    "AI",
    "DeepSeek",
    "Llama",
    "Mistral",
    "Devstral",
    "Codestral",
    "MiniMax",
    "Gemma",
    "StarCoder",
    "o3",
    "o4-mini",
  ],
};

/** Every agent that countersign knows. To teach it one more, add a record and a row to `agents.test.ts`. */
export const catalogue: readonly Agent[] = [
  ...makerAgents,
  ...terminalAgents,
  ...editorAgents,
  ...cloudAgents,
  ...reviewBots,
  unknownAgent,
];
