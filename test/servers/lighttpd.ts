import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Repo } from "../rig/repository/repo.ts";
import { startDaemon } from "./daemon.ts";

export interface HttpServer extends AsyncDisposable {
  /** The folder of the repository, without and with the namespace `team/a`. */
  readonly url: string;
  readonly namespaced: string;
}

/** Starts lighttpd on this machine, which has `git http-backend` serve the folder that a bare repository lies in. */
export async function startLighttpd(served: Repo): Promise<HttpServer> {
  const { dir, scratch } = served;
  const backend = join(served.git(["--exec-path"]), "git-http-backend");
  const file = join(scratch.dir, "lighttpd.conf");
  const uploads = join(scratch.dir, "uploads");
  mkdirSync(uploads);
  const root = dirname(dir);
  const env = { ...scratch.env, GIT_PROJECT_ROOT: root, GIT_HTTP_EXPORT_ALL: "1", REMOTE_USER: "bob" };
  const variables = Object.entries(env).map(([name, value]) => `"${name}" => "${value}"`);
  const configFor = (port: number): string => `server.document-root = "${root}"
server.bind = "127.0.0.1"
server.port = ${port}
server.upload-dirs = ( "${uploads}" )
server.modules = ( "mod_alias", "mod_setenv", "mod_cgi" )
alias.url = ( "/git/" => "${backend}/", "/team-a/" => "${backend}/" )
cgi.assign = ( "" => "" )
setenv.set-environment = ( ${variables.join(", ")} )
$HTTP["url"] =~ "^/team-a/" {
  setenv.set-environment += ( "GIT_NAMESPACE" => "team/a" )
}
`;
  const server = await startDaemon("/usr/sbin/lighttpd", {
    argsFor: (port) => {
      writeFileSync(file, configFor(port));
      return ["-D", "-f", file];
    },
    env: scratch.env,
    ready: "server started",
  });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url: `${url}/git`,
    namespaced: `${url}/team-a`,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
