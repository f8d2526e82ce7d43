import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { makeSshKey, readSshKey, type SshKey } from "../rig/keys/ssh-keys.ts";
import { Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { fillFromTemplate } from "../rig/repository/template.ts";
import { CLAUDE, type ObjectFormat, openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

/** A push world whose policy wants signatures, with the keys of its seniors, and Ada's view of the engineer's clone. */
export interface CosignWorld extends PushWorld {
  /** The engineer's clone, used by Ada: her name, her key. */
  readonly ada: Repo;
  readonly key: SshKey;
}

export interface CosignWorldOptions {
  readonly format?: ObjectFormat;
  /** Lines of the policy in the place of `cosign:` and what follows. */
  readonly rules?: string;
  /** Arguments of ssh-keygen. */
  readonly key?: readonly string[];
  readonly passphrase?: string;
}

export const ADA = "Ada Lovelace <ada@acme.example>";

export function openCosignWorld({
  format = "sha1",
  rules = "",
  key = ["-t", "ed25519"],
}: CosignWorldOptions = {}): CosignWorld {
  const keys = openScratch();
  // The same for every world, so that the policy and with it the world is the same too.
  fillFromTemplate(keys.dir, ["ada's key", key], (folder, { env }) => {
    makeSshKey({ dir: folder, env }, "ada-key", key);
  });
  const ada = readSshKey(keys, "ada-key");
  const world = openPushWorld({ format, policy: policyWith(ada.line, rules) });
  const repo = new Repo(world.scratch, world.dev.dir, ADA);
  repo.git(["config", "user.signingKey", ada.path]);
  return {
    ...world,
    ada: repo,
    key: ada,
    [Symbol.dispose]: () => {
      world[Symbol.dispose]();
      keys[Symbol.dispose]();
    },
  };
}

export function policyWith(line: string, rules = ""): string {
  return `version: 1
project: acme/payments
people:
  - name: Ada Lovelace
    emails: [ada@acme.example, ada@home.example]
    level: senior
    keys: ["${line}"]
  - name: Bob Builder
    emails: [bob@acme.example]
    level: mid
  - name: Grace Hopper
    emails: [grace@acme.example]
    level: principal
protect:
  - branches: [main]
${rules}`;
}

/** An assisted commit by the engineer. */
export function assist(world: PushWorld, subject = "Retry uploads", body = CLAUDE): string {
  return world.dev.commit(`${subject}\n\n${body}\n`);
}

/** What must not change when a co-sign was refused or stopped. */
export function stateOf(repo: Repo): string {
  return [
    repo.git(["for-each-ref"]),
    repo.git(["status", "--porcelain"]),
    repo.git(["reflog"]),
    readFileSync(`${repo.dir}/.git/HEAD`, "utf8"),
  ].join("\n");
}

export function messageOf(repo: Repo, revision: string): string {
  return repo.git(["cat-file", "commit", revision]).replace(/^[\s\S]*?\n\n/, "");
}

/** Wherever the lines of the screen end. */
export function expectScreen(screen: string, ...phrases: readonly string[]): void {
  const unfolded = screen.replace(/\n */g, " ");
  for (const phrase of phrases) expect(screen.includes(phrase) ? screen : unfolded).toContain(phrase);
}
