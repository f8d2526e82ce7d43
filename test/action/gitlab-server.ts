import type { Repo } from "../rig/repository/repo.ts";
import { type Asked, ForgeServer, pageOf } from "./forge-server.ts";

export const PROJECT = "acme/backend/payments";
export const JOB_TOKEN = "glcbt-64_oneForEachJob";
export const API_TOKEN = "glpat-aTokenOfTheProject";

/** The account of the project's token. */
const SELF = { id: 100, username: "project_7_bot_4f", bot: true };

/** A merge request as the server of a test knows it. Its head is the ref `refs/merge-requests/N/head`. */
export interface MergeRequest {
  readonly iid: number;
  target: string;
  state: string;
  /** The project that the source branch is in; 7 is this one. */
  source: number;
  readonly author: { readonly id: number; readonly username: string };
  approvals: readonly object[];
  versions: readonly object[];
}

export interface Note {
  readonly id: number;
  readonly author: { readonly id: number; readonly username: string };
  body: string;
}

/** A GitLab for one project: the part of its REST API that the gate uses, in its documented shapes, and its git server. */
export class GitlabServer extends ForgeServer {
  readonly requests = new Map<number, MergeRequest>();
  readonly notes = new Map<number, Note[]>();
  /** All states of a commit, oldest first. */
  readonly statuses = new Map<string, Record<string, string>[]>();
  /** The merge requests that commits came by. */
  readonly landed = new Map<string, readonly number[]>();
  readonly settings: Record<string, string> = { merge_method: "merge", squash_option: "default_off" };
  /** What was pushed to projects, newest first; who may not see a project sees none of it. */
  readonly events = new Map<number, object[]>([[7, []]]);
  readonly users = new Map<number, object>([[SELF.id, SELF]]);

  constructor(repo: Repo) {
    super(repo, {
      api: "/api/v4",
      repository: `/${PROJECT}.git`,
      logins: [`gitlab-ci-token:${JOB_TOKEN}`, `oauth2:${API_TOKEN}`],
      may: (headers) => headers["private-token"] === API_TOKEN,
      answer: (asked) => this.#answer(asked),
    });
  }

  /** Opens a merge request, or moves its head. */
  open(iid: number, head: string, more: Partial<MergeRequest> = {}): MergeRequest {
    this.repo.git(["update-ref", `refs/merge-requests/${iid}/head`, head]);
    const author = { id: 8, username: "bob" };
    const usual = { iid, target: "main", state: "opened", source: 7, author, approvals: [], versions: [] };
    const request = { ...usual, ...this.requests.get(iid), ...more };
    this.requests.set(iid, request);
    return request;
  }

  headOf(iid: number): string {
    return this.repo.oid(`refs/merge-requests/${iid}/head`);
  }

  note(iid: number, body: string, author: Note["author"] = SELF): Note {
    const known = this.notes.get(iid) ?? [];
    const note = { id: iid * 1000 + known.length + 1, author, body: body.trimEnd() };
    this.notes.set(iid, [...known, note]);
    return note;
  }

  #answer({ method, url, body }: Asked): unknown {
    const { pathname, searchParams } = url;
    if (pathname === "/user") return SELF;
    const user = /^\/users\/(\d+)$/.exec(pathname);
    if (user) return this.users.get(Number(user[1]));
    const events = /^\/projects\/(\d+)\/events$/.exec(pathname);
    const pushes = events && this.events.get(Number(events[1]));
    if (events) return pushes && pageOf(pushes, url);
    const base = `/projects/${encodeURIComponent(PROJECT)}`;
    if (pathname === base) return { id: 7, path_with_namespace: PROJECT, default_branch: "main", ...this.settings };
    const rest = pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : "";
    const match = (wanted: string, pattern: RegExp): RegExpExecArray | null =>
      method === wanted ? pattern.exec(rest) : null;
    if (match("GET", /^\/merge_requests$/)) {
      const target = searchParams.get("target_branch");
      const open = [...this.requests.values()].filter(
        (one) => one.state === "opened" && one.target === (target ?? one.target),
      );
      return pageOf(open, url).map((one) => this.#show(one));
    }
    const landed = match("GET", /^\/repository\/commits\/(\w+)\/merge_requests$/);
    if (landed) return pageOf(this.landed.get(landed[1] ?? "") ?? [], url).map((iid) => ({ iid }));
    const commit = match("GET", /^\/repository\/commits\/(\w+)\/statuses$/) ?? match("POST", /^\/statuses\/(\w+)$/);
    if (commit) return this.#status(method, commit[1] ?? "", body);
    const found = /^\/merge_requests\/(\d+)(\/.*)?$/.exec(rest);
    const request = found && this.requests.get(Number(found[1]));
    if (!found || !request) return undefined;
    const { iid } = request;
    switch (`${method} ${(found[2] ?? "").replace(/\d+$/, "ID")}`) {
      case "GET ":
        return this.#show(request);
      case "GET /approvals":
        return { iid, approvals_required: 0, approved_by: request.approvals };
      case "GET /versions":
        return pageOf(request.versions, url);
      case "GET /notes":
        return pageOf(this.notes.get(iid) ?? [], url);
      case "POST /notes":
        return this.note(iid, body["body"] ?? "");
      case "PUT /notes/ID": {
        const note = this.notes.get(iid)?.find(({ id }) => found[2] === `/notes/${id}`);
        if (note) note.body = (body["body"] ?? "").trimEnd();
        return note;
      }
      default:
        return undefined;
    }
  }

  #status(method: string, commit: string, body: Record<string, string>): unknown {
    const known = this.statuses.get(commit) ?? [];
    if (method === "GET") {
      const latest = new Map(known.map((one) => [one["name"], one]));
      return [...latest.values()];
    }
    const { state = "", name = "", description = "", ref = "" } = body;
    const status = { name, status: state, description, ref };
    this.statuses.set(commit, [...known, status]);
    return status;
  }

  #show({ iid, target, state, source, author }: MergeRequest): object {
    return {
      iid,
      project_id: 7,
      target_project_id: 7,
      source_project_id: source,
      source_branch: "upload",
      target_branch: target,
      state,
      sha: this.headOf(iid),
      author,
    };
  }
}
