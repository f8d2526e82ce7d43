import type { Repo } from "../rig/repository/repo.ts";
import { type Asked, ForgeServer, pageOf } from "./forge-server.ts";
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

/** A GitHub for one repository: the part of its REST API that the gate uses, in recorded shapes, and its git server. */
export class GithubServer extends ForgeServer {
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
  /** What was done to branches, newest first; absent, the one who opened a pull request pushed its head. */
  activity: readonly object[] | undefined;

  constructor(repo: Repo) {
    super(repo, {
      api: "/api/v3",
      repository: `/${REPOSITORY}`,
      logins: [`x-access-token:${TOKEN}`],
      may: ({ authorization }) => authorization === `Bearer ${TOKEN}`,
      answer: (asked) => this.#answer(asked),
    });
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

  #answer({ method, url, body }: Asked): unknown {
    const { pathname, searchParams } = url;
    const page = <Item>(items: readonly Item[]): readonly Item[] => pageOf(items, url);
    // Of whichever repository the branch is in.
    if (/^\/repos\/[^/]+\/[^/]+\/activity$/.test(pathname)) return this.activity ?? this.#pushes();
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
    found = match("GET", /^\/issues\/(\d+)\/events$/);
    if (found) return page(this.events.get(Number(found[1])) ?? []);
    if (match("GET", /^\/rules\/branches\/(.+)$/)) return page(this.rules);
    found = match("GET", /^\/commits\/([0-9a-f]+)\/pulls$/);
    if (found) {
      const [, commit = ""] = found;
      const open = [...this.pulls.values()].filter(
        ({ state, number }) => state === "open" && this.headOf(number) === commit,
      );
      return page(
        [...(this.landed.get(commit) ?? []), ...open.map(({ number }) => number)].map((number) => ({ number })),
      );
    }
    found = match("GET", /^\/commits\/([0-9a-f]+)\/status$/);
    if (found) {
      const statuses = this.statuses.get(found[1] ?? "") ?? [];
      return { total_count: statuses.length, statuses: page(statuses) };
    }
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

  #pushes(): readonly object[] {
    return [...this.pulls.values()].map((pull) => {
      const { user, head } = examplePull({ ...pull, head: this.headOf(pull.number) });
      return {
        ref: `refs/heads/${head.ref}`,
        before: "0".repeat(40),
        after: head.sha,
        activity_type: "push",
        actor: user,
      };
    });
  }

  #showPull(pull: Pull): object {
    return examplePull({ ...pull, head: this.headOf(pull.number), settings: this.settings });
  }
}
