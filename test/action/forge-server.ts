import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { runBackend } from "../rig/repository/git-over-http.ts";
import type { Repo } from "../rig/repository/repo.ts";

/** What is answered in place of the usual: a status, a text and headers. */
export interface OddAnswer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request of an API. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly body: Record<string, string>;
}

/** What a forge of the tests is to its API and its git server. */
export interface ForgeFacts {
  /** The path of the API. */
  readonly api: string;
  /** The path that the repository is fetched from. */
  readonly repository: string;
  /** The names and passwords that may fetch, and the header of who may use the API. */
  readonly logins: readonly string[];
  readonly may: (headers: IncomingMessage["headers"]) => boolean;
  /** Undefined where there is no such thing. */
  readonly answer: (asked: Asked) => unknown;
}

/** A forge for one repository: an API, and git's own server over http. */
export class ForgeServer implements AsyncDisposable {
  readonly repo: Repo;
  /** `METHOD path`, in the order in which they came. */
  readonly asked: string[] = [];
  /** Called before a request of the API is answered; what it gives is the answer. */
  meanwhile: (asked: string) => OddAnswer | undefined = () => undefined;
  /** Called before git is served. */
  fetching: () => void = () => {};
  /** What git is answered in place of the repository; `never`: nothing, and it waits. */
  gitAnswer: (url: string) => OddAnswer | "never" | undefined = () => undefined;
  readonly #facts: ForgeFacts;
  readonly #http = createServer((request, response) => this.#serve(request, response));

  constructor(repo: Repo, facts: ForgeFacts) {
    this.repo = repo;
    this.#facts = facts;
    repo.git(["config", "http.receivepack", "true"]);
    repo.git(["config", "uploadpack.allowFilter", "true"]);
  }

  async listen(): Promise<void> {
    this.#http.listen(0, "127.0.0.1");
    await once(this.#http, "listening");
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#http.close();
    this.#http.closeAllConnections();
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { api, repository, logins } = this.#facts;
    const url = request.url ?? "/";
    if (!url.startsWith(`${api}/`)) {
      const known = logins.map((login) => `Basic ${Buffer.from(login).toString("base64")}`);
      const name = this.repo.dir.slice(this.repo.dir.lastIndexOf("/"));
      const odd = this.gitAnswer(url);
      if (!known.includes(request.headers.authorization ?? "")) response.writeHead(401).end();
      else if (odd === "never") return;
      else if (odd) response.writeHead(odd.status, odd.headers).end(odd.body);
      else {
        this.fetching();
        runBackend(this.repo, request, response, url.replace(repository, name));
      }
      return;
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { status, headers, body } = this.#reply(request, url.slice(api.length), Buffer.concat(chunks).toString());
      response.writeHead(status, headers).end(body);
    });
  }

  #reply({ method = "GET", headers }: IncomingMessage, path: string, sent: string): OddAnswer {
    this.asked.push(`${method} ${path}`);
    const odd = this.meanwhile(`${method} ${path}`);
    if (odd) return odd;
    if (!this.#facts.may(headers)) return { status: 401, body: '{"message":"401 Unauthorized"}' };
    const url = new URL(path, "http://localhost");
    const answer = this.#facts.answer({ method, url, body: sent === "" ? {} : JSON.parse(sent) });
    if (answer === undefined) return { status: 404, body: '{"message":"Not Found"}' };
    return { status: method === "POST" ? 201 : 200, body: JSON.stringify(answer) };
  }
}

/** The page of a list that is asked for. */
export function pageOf<Item>(items: readonly Item[], { searchParams }: URL): readonly Item[] {
  const [size, at] = [Number(searchParams.get("per_page") ?? 30), Number(searchParams.get("page") ?? 1)];
  return items.slice((at - 1) * size, at * size);
}
