import type { ObjectId } from "@countersign/core";
import { type Account, branchRef, MERGE_WAYS, type MergeWay, type ReviewedHead } from "@countersign/core/internal";
import type { InferOutput } from "valibot";
import { read } from "../api/answer.ts";
import type { Api } from "../api/api.ts";
import type { Forge, MergeRequest, RequestComment, Source, Status } from "../gate/forge.ts";
import {
  activityItem,
  commentItem,
  eventItem,
  pullAnswer,
  pullItem,
  reviewItem,
  ruleItem,
  statusItem,
} from "./answers.ts";
import { waysUnder } from "./merge-methods.ts";
import { toReview } from "./review.ts";

/** By a person, and by GitHub when the branch was deleted. */
const TURNS = new Set(["base_ref_changed", "automatic_base_change_succeeded"]);

/** The pull requests of one repository on GitHub, by its REST API. */
export class GithubForge implements Forge {
  readonly sign = "#";
  readonly source: Source;
  readonly #api: Api;
  /** Below it is all that belongs to the repository. */
  readonly #path: string;
  /** The ways of merging that the repository was last seen to allow. */
  #allowed: readonly MergeWay[] = MERGE_WAYS;

  readonly #run: string | undefined;

  /** `repository`: owner and name. `run`: where people find what this program prints. */
  constructor(api: Api, repository: string, source: Source, run?: string) {
    this.#api = api;
    this.#run = run;
    this.#path = `/repos/${repository.split("/").map(encodeURIComponent).join("/")}`;
    this.source = source;
  }

  async request(number: number): Promise<MergeRequest> {
    const path = `${this.#path}/pulls/${number}`;
    const { state, base, head } = read(pullAnswer, await this.#api.get(path), path);
    const { allow_merge_commit: merge, allow_squash_merge: squash, allow_rebase_merge: rebase } = base.repo;
    const may = { merge, squash, rebase };
    const allowed = MERGE_WAYS.filter((way) => may[way] !== false);
    if (allowed.length > 0) this.#allowed = allowed;
    return {
      number,
      name: `pull request ${number}`,
      isOpen: state === "open",
      base: base.ref,
      head: head.sha,
      headRef: `refs/pull/${number}/head`,
      defaultBranch: base.repo.default_branch,
    };
  }

  async openRequests(branch: string | undefined): Promise<readonly number[]> {
    const base = branch === undefined ? "" : `&base=${encodeURIComponent(branch)}`;
    return this.#numbers(`${this.#path}/pulls?state=open${base}`);
  }

  async requestsOf(commit: ObjectId): Promise<readonly number[]> {
    return this.#numbers(`${this.#path}/commits/${commit}/pulls`);
  }

  async #numbers(path: string): Promise<readonly number[]> {
    return (await this.#api.list(path)).map((item) => read(pullItem, item, path).number);
  }

  async waysOfMerging(branch: string): Promise<readonly MergeWay[]> {
    const path = `${this.#path}/rules/branches/${encodeURIComponent(branch)}`;
    const rules = await this.#api.findList(path);
    if (!rules) return this.#allowed;
    return waysUnder(
      rules.map((rule) => read(ruleItem, rule, path)),
      this.#allowed,
    );
  }

  async reviews({ number, head }: MergeRequest): Promise<ReviewedHead> {
    const path = `${this.#path}/pulls/${number}`;
    const pull = read(pullAnswer, await this.#api.get(path), path);
    const items = await this.#api.list(`${path}/reviews`);
    const given = items.map((item) => toReview(read(reviewItem, item, `${path}/reviews`)));
    // Nothing else of it can count.
    if (!given.some(({ state }) => state === "approved")) return { head, reviews: given };
    const turned = await this.#lastTurned(number);
    const reviews = given.map((review) => ({ ...review, turned: review.submitted <= turned }));
    const pusher = await this.#lastPusher(pull.head, head);
    const makers = [pull.user, pusher].filter((maker) => maker != null);
    return { head, reviews, makers, isPusherUnknown: pusher === undefined };
  }

  /** When a request last came to be for another branch, in seconds since 1970; 0 for never. */
  async #lastTurned(number: number): Promise<number> {
    const path = `${this.#path}/issues/${number}/events`;
    const events = (await this.#api.list(path)).map((item) => read(eventItem, item, path));
    const turns = events.filter(({ event }) => TURNS.has(event)).map(({ created_at }) => Date.parse(created_at) / 1000);
    return Math.max(0, ...turns.map((time) => (Number.isNaN(time) ? Number.POSITIVE_INFINITY : Math.floor(time))));
  }

  /** Who pushed the head, where GitHub tells: of a fork that is gone, or that the token may not read, it does not. */
  async #lastPusher(
    { ref, repo }: InferOutput<typeof pullAnswer>["head"],
    head: ObjectId,
  ): Promise<Account | undefined> {
    if (!repo) return undefined;
    const path = `/repos/${repo.full_name}/activity?per_page=100&ref=${encodeURIComponent(branchRef(ref))}`;
    const found = await this.#api.find(path);
    const pushes = Array.isArray(found) ? found.map((item) => read(activityItem, item, path)) : [];
    return pushes.find(({ after }) => after === head)?.actor ?? undefined;
  }

  async statuses(commit: ObjectId): Promise<ReadonlyMap<string, Status>> {
    const path = `${this.#path}/commits/${commit}/status`;
    const statuses = (await this.#api.list(path, "statuses")).map((item) => read(statusItem, item, path));
    return new Map(
      statuses.map(({ context, state, description }) => {
        const known = state === "success" || state === "pending" ? state : "failure";
        return [context, { state: known, context, title: description ?? "" }];
      }),
    );
  }

  async setStatus(commit: ObjectId, { state, context, title }: Status): Promise<void> {
    const run = this.#run;
    const body = { state, context, description: title, ...(run !== undefined && { target_url: run }) };
    await this.#api.send("POST", `${this.#path}/statuses/${commit}`, body, { again: true });
  }

  async writeComment(number: number, { marker, text, onlyIfThere }: RequestComment): Promise<void> {
    const path = `${this.#path}/issues/${number}/comments`;
    const comments = (await this.#api.list(path)).map((item) => read(commentItem, item, path));
    const body = `${marker}\n${text}`;
    // Anybody can begin a comment so. One of a person stays that person's.
    const own = comments.find((comment) => comment.user?.type === "Bot" && comment.body?.startsWith(marker));
    if (!own && onlyIfThere) return;
    if (own?.body?.replaceAll("\r\n", "\n") === body) return;
    if (own) await this.#api.send("PATCH", `${this.#path}/issues/comments/${own.id}`, { body }, { again: true });
    // Sent twice, it would be there twice.
    else await this.#api.send("POST", path, { body }, { again: false });
  }
}
