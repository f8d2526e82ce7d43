import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { runBackend } from "../rig/git-over-http.ts";
import type { Repo } from "../rig/repo.ts";
import { examplePull } from "./payloads.ts";

export const REPOSITORY = "acme/payments";
export const TOKEN = "ghs_sixteenLettersAndMore";

/** A pull request as the server of a test knows it. Its head is the ref `refs/pull/N/head`. */
export interface Pull {
  readonly number: number;
  base: string;
  state: "open" | "closed";
  title: string;
}

export interface StoredStatus {
  readonly state: string;
  readonly context: string;
  readonly description: string;
}

export interface StoredComment {
  readonly id: number;
  readonly user: { readonly login: string; readonly type: string } | null;
  body: string;
}

/** What is answered in place of the usual: a status, a text and headers. */
export interface OddAnswer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A GitHub for one repository: the part of its REST API that the gate uses, in recorded shapes, and its git server. */
export class GithubServer implements AsyncDisposable {
  readonly repo: Repo;
  readonly pulls = new Map<number, Pull>();
  readonly statuses = new Map<string, StoredStatus[]>();
  readonly comments = new Map<number, StoredComment[]>();
  /** In the shapes of the API, by number of a pull request. */
  readonly reviews = new Map<number, object[]>();
  readonly events = new Map<number, object[]>();
  /** The pull requests that commits came by. */
  readonly landed = new Map<string, number[]>();
  readonly dispatched: unknown[] = [];
  readonly settings: Record<string, boolean> = {};
  rules: readonly object[] = [];
  /** What was done to the branch of the pull request that is asked for, newest first. */
  activity: readonly object[] = [];
  /** `METHOD path`, in the order in which they came. */
  readonly asked: string[] = [];
  /** Called before a request of the API is answered; what it gives is the answer. */
  meanwhile: (asked: string) => OddAnswer | undefined = () => undefined;
  /** Called before git is served. */
  fetching: () => void = () => {};
  /** What git is answered in place of the repository. */
  gitAnswer: (url: string) => OddAnswer | undefined = () => undefined;
  readonly #http = createServer((request, response) => this.#serve(request, response));

  constructor(repo: Repo) {
    this.repo = repo;
    repo.git(["config", "http.receivepack", "true"]);
  }

  async listen(): Promise<void> {
    this.#http.listen(0, "127.0.0.1");
    await once(this.#http, "listening");
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** The variables that a runner sets for where the forge is. */
  get variables(): NodeJS.ProcessEnv {
    return { GITHUB_SERVER_URL: this.url, GITHUB_API_URL: `${this.url}/api/v3`, GITHUB_REPOSITORY: REPOSITORY };
  }

  headOf(number: number): string {
    return this.repo.oid(`refs/pull/${number}/head`);
  }

  /** Opens a pull request, or moves its head. */
  open(number: number, head: string, base = "main"): Pull {
    this.repo.git(["update-ref", `refs/pull/${number}/head`, head]);
    const pull = this.pulls.get(number) ?? { number, base, state: "open", title: "Retry uploads" };
    this.pulls.set(number, pull);
    return pull;
  }

  /** The latest state of each context of a commit. */
  verdictOn(commit: string): Readonly<Record<string, string>> {
    return Object.fromEntries((this.statuses.get(commit) ?? []).map(({ context, state }) => [context, state]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#http.close();
    this.#http.closeAllConnections();
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? "/";
    if (!url.startsWith("/api/v3/")) {
      const basic = Buffer.from(`x-access-token:${TOKEN}`).toString("base64");
      const name = this.repo.dir.slice(this.repo.dir.lastIndexOf("/"));
      const odd = this.gitAnswer(url);
      if (request.headers.authorization !== `Basic ${basic}`) response.writeHead(401).end();
      else if (odd) response.writeHead(odd.status, odd.headers).end(odd.body);
      else {
        this.fetching();
        runBackend(this.repo, request, response, url.replace(`/${REPOSITORY}`, name));
      }
      return;
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { status, headers, body } = this.#reply(
        request,
        url.slice("/api/v3".length),
        Buffer.concat(chunks).toString(),
      );
      response.writeHead(status, headers).end(body);
    });
  }

  #reply({ method = "GET", headers }: IncomingMessage, path: string, sent: string): OddAnswer {
    this.asked.push(`${method} ${path}`);
    const odd = this.meanwhile(`${method} ${path}`);
    if (odd) return odd;
    if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: "{}" };
    const answer = this.#answer(method, new URL(path, "http://localhost"), sent === "" ? undefined : JSON.parse(sent));
    if (answer === undefined) return { status: 404, body: '{"message":"Not Found"}' };
    return { status: method === "POST" ? 201 : 200, body: JSON.stringify(answer) };
  }

