import type { ObjectId } from "@countersign/core";
import {
  type Account,
  branchRef,
  MERGE_WAYS,
  type MergeWay,
  type ReviewedHead,
  waysAllowed,
  waysUnder,
} from "@countersign/core/internal";
import { nameRequest } from "@countersign/git/internal";
import { array, type InferOutput } from "valibot";
import type { Api } from "../api/api.ts";
import { byContext } from "../api/statuses.ts";
import { latest } from "../api/times.ts";
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
  /** What the requests that were asked for were made of: their reviews need more of it. */
  readonly #pulls = new WeakMap<MergeRequest, InferOutput<typeof pullAnswer>>();
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
    const pull = await this.#ask(number);
    const { state, base, head } = pull;
    this.#allowed = waysAllowed(base.repo);
    const request = {
      number,
      ...nameRequest(this.sign, number),
      isOpen: state === "open",
      base: base.ref,
      head: head.sha,
      defaultBranch: base.repo.default_branch,
    };
    this.#pulls.set(request, pull);
    return request;
  }

  #ask(number: number): Promise<InferOutput<typeof pullAnswer>> {
    return this.#api.get(`${this.#path}/pulls/${number}`, pullAnswer);
  }

  async openRequests(branch: string | undefined): Promise<readonly number[]> {
    const base = branch === undefined ? "" : `&base=${encodeURIComponent(branch)}`;
    return this.#numbers(`${this.#path}/pulls?state=open${base}`);
  }

  async requestsOf(commit: ObjectId): Promise<readonly number[]> {
    return this.#numbers(`${this.#path}/commits/${commit}/pulls`);
  }

  async #numbers(path: string): Promise<readonly number[]> {
    return (await this.#api.list(path, pullItem)).map(({ number }) => number);
  }

  async waysOfMerging(branch: string): Promise<readonly MergeWay[]> {
    const rules = await this.#api.findList(`${this.#path}/rules/branches/${encodeURIComponent(branch)}`, ruleItem);
    return waysUnder(rules ?? [], this.#allowed);
  }

  async reviews(request: MergeRequest): Promise<ReviewedHead> {
    const { number, head } = request;
    const given = (await this.#api.list(`${this.#path}/pulls/${number}/reviews`, reviewItem)).map(toReview);
    // Nothing else of it can count.
    if (!given.some(({ state }) => state === "approved")) return { head, reviews: given };
    const turned = await this.#lastTurned(number);
    const reviews = given.map((review) => ({ ...review, turned: review.submitted <= turned }));
    const pull = this.#pulls.get(request) ?? (await this.#ask(number));
    const pusher = await this.#lastPusher(pull.head, head);
    const makers = [pull.user, pusher].filter((maker) => maker != null);
    return { head, reviews, makers, isPusherUnknown: pusher === undefined };
  }

  /** When a request last came to be for another branch, in seconds since 1970; 0 for never. */
  async #lastTurned(number: number): Promise<number> {
    const events = await this.#api.list(`${this.#path}/issues/${number}/events`, eventItem);
    return latest(events.filter(({ event }) => TURNS.has(event)).map(({ created_at }) => created_at));
  }

  /** Who pushed the head, where GitHub says it: of a fork that is gone, or that the token may not read, it does not. */
  async #lastPusher(
    { ref, repo }: InferOutput<typeof pullAnswer>["head"],
    head: ObjectId,
  ): Promise<Account | undefined> {
    if (!repo) return undefined;
    const path = `/repos/${repo.full_name}/activity?per_page=100&ref=${encodeURIComponent(branchRef(ref))}`;
    const pushes = (await this.#api.find(path, array(activityItem))) ?? [];
    return pushes.find(({ after }) => after === head)?.actor ?? undefined;
  }

  async statuses(commit: ObjectId): Promise<ReadonlyMap<string, Status>> {
    return byContext(await this.#api.list(`${this.#path}/commits/${commit}/status`, statusItem, "statuses"));
  }

  async setStatus(commit: ObjectId, { state, context, title }: Status): Promise<void> {
    const run = this.#run;
    const body = { state, context, description: title, ...(run !== undefined && { target_url: run }) };
    await this.#api.send("POST", `${this.#path}/statuses/${commit}`, body, { again: true });
  }

  async writeComment(number: number, { marker, text, onlyIfThere }: RequestComment): Promise<void> {
    const path = `${this.#path}/issues/${number}/comments`;
    const comments = await this.#api.list(path, commentItem);
    const body = `${marker}\n${text}`;
    // Anyone can begin a comment like this. A person's comment stays as it is.
    const own = comments.find((comment) => comment.user?.type === "Bot" && comment.body?.startsWith(marker));
    if (!own && onlyIfThere) return;
    if (own?.body?.replaceAll("\r\n", "\n") === body) return;
    if (own) await this.#api.send("PATCH", `${this.#path}/issues/comments/${own.id}`, { body }, { again: true });
    // Sent twice, it would be there twice.
    else await this.#api.send("POST", path, { body }, { again: false });
  }
}
