import { setTimeout as sleep } from "node:timers/promises";
import type { GenericSchema, InferOutput } from "valibot";
import { read } from "./answer.ts";
import { failed } from "./failed.ts";

/** Where an API is, and the headers that say who asks, and for what form of answers. */
export interface ApiAccess {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A request that may be repeated if it failed, because it does nothing the second time. */
type Method = "GET" | "POST" | "PATCH" | "PUT";

/** No such thing, or none that the token may see. */
const UNSEEN = [403, 404] as const;
const TRIES = 4;
const ANSWER_MS = 30_000;
/** What a forge asks to wait for longer than this is not waited for. */
const LONGEST_WAIT_MS = 60_000;
const FIRST_WAIT_MS = 500;
/** As many as the forges give at a time. */
const PAGE = 100;
/** More pages than this are not read: 10,000 things. */
const PAGES = 100;

/** The REST API of a forge: bounded in time, asked again where that may help, and every failure one fault. */
export class Api {
  readonly #access: ApiAccess;

  constructor(access: ApiAccess) {
    this.#access = access;
  }

  /** An answer in the form that is needed of it. @throws `FORGE_FAILED` */
  async get<Schema extends GenericSchema>(path: string, schema: Schema): Promise<InferOutput<Schema>> {
    return read(schema, (await this.#ask("GET", path)).json, path);
  }

  /** The same, and undefined if there is no such thing, or the token may not see it. */
  async find<Schema extends GenericSchema>(path: string, schema: Schema): Promise<InferOutput<Schema> | undefined> {
    const { json } = await this.#ask("GET", path, undefined, UNSEEN);
    return json === undefined ? undefined : read(schema, json, path);
  }

  /** All pages of a list of such items. `key`: where it stands in each, if a page is more than the list. */
  async list<Item extends GenericSchema>(
    path: string,
    item: Item,
    key?: string,
  ): Promise<readonly InferOutput<Item>[]> {
    return (await this.#pages(path, item, [], key)) ?? [];
  }

  /** The same, and undefined if there is no such thing, or the token may not see it. */
  findList<Item extends GenericSchema>(path: string, item: Item): Promise<readonly InferOutput<Item>[] | undefined> {
    return this.#pages(path, item, UNSEEN);
  }

  async #pages<Item extends GenericSchema>(
    path: string,
    item: Item,
    also: readonly number[],
    key?: string,
  ): Promise<readonly InferOutput<Item>[] | undefined> {
    const items: InferOutput<Item>[] = [];
    for (let page = 1; page <= PAGES; page += 1) {
      const at = `${path}${path.includes("?") ? "&" : "?"}per_page=${PAGE}&page=${page}`;
      const { json, next } = await this.#ask("GET", at, undefined, also);
      if (json === undefined) return undefined;
      const list = key === undefined ? json : new Map(Object.entries(json ?? {})).get(key);
      if (!Array.isArray(list)) throw failed("GET", path, "it is not a list");
      items.push(...list.map((one) => read(item, one, path)));
      // GitLab leaves out of a page what the token may not see: there a short one need not be the last.
      if (next === null ? list.length < PAGE : next === "") return items;
    }
    throw failed("GET", path, `there are more than ${items.length}`);
  }

  /** `again`: whether it may be sent a second time where it is not known what became of the first. */
  async send(method: Exclude<Method, "GET">, path: string, body: object, { again }: { again: boolean }): Promise<void> {
    await this.#ask(method, path, body, [], again);
  }

  async #ask(
    method: Method,
    path: string,
    body?: object,
    also: readonly number[] = [],
    again = true,
  ): Promise<{ readonly json: unknown; readonly next: string | null }> {
    const most = again ? TRIES : 1;
    let said = "";
    for (let tries = 0; tries < most; tries += 1) {
      const answer = await this.#once(method, path, body);
      if (answer instanceof Error) said = answer.message;
      else {
        const { response, text } = answer;
        const next = response.headers.get("x-next-page");
        if (response.ok) return { json: text === "" && method !== "GET" ? undefined : parse(method, path, text), next };
        if (also.includes(response.status) && !mayPass(response)) return { json: undefined, next };
        said = `${response.status} ${response.statusText}${messageIn(text)}`;
        if (!mayPass(response)) throw failed(method, path, said);
      }
      if (tries + 1 < most) await sleep(waitFor(answer, tries));
    }
    throw failed(method, path, said);
  }

  async #once(
    method: Method,
    path: string,
    body?: object,
  ): Promise<Error | { readonly response: Response; readonly text: string }> {
    try {
      const response = await fetch(`${this.#access.url}${path}`, {
        method,
        headers: {
          ...this.#access.headers,
          "user-agent": "countersign",
          ...(body && { "content-type": "application/json" }),
        },
        ...(body && { body: JSON.stringify(body) }),
        // The token is for this server alone.
        redirect: "error",
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      return { response, text: await response.text() };
    } catch (error) {
      const { message, cause } = error instanceof Error ? error : new Error(String(error));
      return new Error(cause instanceof Error ? `${message}: ${cause.message}` : message);
    }
  }
}

/** Whether the same may be answered otherwise in a while: the server's own failures, and limits on how much is asked. */
function mayPass({ status, headers }: Response): boolean {
  if (status >= 500 || status === 429) return true;
  return status === 403 && (headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0");
}

function waitFor(answer: Error | { readonly response: Response }, tries: number): number {
  const asked = answer instanceof Error ? null : answer.response.headers.get("retry-after");
  const wait = asked !== null && /^\d+$/.test(asked) ? Number(asked) * 1000 : FIRST_WAIT_MS * 2 ** tries;
  return Math.min(wait, LONGEST_WAIT_MS);
}

function parse(method: Method, path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw failed(method, path, "its answer is not JSON");
  }
}

function messageIn(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === "string" ? ` (${message})` : "";
  } catch {
    return "";
  }
}
