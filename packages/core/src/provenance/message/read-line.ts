import { asciiLowerCase } from "../../bytes.ts";
import { type AgentIndex, firstWord } from "../agent-index.ts";
import { type KeyedLine, readKeyedValues } from "./keyed-values.ts";
import { LONGEST_MARK, readTrailer, type Sign } from "./read-trailer.ts";

/** What a line of a message says about agents. */
export function readLine(line: KeyedLine, index: AgentIndex): readonly Sign[] {
  const signs = readKeyedValues(line).flatMap((keyed) => readTrailer(keyed, index));
  if (signs.length > 0) return signs;
  const text = line.text.slice(0, LONGEST_MARK);
  return readFooter(text, index) ?? readSessionLink(text, index);
}

function readFooter(text: string, index: AgentIndex): readonly Sign[] | undefined {
  // An emoji may stand on either side, also as `:robot:`, and emphasis or tags around the line.
  const line = asciiLowerCase(text)
    .replace(/<\/?[a-z][^<>]*>/g, "")
    .replace(/^(?::[\w+-]+:|[^a-z])+/, "");
  const found = index.footers
    .get(firstWord(line))
    ?.find(
      ({ text: footer, linked }) =>
        line.startsWith(footer) && (linked || !/[A-Za-z0-9]/.test(line.slice(footer.length))),
    );
  if (found === undefined) return undefined;
  const { id, class: made = "authored" } = found.agent;
  return [{ kind: "footer", agent: id, text, strength: "strong", class: made, byAddress: false }];
}

/** A link to a session is a mark where it stands by itself or behind a label; within a sentence it is a mention. */
function readSessionLink(text: string, index: AgentIndex): readonly Sign[] {
  if (!text.includes("://")) return [];
  const lower = asciiLowerCase(text);
  const signs: Sign[] = [];
  for (const { agent, prefix } of index.sessionLinks) {
    const at = lower.indexOf(prefix);
    if (at < 0 || !/[a-z0-9]/.test(lower[at + prefix.length] ?? "")) continue;
    const before = lower.slice(Math.max(0, at - 80), at);
    const alone = /^[^a-z]*$|(?:: |\]\(|=["']?|<)$/.test(before) && at <= 80;
    const strength = alone ? "strong" : "weak";
    signs.push({
      kind: "session",
      agent: agent.id,
      text,
      strength,
      class: agent.class ?? "authored",
      byAddress: false,
    });
  }
  return signs;
}
