import type { AgentIndex } from "../provenance/agent-index.ts";
import type { Evidence } from "../provenance/provenance.ts";
import { agentOfTool } from "./agent-of-tool.ts";
import { type AuthorshipLog, type LogAgent, parseAuthorshipLog } from "./authorship-log.ts";
import { recordedEvidence, unreadRecord } from "./recorder.ts";

/** No more is reported of one note: it can name hundreds of sessions. */
const MOST = 20;

/** The bare keys of versions before 1.4.0, and before 1.0. */
const LEGACY_KEY = /^(?:[0-9a-f]{16}|[0-9a-f]{7})$/;

type Author = "human" | "unclear" | { readonly agent: LogAgent | undefined };

/**
 * What a note of git-ai says: an agent took part where lines are attested to one. git-ai writes notes for people's
 * commits too, so that a note alone is not a sign; and agents that it names without lines left nothing in the commit.
 */
export function readNote(bytes: Uint8Array, ref: string, index: AgentIndex): readonly Evidence[] {
  const log = parseAuthorshipLog(bytes);
  if (typeof log === "string") return [unreadRecord("note", ref, log)];
  const found = new Map<string, Evidence>();
  const add = (strength: Evidence["strength"], agent: LogAgent | undefined, text: string): void => {
    const known = agentOfTool(agent?.tool ?? "", agent?.model, index);
    const name = JSON.stringify([known.agent, known.model]);
    // What is attested by lines comes first and says all that a bare name could.
    if (!found.has(name) && found.size < MOST) {
      found.set(name, recordedEvidence("note", strength, known, ref, text));
    }
  };
  const unclear: string[] = [];
  for (const [key, { path, lines }] of log.attestations) {
    const author = authorOf(key, log);
    if (author === "unclear") unclear.push(`${path}: ${key} ${lines}`);
    else if (author !== "human") add("strong", author.agent, `${path}: ${key} ${lines}`);
  }
  for (const text of unclear) add("weak", undefined, text);
  for (const [key, agent] of [...log.sessions, ...log.prompts]) add("weak", agent, `${key} without lines`);
  return [...found.values()];
}

function authorOf(key: string, { sessions, prompts }: AuthorshipLog): Author {
  if (key.startsWith("s_")) return { agent: sessions.get(key.split("::", 1)[0] as string) };
  if (key.startsWith("h_") || key === "human") return "human";
  return prompts.has(key) || LEGACY_KEY.test(key) ? { agent: prompts.get(key) } : "unclear";
}
