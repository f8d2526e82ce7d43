import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname } from "node:path";
import type { Repo } from "./repo.ts";

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
