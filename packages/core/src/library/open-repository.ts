import { findDestination } from "../destination/find-destination.ts";
import { readInForce } from "../destination/read-in-force.ts";
import { resolveRange } from "../destination/revision.ts";
import { judgePush } from "../judge/judge-push.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import { subjectLine } from "../object/subject-line.ts";
import type { Provenance } from "../provenance/provenance.ts";
import { openPlainTracer } from "../records/tracer.ts";
import type { RefUpdate } from "../ref.ts";
import type { ConfiguredRepository } from "../repository.ts";
import { closeAfter } from "./close-after.ts";
import { type JudgeWorkOptions, judgeWork } from "./judge-work.ts";
import { type JudgedPush, withCommits } from "./judged-commits.ts";
import { choosePolicy, type PolicyOptions } from "./policy-choice.ts";

/** What each call may be given. */
export interface ReadOptions {
  /** Ends the reading; the call is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface JudgeOptions extends ReadOptions {
  /** Called from time to time with the number of commits judged. */
  readonly progress?: (commits: number) => void;
}

export type JudgeRangeOptions = JudgeOptions & PolicyOptions & Pick<JudgeWorkOptions, "merge" | "reviews">;

/** A commit and what it says about how it was made. */
export interface LoggedCommit {
  readonly commit: Commit;
  readonly subject: string;
  readonly provenance: Provenance;
}

/**
 * A repository that can be judged and listed. Each call reads for itself, so several may run at a time; disposing of it
 * ends those that are still running.
 */
export class OpenRepository {
  readonly #open: (signal: AbortSignal) => ConfiguredRepository;
  readonly #disposed = new AbortController();

  /** `open` gives a reader that ends with the signal. Programs call `openRepository` of a package that reads repositories. */
  constructor(open: (signal: AbortSignal) => ConfiguredRepository) {
    this.#open = open;
  }

  /**
   * Judges what a revision would add to the branch as it is known here, by a push or by the ways of merging that are named;
   * `A..B` judges again what the branch has since `A`.
   * By default it takes the default branch of where work lands, the policy in force there, and the present time.
   */
  judge(range: string, { signal, progress, merge, reviews, ...options }: JudgeRangeOptions = {}): Promise<JudgedPush> {
    return this.use(
      async (repository) => {
        const choice = await choosePolicy(repository, options);
        const revisions = await resolveRange(repository, range);
        return withCommits(
          await judgeWork(repository, choice, revisions, { ...(progress && { progress }), merge, reviews }),
        );
      },
      { ...(signal && { signal }) },
    );
  }

  /** Judges a push of these updates to where work lands, by the policy in force there. If there certainly is none, nothing is protected. */
  judgeUpdates(updates: readonly RefUpdate[], { signal, progress }: JudgeOptions = {}): Promise<JudgedPush> {
    return this.use(
      async (repository) => {
        const known = await findDestination(repository, { updates });
        const inForce = await readInForce(repository, known, updates);
        const push = { updates, destination: known.destination, ...inForce, ...(progress && { progress }) };
        return withCommits(await judgePush(repository, push));
      },
      { ...(signal && { signal }) },
    );
  }

  /** The commits of a range, `A..B` or all that a revision reaches, as they come. */
  async *log(range: string, { signal }: ReadOptions = {}): AsyncGenerator<LoggedCommit, undefined> {
    const ending = this.#ending(signal);
    const repository = this.#open(ending);
    try {
      const { from, to } = await resolveRange(repository, range);
      const trace = openPlainTracer(repository);
      for await (const raw of repository.commits({ tips: [to], exclude: from ? [from] : [] })) {
        const [traced] = await trace([parseCommit(raw)]);
        if (traced) yield { ...traced, subject: subjectLine(traced.commit) };
        ending.throwIfAborted();
      }
      await repository.close();
    } catch (error) {
      ending.throwIfAborted();
      throw error;
    } finally {
      // Where the caller has read enough as well.
      repository.kill();
    }
  }

  /** Gives the repository to a function of the caller's, and ends its reading afterwards. */
  async use<Result>(
    use: (repository: ConfiguredRepository) => Promise<Result>,
    { signal }: ReadOptions = {},
  ): Promise<Result> {
    const ending = this.#ending(signal);
    try {
      return await closeAfter(this.#open(ending), use);
    } catch (error) {
      // Whichever way the reading failed because it was ended.
      ending.throwIfAborted();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed.abort(new Error("the repository was disposed of"));
  }

  #ending(signal: AbortSignal | undefined): AbortSignal {
    const { signal: disposed } = this.#disposed;
    return signal ? AbortSignal.any([signal, disposed]) : disposed;
  }
}
