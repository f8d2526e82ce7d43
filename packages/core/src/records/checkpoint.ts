import { decodeText } from "../bytes.ts";
import { fieldsOf, itemsOf, parseJson, textOf } from "./json.ts";

/** What Entire wrote for an agent that it did not know. */
const NAMELESS = "Agent";

/** The agents that the `metadata.json` of a checkpoint or of one of its sessions names; undefined where it is damaged. */
export function parseCheckpoint(bytes: Uint8Array): readonly string[] | undefined {
  const fields = fieldsOf(parseJson(decodeText(bytes)));
  if (fields === undefined) return undefined;
  const { agent, agents } = fields;
  const names = [agent, agents, ...itemsOf(agents)].map(textOf);
  return [...new Set(names)].filter((name) => name !== undefined && name !== "" && name !== NAMELESS) as string[];
}
