import { asciiLowerCase, decodeText, startsWithAscii } from "../bytes.ts";
import type { Commit } from "../object/commit.ts";
import type { Identity } from "../object/identity.ts";
import { type AgentIndex, defaultAgentIndex } from "./agent-index.ts";
import { findAddresses, identify } from "./identify.ts";
import { readMessageLines } from "./message/message-lines.ts";
import { readLine } from "./message/read-line.ts";
import { NO_AGENT, type Sign } from "./message/read-trailer.ts";
import type { AssistanceClass, Evidence, Provenance } from "./provenance.ts";

export { type AgentIndex, buildAgentIndex } from "./agent-index.ts";

/** How to look, and what counts. */
export interface ProvenanceOptions {
  /** If absent, only the catalogue. */
  readonly index?: AgentIndex;
  /** The classes that make a commit `assisted`. */
  readonly countAsAssisted?: Iterable<AssistanceClass>;
}

const COUNTED: Iterable<AssistanceClass> = ["authored", "suggestion"];
const BY_WEIGHT: readonly AssistanceClass[] = ["authored", "suggestion", "message-only"];
/** Shared, because nearly every commit of an old history has this. */
const UNMARKED: Provenance = { state: "undeclared", class: undefined, agents: [], evidence: [] };

/** The parts of a commit that say how it was made: its author, its committer and every line of its message. */
export type MadeCommit = Pick<Commit, "author" | "committer" | "message" | "parents">;

/** What the commit itself says about how it was made. */
export function detectProvenance(commit: MadeCommit, options: ProvenanceOptions = {}): Provenance {
  const index = options.index ?? defaultAgentIndex();
  return concludeProvenance([...readEvidence(commit, index)], options);
}

/** Every sign in the commit itself, one by one: a message can hold tens of thousands. */
export function* readEvidence(commit: MadeCommit, index: AgentIndex): Generator<Evidence, undefined> {
  yield* readIdentities(commit, index);
  yield* readMessage(commit.message, index);
  yield* readMerge(commit, index);
}

/** What a message says by itself, before there is a commit around it. */
export function detectInMessage(message: Uint8Array, options: ProvenanceOptions = {}): Provenance {
  return concludeProvenance([...readMessage(message, options.index ?? defaultAgentIndex())], options);
}

/** Weighs evidence from any source, such as notes beside what `detectProvenance` found. */
export function concludeProvenance(
  evidence: readonly Evidence[],
  { countAsAssisted = COUNTED }: Pick<ProvenanceOptions, "countAsAssisted"> = {},
): Provenance {
  if (evidence.length === 0) return UNMARKED;
  const strong = evidence.filter(({ strength }) => strength === "strong");
  const counted = new Set(countAsAssisted);
  const assisted = strong.some((sign) => counted.has(sign.class));
  const denied = evidence.some(({ agent }) => agent === NO_AGENT);
  return {
    state: assisted ? "assisted" : denied ? "declared-human" : "undeclared",
    class: BY_WEIGHT.find((weight) => strong.some((sign) => sign.class === weight)),
    agents: [...new Set(strong.map(({ agent }) => agent))],
    evidence,
  };
}

const NOTHING: readonly Evidence[] = [];

function readIdentities({ author, committer }: MadeCommit, index: AgentIndex): readonly Evidence[] {
  const byAuthor = readIdentity(author, "author", index);
  const same = committer.email === author.email && committer.name === author.name;
  const byCommitter = same ? undefined : readIdentity(committer, "committer", index);
  if (byAuthor === undefined && byCommitter === undefined) return NOTHING;
  return [byAuthor, byCommitter].filter((sign) => sign !== undefined);
}

function readIdentity(identity: Identity, role: "author" | "committer", index: AgentIndex): Evidence | undefined {
  const { name, email } = identity;
  const known = identify(name, email, index);
  const suffixed = index.nameSuffixes.find(({ suffix }) => name.endsWith(suffix));
  const agent = known?.agent ?? suffixed?.agent;
  if (agent === undefined || (known === undefined && index.exempt.has(asciiLowerCase(email)))) return undefined;
  return {
    kind: "identity",
    agent: agent.id,
    where: { role },
    text: `${name} <${email}>`,
    strength: known?.strength ?? "strong",
    // The author made the change, even a bot that elsewhere only suggests.
    class: role === "author" ? "authored" : (agent.committerClass ?? known?.class ?? "authored"),
  };
}

function* readMessage(message: Uint8Array, index: AgentIndex): Generator<Evidence, undefined> {
  if (!index.mayHoldMarks(message)) return;
  for (const line of readMessageLines(decodeText(message))) {
    const { number, text, standing, logHeader } = line;
    const signs = logHeader ? readLogHeader(text, index) : readLine(line, index);
    for (const { byAddress, ...sign } of signs) {
      // A quoted denial denies nothing.
      if (standing !== "plain" && sign.agent === NO_AGENT) continue;
      const said = standing === "plain" || (standing === "displaced" && byAddress);
      yield { ...sign, where: { line: number }, text, strength: said ? sign.strength : "weak" };
    }
    if (number === 1) yield* readSubject(text, index);
  }
}

/** The author of a squashed commit, as `git merge --squash` lists it. */
function readLogHeader(text: string, index: AgentIndex): readonly Sign[] {
  if (!text.startsWith("Author:")) return [];
  return findAddresses(text.slice("Author:".length)).flatMap(({ name, email }) => {
    const known = identify(name, email, index);
    const agent = known?.agent ?? index.nameSuffixes.find(({ suffix }) => name.endsWith(suffix.trim()))?.agent;
    if (agent === undefined) return [];
    const strength = known?.strength ?? "strong";
    return [{ kind: "identity", agent: agent.id, text, strength, class: "authored", byAddress: known !== undefined }];
  });
}

function readSubject(text: string, { subjectPrefixes }: AgentIndex): readonly Evidence[] {
  const lower = asciiLowerCase(text);
  return subjectPrefixes
    .filter(({ prefix }) => lower.startsWith(prefix))
    .map(({ agent }) => ({ ...WEAK_SUBJECT, agent: agent.id, text }));
}

const MERGED_BRANCH = /^Merge (?:(?:remote-tracking )?branch '(?:origin\/)?|pull request \S+ from [^/\s]+\/)(\S+)/;

/** A merged branch named as agents name theirs. The merged commits decide; people name branches so too. */
function readMerge({ parents, message }: MadeCommit, { branchPrefixes }: AgentIndex): readonly Evidence[] {
  if (parents.length < 2 || !startsWithAscii(message, "Merge ")) return NOTHING;
  const [text = ""] = decodeText(message.subarray(0, 200)).split("\n", 1);
  const branch = MERGED_BRANCH.exec(text)?.[1];
  if (branch === undefined) return NOTHING;
  const found = branchPrefixes.find(({ prefix }) => branch.startsWith(prefix));
  return found === undefined ? NOTHING : [{ ...WEAK_SUBJECT, agent: found.agent.id, text }];
}

const WEAK_SUBJECT = { kind: "footer", where: { line: 1 }, strength: "weak", class: "authored" } as const;
