import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { fingerprint, readPublicKey } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import type { SigningKey } from "./signing-key.ts";

/**
 * The first of a person's keys that the SSH agent has, else that lies in `~/.ssh` with its private half. `texts` are the keys
 * as `TYPE BASE64`, the one that is wanted most first.
 */
export async function findRosterKey(context: GitContext, texts: readonly string[]): Promise<SigningKey | undefined> {
  const places = [await listAgentKeys(context), await listHomeKeys(context)];
  for (const place of places) {
    for (const text of texts) {
      const key = place.get(text);
      if (key) return key;
    }
  }
  return undefined;
}

/** What `ssh-add -L` prints: a line for each key. Without an agent there is none. */
async function listAgentKeys({ cwd, env }: GitContext): Promise<ReadonlyMap<string, SigningKey>> {
  const output = await new Promise<string>((done) => {
    const child = spawn("ssh-add", ["-L"], { cwd, env, stdio: ["ignore", "pipe", "ignore"], windowsHide: true });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    child.on("error", () => done(""));
    child.on("close", () => done(text));
  });
  return readKeys(output.split("\n").map((line) => [line, (print) => ({ kind: "agent", line, fingerprint: print })]));
}

/** The public halves that `ssh-keygen` puts beside the private ones. */
async function listHomeKeys({ env }: GitContext): Promise<ReadonlyMap<string, SigningKey>> {
  const folder = join(env["HOME"] ?? homedir(), ".ssh");
  const names = await readdir(folder).catch((): string[] => []);
  const found: [string, (print: string) => SigningKey][] = [];
  for (const name of names) {
    if (!name.endsWith(".pub") || !names.includes(name.slice(0, -PUB))) continue;
    const line = await readFile(join(folder, name), "utf8").catch(() => "");
    const path = join(folder, name.slice(0, -PUB));
    found.push([line.trim(), (print) => ({ kind: "file", path, fingerprint: print })]);
  }
  return readKeys(found);
}

const PUB = ".pub".length;

function readKeys(
  lines: readonly (readonly [line: string, make: (fingerprint: string) => SigningKey])[],
): ReadonlyMap<string, SigningKey> {
  const keys = new Map<string, SigningKey>();
  for (const [line, make] of lines) {
    const key = readPublicKey(line);
    if (typeof key !== "string" && !keys.has(key.text)) keys.set(key.text, make(fingerprint(key)));
  }
  return keys;
}
