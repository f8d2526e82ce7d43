import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import type { Repo } from "./repo.ts";

/** Serves the folder of a bare repository by `git http-backend`, as a web server would run it; gives the address of the folder. */
export async function serveOverHttp(server: Repo): Promise<AsyncDisposable & { readonly url: string }> {
  server.git(["config", "http.receivepack", "true"]);
  const http = createServer((request, response) => runBackend(server, request, response));
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  const close = async (): Promise<void> => {
    http.close();
    http.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close };
}

/**
 * The Common Gateway Interface (RFC 3875): the request in variables and on standard input, the answer with its header on
 * standard output. `address`: what is asked for, where that is not the request's own.
 */
export function runBackend(server: Repo, request: IncomingMessage, response: ServerResponse, address?: string): void {
  const { pathname, search } = new URL(address ?? request.url ?? "/", "http://localhost");
  const { headers } = request;
  const env = {
    ...server.scratch.env,
    GIT_PROJECT_ROOT: dirname(server.dir),
    GIT_HTTP_EXPORT_ALL: "1",
    REMOTE_USER: "bob",
    REQUEST_METHOD: request.method,
    PATH_INFO: pathname,
    QUERY_STRING: search.slice(1),
    CONTENT_TYPE: headers["content-type"],
    CONTENT_LENGTH: headers["content-length"],
    HTTP_CONTENT_ENCODING: headers["content-encoding"],
    GIT_PROTOCOL: headers["git-protocol"]?.toString(),
  };
  const backend = spawn("git", ["http-backend"], { env });
  request.pipe(backend.stdin);
  const chunks: Buffer[] = [];
  backend.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  backend.on("close", () => {
    const answer = Buffer.concat(chunks);
    const end = answer.indexOf("\r\n\r\n");
    for (const line of answer.subarray(0, end).toString().split("\r\n")) {
      const [name = "", value = ""] = line.split(": ");
      if (name === "Status") response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.end(answer.subarray(end + 4));
  });
}
