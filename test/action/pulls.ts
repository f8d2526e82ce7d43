import { CLAUDE, COSIGN } from "../rig/worlds/push-world.ts";
import type { GateWorld } from "./gate-world.ts";

/** A policy under which typed co-signs do, for tests that are not about proofs. */
export const TYPED = "cosign: { proof: declared }\n";

export const ASSISTED = `Retry uploads\n\n${CLAUDE}\n`;
export const COSIGNED = `Retry uploads\n\n${CLAUDE}\n${COSIGN}\n`;
export const BY_HAND = "Retry uploads\n";

export interface PullOptions {
  readonly base?: string;
  readonly files?: Readonly<Record<string, string | Buffer | null>>;
  /** Where its commits begin; absent, where main was last seen. */
  readonly from?: string;
}

/** Opens a pull request with a commit for each message, on no branch of the server: as from a fork. Gives its head. */
export function openPull(
  { dev, github }: GateWorld,
  number: number,
  messages: readonly string[],
  { base = "main", files, from = "origin/main" }: PullOptions = {},
): string {
  dev.git(["switch", "-q", "--detach", from]);
  for (const message of messages) dev.commit(message, files ? { files } : {});
  return proposeHead({ dev, github }, number, base);
}

/** Makes what is checked out the head of a pull request. */
export function proposeHead({ dev, github }: Pick<GateWorld, "dev" | "github">, number: number, base = "main"): string {
  const head = dev.oid("HEAD");
  dev.git(["push", "-q", "--no-verify", "--force", "origin", `HEAD:refs/pull/${number}/head`]);
  github.open(number, head, base);
  return head;
}

/** Says in the policy in force which account is the senior's, `more` below it. */
export function nameAccount({ dev, server }: GateWorld, more = ""): void {
  const policy = server.git(["show", "refs/heads/main:countersign.config.yaml"]);
  const named = policy.replace("emails: [ada@acme.example", "github: ada-l\n    emails: [ada@acme.example");
  dev.commit("Name accounts\n", { files: { "countersign.config.yaml": `${named}\n${more}` } });
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
  dev.git(["fetch", "-q", "origin"]);
}

export const CONTEXT = "countersign (main)";
