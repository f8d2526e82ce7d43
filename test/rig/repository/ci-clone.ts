import type { PushWorld } from "../worlds/push-world.ts";
import { initRepo, type Repo } from "./repo.ts";

/** A clone as a CI job makes it: all branches and tags of the server by their full names, and a commit checked out by its id. */
export function cloneForCi({ scratch, server }: PushWorld, head: string, name = "ci"): Repo {
  const repo = initRepo(scratch, name);
  repo.git(["remote", "add", "origin", server.dir]);
  repo.git(["fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"]);
  repo.git(["checkout", "-q", "--detach", head]);
  return repo;
}
