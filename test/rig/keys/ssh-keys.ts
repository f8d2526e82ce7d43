import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../process/run.ts";
import type { Scratch } from "../repository/scratch.ts";

/** A key without passphrase that ssh-keygen made. */
export interface SshKey {
  readonly path: string;
  /** The line of its `.pub` file. */
  readonly line: string;
}

type Place = Pick<Scratch, "dir" | "env">;

export function makeSshKey(scratch: Place, name: string, args: readonly string[]): SshKey {
  sshKeygen(scratch, ["-q", "-N", "", "-C", "", "-f", join(scratch.dir, name), ...args]);
  return readSshKey(scratch, name);
}

export function readSshKey({ dir }: Place, name: string): SshKey {
  const path = join(dir, name);
  return { path, line: readFileSync(`${path}.pub`, "utf8").trim() };
}

export function sshKeygen(scratch: Place, args: readonly string[], input: string | Buffer = ""): string {
  const { status, stdout, stderr } = run("ssh-keygen", args, { cwd: scratch.dir, env: scratch.env, input });
  if (status !== 0) throw new Error(`ssh-keygen ${args.join(" ")} ended with ${status}: ${stderr}`);
  return stdout;
}

/** A signature by `ssh-keygen -Y sign`, without its armor. */
export function signWithSshKeygen(
  scratch: Scratch,
  path: string,
  { namespace, message, hash = "sha512" }: { namespace: string; message: Buffer; hash?: "sha256" | "sha512" },
): Buffer {
  const args = ["-Y", "sign", "-f", path, "-n", namespace, "-O", `hashalg=${hash}`];
  const armored = sshKeygen(scratch, args, message);
  return Buffer.from(armored.replace(/^-----.*$/gm, ""), "base64");
}

/** A signature as `ssh-keygen` writes it into a file. */
export function armor(blob: Uint8Array): string {
  const lines =
    Buffer.from(blob)
      .toString("base64")
      .match(/.{1,70}/g) ?? [];
  return ["-----BEGIN SSH SIGNATURE-----", ...lines, "-----END SSH SIGNATURE-----", ""].join("\n");
}

export interface Question {
  /** The line of the key that must have signed. */
  readonly line: string;
  /** Options of that key in the file of allowed signers. */
  readonly options?: string;
  readonly namespace: string;
  readonly message: Buffer;
  /** The whole file. */
  readonly armored: string;
}

/** The verdict of `ssh-keygen -Y verify`. */
export function sshKeygenAccepts(scratch: Scratch, question: Question): boolean {
  const { line, options = "", namespace, message, armored } = question;
  const signers = join(scratch.dir, "allowed-signers");
  const file = join(scratch.dir, "signature");
  writeFileSync(signers, `signer ${options} ${line}\n`);
  writeFileSync(file, armored);
  const args = ["-Y", "verify", "-f", signers, "-I", "signer", "-n", namespace, "-s", file];
  return run("ssh-keygen", args, { cwd: scratch.dir, env: scratch.env, input: message }).status === 0;
}
