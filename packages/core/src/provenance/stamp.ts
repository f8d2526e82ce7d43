import { upToLast } from "../bytes.ts";
import { type AgentIndex, defaultAgentIndex } from "./agent-index.ts";
import { nameKey } from "./agent-names.ts";
import { readLine } from "./message/read-line.ts";

/** What a stamp says. */
export interface Stamp {
  /** The agent's id in the catalogue or among a policy's agents; any other is stamped as an AI that is not named. */
  readonly agent: string;
  /** The model, as the agent's own tools call it. Foreign text: what could be misread is left out. */
  readonly model?: string | undefined;
}

/** Where a stamp will stand and by what it will be read. */
export interface StampOptions {
  /** The trailer's key; `Assisted-by` where absent. */
  readonly key?: string;
  /** If absent, only the catalogue. */
  readonly index?: AgentIndex;
}

/** The value of the trailer by which a commit says what helped to make it: `Claude Code:claude-opus-5`, `Kiro`. */
export function formatStamp({ agent, model }: Stamp, options: StampOptions = {}): string {
  const name = stampName(agent, options);
  const safe = safeModel(model ?? "");
  return safe === "" ? name : `${name}:${safe}`;
}

/** The name of the agent that is read back as this very agent: the name that people know where it can be. */
export function stampName(
  agentId: string,
  { key = "Assisted-by", index = defaultAgentIndex() }: StampOptions = {},
): string {
  const agent = (index.names.get(nameKey(agentId)) ?? index.names.get("unknown"))?.agent;
  if (agent === undefined) return agentId;
  // A plain word needs a second one behind `Generated-by`, which is the key of people's generators too.
  const names = [agent.name, ...(agent.names ?? []), `${agent.name} agent`];
  return names.find((name) => isReadAs(agent.id, `${key}: ${name}`, index)) ?? agent.id;
}

function isReadAs(agentId: string, line: string, index: AgentIndex): boolean {
  const signs = readLine({ text: line, whole: line, standing: "plain" }, index);
  return signs.length > 0 && signs.every(({ agent, strength }) => agent === agentId && strength === "strong");
}

const LONGEST_MODEL = 80;

/**
 * Blanks, commas and brackets end a model for its readers, an `@` makes an address of it, and a control character or
 * a line end would write into the message.
 */
function safeModel(model: string): string {
  const safe = model
    .slice(0, 4 * LONGEST_MODEL)
    .replace(/[^A-Za-z0-9._:/+-]+/g, "-")
    .slice(0, LONGEST_MODEL)
    .replace(/^[^A-Za-z0-9]+/, "");
  return upToLast(/[A-Za-z0-9]/, safe);
}
