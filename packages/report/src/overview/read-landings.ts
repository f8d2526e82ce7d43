import { type ObjectId, parseCommit, type RawCommit, type Repository } from "@countersign/core";
import {
  type AuditPlan,
  decodeText,
  inBatches,
  type LedgerClaims,
  landedAt,
  readCommitterTime,
  readLine,
  takeBrought,
} from "@countersign/core/internal";
import type { LogEntry } from "../log/log-entry-schema.ts";
import { type LogSources, openLog } from "../log/open-log.ts";

/** A landing by what its commits say themselves. */
export interface ReadLanding {
  readonly commit: ObjectId;
  readonly landed: number;
  readonly subject: string;
  readonly author: LogEntry["author"];
  readonly commits: number;
  readonly assisted: number;
  readonly agents: readonly string[];
  readonly folders: readonly string[];
}

/** The landings of a branch since a time, the oldest first. */
export interface ReadBranch {
  readonly from: ObjectId | undefined;
  readonly landings: readonly ReadLanding[];
  /** The commits that they brought. */
  readonly brought: ReadonlyMap<ObjectId, BroughtCommit>;
  /** The commit that the branch began with. */
  readonly root: ObjectId | undefined;
}

/** Where to read, and what the log reads beside the messages. */
export interface LandingSources extends Pick<AuditPlan, "branch" | "tip" | "policy" | "now" | "list" | "since"> {
  readonly ledger: LedgerClaims | undefined;
  readonly onLost?: LogSources["onLost"];
}

/** Reads what landed, in the words of `log`: the commits of `from..tip`, each under the landing that brought it. */
export async function readLandings(repository: Repository, sources: LandingSources): Promise<ReadBranch> {
  const { branch, tip, policy, now, list, since = Number.NEGATIVE_INFINITY } = sources;
  const line = await readLine(repository, tip, { branch, project: policy?.policy.project, list }, undefined);
  const times = Array.from({ length: line.length }, (_, index) => landedAt(line, index, now));
  const found = times.findIndex((time) => time >= since);
  const start = found < 0 ? line.length : found;
  const from = found < 0 ? tip : line.at(start)?.parent;
  const said = await readSaid(repository, { tips: [tip], exclude: from ? [from] : [] }, sources);
  const landings: ReadLanding[] = [];
  const untaken = new Map(said);
  const folders = await readFolders(repository, line.slice(start));
  for (const [offset, { commit }] of line.slice(start).entries()) {
    const brought = takeBrought(untaken, commit);
    const own = said.get(commit)?.entry;
    landings.push({
      commit,
      landed: times[start + offset] ?? now,
      subject: own?.subject ?? "",
      author: own?.author ?? { name: "", email: "" },
      commits: brought.length,
      assisted: brought.filter(({ assisted }) => assisted).length,
      agents: [...new Set(brought.flatMap(({ agents }) => agents))],
      folders: folders[offset] ?? [],
    });
  }
  return { from, landings, brought: said, root: line.at(0)?.commit };
}

/** A commit that came with a landing. */
export interface BroughtCommit {
  readonly parents: readonly ObjectId[];
  /** When it was committed, in seconds since 1970; undefined if it does not say. */
  readonly committed: number | undefined;
}

/** What is kept of a commit. */
interface Said extends BroughtCommit {
  readonly assisted: boolean;
  readonly agents: readonly string[];
  readonly entry: Pick<LogEntry, "subject" | "author">;
}

async function readSaid(
  repository: Repository,
  range: { readonly tips: readonly ObjectId[]; readonly exclude: readonly ObjectId[] },
  { ledger, onLost }: LandingSources,
): Promise<ReadonlyMap<ObjectId, Said>> {
  const read = openLog(repository, { ledger, ...(onLost && { onLost }) });
  const said = new Map<ObjectId, Said>();
  for await (const batch of inBatches(repository.commits(range), ({ bytes }) => bytes.length)) {
    const entries = await read(batch);
    for (const [index, { state, agents, subject, author }] of entries.entries()) {
      const raw = batch[index] as RawCommit;
      const { parents } = parseCommit(raw);
      const committed = readCommitterTime(raw);
      const assisted = state === "assisted";
      // Help that the commit does not count as assisted for, as with its message alone, is not an agent's work.
      const taking = assisted ? agents : [];
      said.set(raw.oid, { parents, committed, assisted, agents: taking, entry: { subject, author } });
    }
  }
  return said;
}

const SLASH = 0x2f;

/** The folders of the root that each step of a line changes something in. */
async function readFolders(
  repository: Repository,
  line: readonly { readonly commit: ObjectId; readonly parent: ObjectId | undefined }[],
): Promise<readonly (readonly string[])[]> {
  const steps = line.map(({ commit, parent }) => ({ oid: commit, parents: parent ? [parent] : [] }));
  const folders: (readonly string[])[] = [];
  for await (const { changes } of repository.changes(steps)) {
    const names = changes.map(({ path }) => {
      const end = path.indexOf(SLASH);
      return end < 0 ? "." : decodeText(path.subarray(0, end));
    });
    folders.push([...new Set(names)]);
  }
  return folders;
}
