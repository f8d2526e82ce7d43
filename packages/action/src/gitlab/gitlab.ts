import { tmpdir } from "node:os";
import { Api } from "../api/api.ts";
import { GitlabForge } from "./gitlab-forge.ts";

/** A project on GitLab, and by what right it is asked. */
export interface GitlabAccess {
  /** The address of the server. */
  readonly server: string;
  /** The address of the REST API, where it is not below the server's. */
  readonly api?: string | undefined;
  /** The path of the project, with its groups. */
  readonly project: string;
  /** A token of a project, a group or a person. */
  readonly token: string;
  /** A folder for what is of no use afterwards. */
  readonly folder?: string | undefined;
  /** Where people find what the program prints. */
  readonly run?: string | undefined;
}

/** Opens a project on GitLab. */
export function gitlab({ server, project, token, folder = tmpdir(), run, ...access }: GitlabAccess): GitlabForge {
  const api = new Api({ url: access.api ?? `${server}/api/v4`, headers: { "private-token": token } });
  return new GitlabForge(api, project, sourceOf({ server, project, folder }, `oauth2:${token}`), run);
}

/** Where a project is fetched from, by a name and a password. */
export function sourceOf(
  { server, project, folder }: { readonly server: string; readonly project: string; readonly folder: string },
  login: string,
) {
  const header = `Authorization: Basic ${Buffer.from(login).toString("base64")}`;
  return { address: `${server}/${project}.git`, header, folder };
}
