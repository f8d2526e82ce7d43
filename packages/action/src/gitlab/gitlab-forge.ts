import type { ObjectId } from "@countersign/core";
import { type Account, MERGE_WAYS, type MergeWay, type ReviewedHead } from "@countersign/core/internal";
import { nameRequest } from "@countersign/git/internal";
import type { InferOutput } from "valibot";
import type { Api } from "../api/api.ts";
import { failed } from "../api/failed.ts";
import { byContext } from "../api/statuses.ts";
import type { Forge, MergeRequest, RequestComment, Source, Status } from "../gate/forge.ts";
import {
  accountAnswer,
  approvalsAnswer,
  noteItem,
  projectAnswer,
  pushItem,
  requestAnswer,
  requestItem,
  statusItem,
  versionItem,
} from "./answers.ts";
import { toReviews } from "./approvals.ts";
import { waysOf } from "./merge-methods.ts";

/** GitLab's words for the states of a commit. */
const STATES = { pending: "pending", success: "success", failure: "failed" } as const;

/** The merge requests of one project on GitLab, by its REST API. */
export class GitlabForge implements Forge {
  readonly sign = "!";
  readonly source: Source;
  readonly #api: Api;
  /** Below it is all that belongs to the project. */
  readonly #path: string;
  readonly #run: string | undefined;
  /** What the requests that were asked for were made of: their reviews need more of it. */
  readonly #answers = new WeakMap<MergeRequest, InferOutput<typeof requestAnswer>>();
  /** The ways of merging that the project was last seen to leave open. */
  #ways: readonly MergeWay[] = MERGE_WAYS;
  /** The head that was seen last, with its ref: GitLab keeps the states of a commit by ref. */
  #seen: { readonly head: ObjectId; readonly ref: string } | undefined;

  /** `project`: its path with its groups. `run`: where people find what this program prints. */
  constructor(api: Api, project: string, source: Source, run?: string) {
    this.#api = api;
    this.#run = run;
    this.#path = `/projects/${encodeURIComponent(project)}`;
    this.source = source;
  }

