import { readdirSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { CountersignError, readPublicKey } from "@countersign/core";
import { asciiLowerCase } from "@countersign/core/internal";
import { findConfiguredKey, readSetting } from "@countersign/git/internal";
import type { Surroundings } from "../surroundings.ts";

/** Far longer than any key; what is not a key may be anything. */
const LIMIT = 64 * 1024;

/** A key as --key takes it: the line itself or a file that holds it. @throws `KEY_UNREADABLE`. */
export function readNamedKey(cwd: string, named: string): string {
  const line = /^(?:ssh-|ecdsa-|sk-)\S+ /.test(named) ? named : readKeyFile(resolve(cwd, named));
  if (line === undefined) throw new CountersignError("KEY_UNREADABLE", { key: named, reason: "there is no such file" });
  const key = readPublicKey(line);
  if (typeof key === "string") throw new CountersignError("KEY_UNREADABLE", { key: named, reason: `it ${key}` });
  return line;
}

/** The key of the person at this machine: the one that git signs with, or else the first good one of `~/.ssh`. */
export async function findOwnKeys({
  repository,
  env,
}: Pick<Surroundings, "repository" | "env">): Promise<readonly string[]> {
  const configured = await findConfiguredKey(repository.context);
  if (configured !== undefined) {
    const line = /^(?:key::|ssh-)/.test(configured)
      ? configured.replace(/^key::/, "")
      : readKeyFile(`${configured.replace(/\.pub$/, "")}.pub`);
    if (line !== undefined && isKey(line)) return [line];
  }
  const folder = join(env["HOME"] ?? homedir(), ".ssh");
  const first = listPublicKeys(folder)
    .map((name) => readKeyFile(join(folder, name)))
    .find((line) => line !== undefined && isKey(line));
  return first === undefined ? [] : [first];
}

/** The keys that git's own file of allowed signers has for these addresses. Patterns are not addresses and are left out. */
export async function findAllowedKeys(
  { repository, root }: Surroundings,
  emails: readonly string[],
): Promise<readonly string[]> {
  const setting = await readSetting(repository.context, "gpg.ssh.allowedSignersFile", "path");
  const text = setting && readText(resolve(root, setting.value));
  if (text === undefined) return [];
  const asked = new Set(emails.map(asciiLowerCase));
  const keys: string[] = [];
  for (const line of text.split("\n")) {
    const [, principals, rest] = /^("[^"]*"|\S+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (principals === undefined || rest === undefined || principals.startsWith("#")) continue;
    const addresses = principals.replaceAll('"', "").split(",").map(asciiLowerCase);
    // The key stands behind the options, and its comment behind it.
    const key = /(?:^|\s)((?:ssh-|ecdsa-|sk-)\S+ [A-Za-z0-9+/=]+)(?:\s|$)/.exec(rest)?.[1];
    const usable = !/(?:^|[\s,])cert-authority(?:[\s,]|$)/i.test(rest);
    if (usable && key !== undefined && isKey(key) && addresses.some((address) => asked.has(address))) keys.push(key);
  }
  return [...new Set(keys)];
}

/** Security keys first, as they prove most; then the order in which ssh tries them. */
function listPublicKeys(folder: string): readonly string[] {
  const order = ["id_ed25519_sk.pub", "id_ecdsa_sk.pub", "id_ed25519.pub", "id_ecdsa.pub", "id_rsa.pub"];
  try {
    const others = readdirSync(folder).filter((name) => name.endsWith(".pub") && !order.includes(name));
    return [...order, ...others.sort()];
  } catch {
    return [];
  }
}

function readKeyFile(path: string): string | undefined {
  return readText(path)?.trim();
}

function readText(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > LIMIT) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function isKey(line: string): boolean {
  return typeof readPublicKey(line) !== "string";
}
