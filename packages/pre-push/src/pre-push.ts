import {
  CountersignError,
  type Decision,
  isCountersignError,
  judgePush,
  parseObjectId,
  type RefUpdate,
} from "@countersign/core";
import {
  branchName,
  closeAfter,
  objectFormatOf,
  readInForce,
  readRemoteDestination,
  redactUrls,
  zeroOid,
} from "@countersign/core/internal";
import { findRemote, GitRepository, limitTime, openHookContext, readInstalledHook } from "@countersign/git/internal";
import { formatUnenforced } from "@countersign/report";
import { findStdinLoss, type LostStdin } from "@countersign/setup/stdin-loss";
import { type AllowedPush, findEarlyWords } from "./early-words.ts";
import { findLedgerNotices } from "./ledger-notice.ts";
import { parseRefLines } from "./ref-lines.ts";

/** What git, or a hook runner in between, calls the hook with. */
export interface PrePushCall {
  /** The remote's name, or its URL where the push names none. */
  readonly remote: string;
  readonly url: string;
  readonly stdin: string;
  /** Whether the hook runner in between is known to hand git's standard input on, so that nothing there means nothing. */
  readonly handsOn?: boolean;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The decision, and what should be said beside it. */
export interface PrePushAnswer {
  readonly decision: Decision;
  readonly notices: readonly string[];
}

/** How many seconds judging may take by itself. */
const LONGEST = 60;

const NOTHING: PrePushAnswer = { decision: { outcome: "allow", policy: undefined, updates: [] }, notices: [] };

/** Judges the ids on standard input as they are: names could have moved since git read them. */
export async function prePush({ remote, url, stdin, handsOn, cwd, env }: PrePushCall): Promise<PrePushAnswer> {
  const updates = parseRefLines(stdin);
  const [first] = updates;
  if (first) return judge(first, remote, url);
  // git runs the hook without lines when everything is up to date.
  if (handsOn) return NOTHING;
  const loss = await findStdinLoss(env, () => readInstalledHook(openHookContext(cwd, env), "pre-push"));
  return loss ? judgeWithout(loss) : NOTHING;

  async function judge(update: RefUpdate, name: string, url: string, loss?: LostStdin): Promise<PrePushAnswer> {
    const context = limitTime(openHookContext(cwd, env), LONGEST);
    const format = objectFormatOf(update.new);
    const repository = new GitRepository(context, format);
    repository.begin();
    const { answer, foretold } = await closeAfter(repository, async () => {
      const known = await findRemote(repository.context, name, url);
      const pushed = loss ? [await withLastSeenTip(repository, name, update)] : updates;
      const found = await readRemoteDestination(repository, known, pushed);
      const { destination } = found;
      const inForce = await readInForce(repository, found, pushed);
      const now = Math.floor(Date.now() / 1000);
      const decision = await judgePush(repository, { updates: pushed, destination, ...inForce, now });
      const shown = name === url ? "the remote" : redactUrls(name);
      const notices = [
        ...formatUnenforced({ decision, inForce, defaultBranch: destination.defaultBranch, repository: shown }),
        // A push to a URL has no ref to fetch a ledger into.
        ...(name === url
          ? []
          : await findLedgerNotices(repository, { decision, updates: pushed, destination, remote: name })),
      ];
      const answer = { decision, notices: loss ? [lossNotice(loss), ...notices] : notices };
      const { policy, doubt } = inForce;
      if (!policy || doubt || decision.outcome !== "allow") return { answer };
      return { answer, foretold: { decision, destination, policy, now, remote: name === url ? undefined : name } };
    });
    if (!foretold) return answer;
    const words = await foretell(new GitRepository(context, format), foretold);
    return { ...answer, notices: [...answer.notices, ...words] };
  }

  async function judgeWithout(loss: LostStdin): Promise<PrePushAnswer> {
    if (!loss.update) throw new CountersignError("STDIN_EMPTY", { runner: loss.manager });
    const { ref, remote, url, new: id } = loss.update;
    const tip = parseObjectId(id);
    return judge({ ref, old: zeroOid(objectFormatOf(tip)), new: tip }, remote, url, loss);
  }
}

/** What is said of branches that nothing protects. The repository is one of its own: what fails there fails nothing. */
async function foretell(repository: GitRepository, push: AllowedPush): Promise<readonly string[]> {
  try {
    return await closeAfter(repository, () => findEarlyWords(repository, push));
  } catch (error) {
    if (isCountersignError(error)) return [];
    throw error;
  }
}

/** A hook runner names no old tip that could be relied on; the one that was last fetched stands in. */
async function withLastSeenTip(repository: GitRepository, remote: string, update: RefUpdate): Promise<RefUpdate> {
  const name = `refs/remotes/${remote}/${branchName(update.ref)}`;
  const seen = (await repository.refs(name)).find((tip) => tip.name === name);
  return seen ? { ...update, old: seen.oid } : update;
}

function lossNotice({ manager }: LostStdin): string {
  return `${manager} passes on only one ref of a push; others were not judged here. Install the hook directly to judge all.`;
}