  async request(number: number): Promise<MergeRequest> {
    const answer = await this.#ask(number);
    const { sha, state, target_branch: base, source_branch, source_project_id, target_project_id } = answer;
    if (sha == null) throw failed("GET", this.#pathOf(number), "it does not know yet where the source branch ends");
    const names = nameRequest(this.sign, number);
    this.#seen = { head: sha, ref: source_project_id === target_project_id ? source_branch : names.headRef };
    // Asked each time: a service that keeps this for days would judge by settings that were changed since.
    const project = await this.#api.get(this.#path, projectAnswer);
    this.#ways = waysOf(project);
    // It is locked while it is being merged.
    const isOpen = state === "opened" || state === "locked";
    const request = {
      number,
      ...names,
      isOpen,
      base,
      head: sha,
      defaultBranch: project.default_branch,
    };
    this.#answers.set(request, answer);
    return request;
  }

  async openRequests(branch: string | undefined): Promise<readonly number[]> {
    const target = branch === undefined ? "" : `&target_branch=${encodeURIComponent(branch)}`;
    return this.#numbers(`${this.#path}/merge_requests?state=opened${target}`);
  }

  async requestsOf(commit: ObjectId): Promise<readonly number[]> {
    return this.#numbers(`${this.#path}/repository/commits/${commit}/merge_requests`);
  }

  async #numbers(path: string): Promise<readonly number[]> {
    return (await this.#api.list(path, requestItem)).map(({ iid }) => iid);
  }

  async waysOfMerging(): Promise<readonly MergeWay[]> {
    return this.#ways;
  }

  async reviews(request: MergeRequest): Promise<ReviewedHead> {
    const { number, head } = request;
    const path = this.#pathOf(number);
    const approvals = await this.#api.get(`${path}/approvals`, approvalsAnswer);
    if (approvals.approved_by.length === 0) return { head, reviews: [] };
    const versions = await this.#api.list(`${path}/versions`, versionItem);
    const notes = await this.#api.list(`${path}/notes`, noteItem);
    const bots = new Set<number>();
    for (const { user } of approvals.approved_by) {
      if (user != null && !(await this.#isPerson(user.id))) bots.add(user.id);
    }
    const answer = this.#answers.get(request) ?? (await this.#ask(number));
    const pusher = await this.#lastPusher(answer, head, versions);
    const makers = [answer.author, pusher].flatMap(toAccount);
    const reviews = toReviews(approvals, { head, versions, notes, bots });
    return { head, reviews, makers, isPusherUnknown: pusher == null };
  }

  async statuses(commit: ObjectId): Promise<ReadonlyMap<string, Status>> {
    const items = await this.#api.list(`${this.#path}/repository/commits/${commit}/statuses`, statusItem);
    return byContext(items.map(({ name, status, description }) => ({ context: name, state: status, description })));
  }

  async setStatus(commit: ObjectId, { state, context, title }: Status): Promise<void> {
    const body = {
      state: STATES[state],
      name: context,
      description: title,
      ref: this.#seen?.head === commit ? this.#seen.ref : undefined,
      target_url: this.#run,
    };
    await this.#api.send("POST", `${this.#path}/statuses/${commit}`, body, { again: true });
  }

  async writeComment(number: number, { marker, text, onlyIfThere }: RequestComment): Promise<void> {
    const path = `${this.#pathOf(number)}/notes`;
    const { id: self } = await this.#api.get("/user", accountAnswer);
    const notes = await this.#api.list(path, noteItem);
    const body = `${marker}\n${text}`;
    // Anyone can begin a note like this. A note by someone else stays as it is.
    const own = notes.find((note) => note.author?.id === self && note.body.startsWith(marker));
    // GitLab keeps a note without the blanks at its end.
    if (own?.body.trimEnd() === body.trimEnd()) return;
    if (own) await this.#api.send("PUT", `${path}/${own.id}`, { body }, { again: true });
    // Sent twice, it would be there twice.
    else if (!onlyIfThere) await this.#api.send("POST", path, { body }, { again: false });
  }

  #ask(number: number): Promise<InferOutput<typeof requestAnswer>> {
    return this.#api.get(this.#pathOf(number), requestAnswer);
  }

  #pathOf(number: number): string {
    return `${this.#path}/merge_requests/${number}`;
  }

  /** Anyone not known to be a person is not counted as one. */
  async #isPerson(id: number): Promise<boolean> {
    return (await this.#api.find(`/users/${id}`, accountAnswer))?.bot === false;
  }

  /** Who pushed the head, where GitLab says it: of a fork that the token may not read, or of many branches at once, it does not. */
  async #lastPusher(
    { source_project_id, source_branch }: InferOutput<typeof requestAnswer>,
    head: ObjectId,
    versions: readonly InferOutput<typeof versionItem>[],
  ): Promise<InferOutput<typeof pushItem>["author"]> {
    const pushed = Date.parse(versions.find((version) => version.head_commit_sha === head)?.created_at ?? "");
    if (source_project_id == null || Number.isNaN(pushed)) return undefined;
    // Neither of the two days is part of it.
    const days = `after=${dayOf(pushed - 2 * DAY_MS)}&before=${dayOf(pushed + 2 * DAY_MS)}`;
    const path = `/projects/${source_project_id}/events?action=pushed&${days}`;
    const pushes = (await this.#api.findList(path, pushItem)) ?? [];
    return pushes.find(({ push_data: push }) => push?.ref === source_branch && push.commit_to === head)?.author;
  }
}

const DAY_MS = 86_400_000;

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function toAccount(user: InferOutput<typeof pushItem>["author"]): readonly Account[] {
  return user == null ? [] : [{ login: user.username, id: user.id }];
}
