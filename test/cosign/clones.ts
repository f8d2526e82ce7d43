import type { SshKey } from "../rig/keys/ssh-keys.ts";
import { Repo } from "../rig/repository/repo.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import type { CosignWorld } from "./cosign-world.ts";

export const LEDGER = "refs/heads/countersign/ledger";
/** A line of the policy. */
export const NAMED = "ledger: countersign/ledger\n";

/** The clone of somebody who never saw the engineer's branch, with a key. */
export function cloneFor(world: CosignWorld, name: string, person: string, key: SshKey): Repo {
  const dir = `${world.scratch.dir}/${name}`;
  world.dev.git(["clone", "-q", world.server.dir, dir]);
  const repo = new Repo(world.scratch, dir, person);
  repo.git(["config", "user.signingKey", key.path]);
  return repo;
}

/** The engineer's branch of three commits, one of them by hand, pushed. */
export function pushUpload(world: CosignWorld): string {
  world.dev.git(["switch", "-q", "-c", "upload"]);
  world.dev.commit(`Retry uploads\n\n${CLAUDE}\n`, { files: { "retry.txt": "1\n2\n3\n" } });
  world.dev.commit("Say so\n", { files: { "README.md": "hello\nIt retries.\n" } });
  world.dev.commit(`Wait longer\n\n${CLAUDE}\n`, { files: { "retry.txt": "1\n2\n4\n" } });
  world.dev.git(["push", "-q", "--no-verify", "origin", "upload"]);
  return world.dev.oid("HEAD");
}
