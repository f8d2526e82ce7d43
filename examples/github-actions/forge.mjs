// A GitHub for one repository, as small as can be: its git server, and the part of its API that the gate asks.
// node forge.mjs SERVER.git STATE.json: prints its address; what it was sent is kept in STATE.json.
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname } from "node:path";

const [repository, stateFile] = process.argv.slice(2);
const read = () => JSON.parse(readFileSync(stateFile, "utf8"));
const save = (state) => writeFileSync(stateFile, JSON.stringify(state, null, 2));
const head = (number) =>
  execFileSync("git", ["-C", repository, "rev-parse", `refs/pull/${number}/head`], { encoding: "utf8" }).trim();

function answer(method, path, body) {
  const state = read();
  const [, number] = /^\/pulls\/(\d+)$/.exec(path) ?? [];
  if (number) {
    // A squash by the button would lose what stands in messages; here nobody can press it.
    const base = { ref: state.pulls[number], repo: { default_branch: "main", allow_squash_merge: false } };
    const user = { login: "bob-b", id: 7 };
    return { number: Number(number), state: "open", user, base, head: { ref: "topic", sha: head(number) } };
  }
  if (path === "/pulls") return Object.keys(state.pulls).map((one) => ({ number: Number(one) }));
  const [, sha] = /^\/(?:commits|statuses)\/([0-9a-f]+)/.exec(path) ?? [];
  if (sha && method === "GET") return { statuses: Object.values(state.statuses[sha] ?? {}) };
  if (sha) {
    state.statuses[sha] = { ...state.statuses[sha], [body.context]: body };
    save(state);
    return body;
  }
  if (path.endsWith("/comments") && method === "POST") {
    state.comments.push(body.body);
    save(state);
    return body;
  }
  return [];
}

const server = createServer((request, response) => {
  const { pathname, search } = new URL(request.url, "http://localhost");
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const input = Buffer.concat(chunks);
    if (pathname.startsWith("/api/")) {
      const body = input.length > 0 ? JSON.parse(input.toString()) : undefined;
      const path = pathname.replace(/^\/api\/repos\/acme\/payments/, "");
      return response.end(JSON.stringify(answer(request.method, path, body)));
    }
    const backend = spawn("git", ["http-backend"], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: dirname(repository),
        GIT_HTTP_EXPORT_ALL: "1",
        REQUEST_METHOD: request.method,
        PATH_INFO: pathname.replace("/acme/payments", "/server.git"),
        QUERY_STRING: search.slice(1),
        CONTENT_TYPE: request.headers["content-type"],
        CONTENT_LENGTH: String(input.length),
        HTTP_CONTENT_ENCODING: request.headers["content-encoding"],
        GIT_PROTOCOL: request.headers["git-protocol"],
      },
    });
    // It may end before it has read everything.
    backend.stdin.on("error", () => {});
    backend.stdin.end(input);
    const out = [];
    backend.stdout.on("data", (chunk) => out.push(chunk));
    backend.on("close", () => {
      const said = Buffer.concat(out);
      const end = said.indexOf("\r\n\r\n");
      for (const line of said.subarray(0, end).toString().split("\r\n")) {
        const [name, value] = line.split(": ");
        if (name === "Status") response.statusCode = Number.parseInt(value, 10);
        else response.setHeader(name, value);
      }
      response.end(said.subarray(end + 4));
    });
  });
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