  #answer(method: string, { pathname, searchParams }: URL, body: Record<string, string> = {}): unknown {
    const page = <Item>(items: readonly Item[]): readonly Item[] => {
      const [size, at] = [Number(searchParams.get("per_page") ?? 30), Number(searchParams.get("page") ?? 1)];
      return items.slice((at - 1) * size, at * size);
    };
    const base = `/repos/${REPOSITORY}`;
    const rest = pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : "";
    const match = (wanted: string, pattern: RegExp): RegExpExecArray | null =>
      method === wanted ? pattern.exec(rest) : null;
    let found = match("GET", /^\/pulls\/(\d+)$/);
    if (found) {
      const pull = this.pulls.get(Number(found[1]));
      return pull && this.#showPull(pull);
    }
    if (match("GET", /^\/pulls$/)) {
      const wanted = searchParams.get("base");
      const open = [...this.pulls.values()].filter(({ state, base }) => state === "open" && base === (wanted ?? base));
      return page(open).map((pull) => this.#showPull(pull));
    }
    found = match("GET", /^\/pulls\/(\d+)\/reviews$/);
    if (found) return page(this.reviews.get(Number(found[1])) ?? []);
    if (match("GET", /^\/activity$/)) return this.activity;
    found = match("GET", /^\/issues\/(\d+)\/events$/);
    if (found) return page(this.events.get(Number(found[1])) ?? []);
    if (match("GET", /^\/rules\/branches\/(.+)$/)) return this.rules;
    found = match("GET", /^\/commits\/([0-9a-f]+)\/pulls$/);
    if (found) return page((this.landed.get(found[1] ?? "") ?? []).map((number) => ({ number })));
    found = match("GET", /^\/commits\/([0-9a-f]+)\/status$/);
    if (found) return { statuses: this.statuses.get(found[1] ?? "") ?? [] };
    found = match("POST", /^\/statuses\/([0-9a-f]+)$/);
    if (found) {
      const { state = "", context = "", description = "" } = body;
      // GitHub's own limit.
      if (description.length > 140) throw new Error("the description is too long");
      // GitHub tells the names of statuses apart without regard to case.
      const others = (this.statuses.get(found[1] ?? "") ?? []).filter(
        (known) => known.context.toLowerCase() !== context.toLowerCase(),
      );
      this.statuses.set(found[1] ?? "", [...others, { state, context, description }]);
      return {};
    }
    found = match("GET", /^\/issues\/(\d+)\/comments$/);
    if (found) return page(this.comments.get(Number(found[1])) ?? []);
    found = match("POST", /^\/issues\/(\d+)\/comments$/);
    if (found) return this.comment(Number(found[1]), body["body"] ?? "", "github-actions[bot]");
    found = match("PATCH", /^\/issues\/comments\/(\d+)$/);
    if (found) {
      const id = Number(found[1]);
      const comment = [...this.comments.values()].flat().find((one) => one.id === id);
      if (comment) comment.body = body["body"] ?? "";
      return comment;
    }
    if (match("POST", /^\/actions\/workflows\/countersign\.yml\/dispatches$/)) {
      this.dispatched.push(body);
      return {};
    }
    return undefined;
  }

  comment(number: number, body: string, login: string): StoredComment {
    const known = this.comments.get(number) ?? [];
    const user = { login, type: login.endsWith("[bot]") ? "Bot" : "User" };
    const comment = { id: number * 1000 + known.length + 1, user, body };
    this.comments.set(number, [...known, comment]);
    return comment;
  }

  #showPull(pull: Pull): object {
    return examplePull({ ...pull, head: this.headOf(pull.number), settings: this.settings });
  }
}
