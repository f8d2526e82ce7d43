import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Queue } from "./queue.ts";
import type { Settings } from "./settings.ts";
import { type Refusal, readGithub, readGitlab, type Wish } from "./webhooks.ts";

/** No webhook that matters here is larger. */
const LARGEST = 5 * 1024 * 1024;

/** Serves webhooks and a health check. A webhook is answered at once; what it asks for is done afterwards. */
export function serve(settings: Settings, queues: ReadonlyMap<string, Queue>): Server {
  const server = createServer(async (request, response) => {
    const status = await answer(request, settings, queues).catch(() => 500);
    const waiting = [...queues.values()].reduce((sum, queue) => sum + queue.waiting, 0);
    response.writeHead(status, { "content-type": "application/json", connection: "close" });
    response.end(`${JSON.stringify({ status, waiting })}\n`);
  });
  // Who sends slowly is not waited for.
  server.requestTimeout = 30_000;
  return server;
}

async function answer(
  request: IncomingMessage,
  settings: Settings,
  queues: ReadonlyMap<string, Queue>,
): Promise<number> {
  const route = `${request.method} ${request.url}`;
  if (route === "GET /health") return 200;
  if (route !== "POST /github" && route !== "POST /gitlab") return 404;
  const body = await readBody(request);
  if (body === undefined) return 413;
  const wish: Wish | Refusal =
    route === "POST /github"
      ? await readGithub(request.headers, body, settings)
      : readGitlab(request.headers, body, settings);
  if (typeof wish === "number") return wish;
  const queue = queues.get(wish.repository);
  // Somebody else's repository, with our secret.
  if (!queue) return 404;
  for (const work of wish.work) queue.add(work);
  return 202;
}

/** Undefined where it is too long: the rest is not read. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
