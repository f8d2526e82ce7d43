import { spawn } from "node:child_process";
import { basename, isAbsolute, resolve } from "node:path";
import { CountersignError, fingerprint, readPublicKey } from "@countersign/core";
import { readValue } from "../config.ts";
import type { GitContext } from "../process/context.ts";
import { splitCommand } from "./split-command.ts";
import { runSshKeygen } from "./ssh-keygen.ts";

/** The key that a person signs with. */
export type SigningKey = {
  /** As `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
} & (
  | { readonly kind: "file"; readonly path: string }
  /** A public key whose private half the SSH agent has. */
  | { readonly kind: "agent"; readonly line: string }
);

/** Settings that name a key, ours first: who signs with GPG for git can have another one for co-signs. */
const SETTINGS = ["countersign.signingKey", "user.signingKey"] as const;

/** Chooses the key that is set: what is named, `countersign.signingKey`, and then as git does. */
export async function findSigningKey(context: GitContext, named: string | undefined): Promise<SigningKey | undefined> {
  if (named !== undefined) return readKey(context, named, resolve(context.cwd, named));
  const configured = await findConfiguredKey(context);
  if (configured !== undefined) {
    if (!isLiteral(configured) && !isAbsolute(configured)) {
      // git looks for it from the work tree's root, and what lies there others may have put there.
      const reason = "it is a relative path, which leads into the work tree; an absolute one is needed";
      throw new CountersignError("KEY_UNREADABLE", { key: basename(configured), reason });
    }
    return readKey(context, configured, configured);
  }
  const command = await readValue(context, "gpg.ssh.defaultKeyCommand");
  if (command === undefined) return undefined;
  const key = await runKeyCommand(context, command);
  return readKey(context, key, key);
}

/** The line or the path by which git's configuration names the SSH key to sign with. */
export async function findConfiguredKey(context: GitContext): Promise<string | undefined> {
  const [own, gits] = SETTINGS;
  const value = await readValue(context, own, "path");
  if (value !== undefined) return value;
  const shared = await readValue(context, gits, "path");
  return shared !== undefined && (await isForSsh(context, shared)) ? shared : undefined;
}

/** The program that signs: `gpg.ssh.program`, or `ssh-keygen`. */
export async function findSigningProgram(context: GitContext): Promise<string> {
  return (await readValue(context, "gpg.ssh.program", "path")) ?? SSH_KEYGEN;
}

export const SSH_KEYGEN = "ssh-keygen";

/** The same setting holds the id of a GPG key where git signs with GPG, which it does by default. */
async function isForSsh(context: GitContext, value: string): Promise<boolean> {
  if (isLiteral(value) || isAbsolute(value)) return true;
  return (await readValue(context, "gpg.format")) === "ssh";
}

function isLiteral(value: string): boolean {
  return value.startsWith("key::") || value.startsWith("ssh-");
}

async function readKey(context: GitContext, key: string, path: string): Promise<SigningKey> {
  if (isLiteral(key)) {
    const line = key.replace(/^key::/, "").trim();
    const read = readPublicKey(line);
    if (typeof read === "string") throw new CountersignError("KEY_UNREADABLE", { key, reason: `it ${read}` });
    return { kind: "agent", line, fingerprint: fingerprint(read) };
  }
  const args = ["-l", "-E", "sha256", "-f", path];
  const { ok, output } = await runSshKeygen({ program: SSH_KEYGEN, ...context }, args, { terminal: false });
  const print = /^\d+ (SHA256:[A-Za-z0-9+/]{43}) /m.exec(output)?.[1];
  if (!ok || print === undefined) {
    // Where someone keeps their keys is nothing for a log; the file's name says enough to people who know them.
    const name = basename(path);
    const reason = output.trim().split("\n")[0]?.replace(`${path}: `, "").replaceAll(path, name) ?? "";
    throw new CountersignError("KEY_UNREADABLE", { key: name, reason: reason || "ssh-keygen cannot read it" });
  }
  return { kind: "file", path, fingerprint: print };
}

/** The first line of what the command prints must be a literal key, as it must for git. */
async function runKeyCommand(context: GitContext, command: string): Promise<string> {
  const fail = (reason: string): never => {
    throw new CountersignError("KEY_UNREADABLE", { key: `of gpg.ssh.defaultKeyCommand`, reason });
  };
  const [program, ...args] = splitCommand(command) ?? [];
  if (program === undefined) return fail("the command has an open quote");
  const output = await new Promise<string>((done) => {
    const child = spawn(program, args, { ...context, stdio: ["ignore", "pipe", "inherit"], windowsHide: true });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    child.on("error", () => done(""));
    child.on("close", (status) => done(status === 0 ? text : ""));
  });
  const first = output.split("\n")[0] ?? "";
  return isLiteral(first) ? first : fail("the command printed none");
}
