import { tmpdir } from "node:os";
import { Api } from "../api/api.ts";
import { GithubForge } from "./github-forge.ts";

/** A repository on GitHub, and by what right it is asked. */
export interface GithubAccess {
  /** The address of the REST API. */
  readonly api: string;
  /** The address that repositories are fetched from. */
  readonly server: string;
  /** Owner and name. */
  readonly repository: string;
  readonly token: string;
  /** A folder for what is of no use afterwards. */
  readonly folder?: string | undefined;
  /** Where people find what the program prints. */
  readonly run?: string | undefined;
}

/** Opens a repository on GitHub. */
export function github({ api, server, repository, token, folder = tmpdir(), run }: GithubAccess): GithubForge {
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  const headers = {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${token}`,
    "x-github-api-version": "2022-11-28",
  };
  const source = { address: `${server}/${repository}`, header: `Authorization: Basic ${basic}`, folder };
  return new GithubForge(new Api({ url: api, headers }), repository, source, run);
}
