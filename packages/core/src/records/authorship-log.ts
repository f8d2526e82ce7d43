import { decodeText } from "../bytes.ts";
import { fieldsOf, parseJson, textOf } from "./json.ts";

/** Lines of a file, by the one a key stands for. */
export interface Attestation {
  readonly path: string;
  readonly key: string;
  /** `1-4,9`, counted from 1. */
  readonly lines: string;
}

/** The agent behind a key, in git-ai's own words. */
export interface LogAgent {
  readonly tool: string;
  readonly model: string | undefined;
}

/** A note of git-ai, by its standard 3. */
export interface AuthorshipLog {
  /** The first attestation of each key. */
  readonly attestations: ReadonlyMap<string, Attestation>;
  /** By `s_…`, without the trace that follows in the attestations. */
  readonly sessions: ReadonlyMap<string, LogAgent>;
  /** By the bare key of versions before 1.4.0. */
  readonly prompts: ReadonlyMap<string, LogAgent>;
}

const SCHEMA = /^authorship\/3\.[0-9]+\.[0-9]+$/;

/** Reads a note; a text is the reason why it is not an authorship log. */
export function parseAuthorshipLog(bytes: Uint8Array): AuthorshipLog | string {
  const text = decodeText(bytes);
  const divider = /(?:^|\n)---\r?\n/.exec(text);
  if (divider === null) return "it has no line --- between its two sections";
  const metadata = fieldsOf(parseJson(text.slice(divider.index + divider[0].length)));
  if (metadata === undefined) return "what stands below --- is not a JSON object";
  const schema = textOf(metadata["schema_version"]) ?? "none";
  if (!SCHEMA.test(schema)) return `its schema_version is ${schema}, not authorship/3`;
  return {
    attestations: readAttestations(text.slice(0, divider.index)),
    sessions: readAgents(metadata["sessions"]),
    prompts: readAgents(metadata["prompts"]),
  };
}

/** A path at the line's start, and below it, indented by two blanks, keys and their lines. Anything else is skipped. */
function readAttestations(section: string): ReadonlyMap<string, Attestation> {
  const attestations = new Map<string, Attestation>();
  let path = "";
  for (const raw of section.split("\n")) {
    const line = raw.trimEnd();
    if (!line.startsWith(" ")) {
      path = line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1) : line;
      continue;
    }
    const blank = line.indexOf(" ", 2);
    const key = line.slice(2, blank);
    const lines = line.slice(blank + 1);
    if (blank < 0 || key === "" || attestations.has(key) || !/^[1-9]/.test(lines)) continue;
    attestations.set(key, { path, key, lines });
  }
  return attestations;
}

function readAgents(value: unknown): ReadonlyMap<string, LogAgent> {
  const agents = new Map<string, LogAgent>();
  for (const [key, record] of Object.entries(fieldsOf(value) ?? {})) {
    const id = fieldsOf(fieldsOf(record)?.["agent_id"]);
    agents.set(key, { tool: textOf(id?.["tool"]) ?? "", model: textOf(id?.["model"]) });
  }
  return agents;
}
