import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CountersignError, NAMESPACE } from "@countersign/core";
import { decodeBase64 } from "@countersign/core/internal";
import type { GitContext } from "../process/context.ts";
import { withPrivateFolder } from "./private-folder.ts";
import { findSigningProgram, type SigningKey, SSH_KEYGEN } from "./signing-key.ts";
import { runSshKeygen } from "./ssh-keygen.ts";

/** Signatures in the order of the payloads, without their armor, and the program that made them. */
export interface MadeSignatures {
  readonly program: string;
  readonly signatures: readonly Uint8Array[];
}

export interface SigningOptions {
  /** Of the signatures; without one that of co-signs. */
  readonly namespace?: string;
  /** Ends the signing program: a person gave up. */
  readonly signal?: AbortSignal;
  /** Called where a Ctrl-C ended the signing program: it may reach us later than the program's end does. */
  readonly onInterrupt?: () => void;
}

/** More names than this in one command line, and Windows would refuse it. */
const AT_ONCE = 500;

/**
 * Signs each payload with `ssh-keygen -Y sign`. ssh-keygen takes many files at once, so that
 * a passphrase is asked for once; another program is given one at a time, as git does.
 * @throws `SIGNING_FAILED`.
 */
export async function signPayloads(
  context: GitContext,
  key: SigningKey,
  payloads: readonly Uint8Array[],
  { namespace = NAMESPACE, signal, onInterrupt }: SigningOptions = {},
): Promise<MadeSignatures> {
  const program = await findSigningProgram(context);
  const atOnce = program === SSH_KEYGEN ? AT_ONCE : 1;
  return withPrivateFolder(async (folder) => {
    const keygen = { program, cwd: folder, env: context.env, ...(signal ? { signal } : {}) };
    const keyFile = key.kind === "file" ? key.path : await writeKey(folder, key.line);
    const files = payloads.map((_, index) => join(folder, `${index + 1}`));
    await Promise.all(files.map((file, index) => writeFile(file, payloads[index] as Uint8Array, { mode: 0o600 })));
    const args = ["-Y", "sign", "-n", namespace, "-f", keyFile, ...(key.kind === "agent" ? ["-U"] : [])];
    for (let from = 0; from < files.length; from += atOnce) {
      const quiet = program === SSH_KEYGEN ? ["-q"] : [];
      const run = await runSshKeygen(keygen, [...quiet, ...args, ...files.slice(from, from + atOnce)], {
        terminal: true,
      });
      if (run.interrupted) onInterrupt?.();
      if (!run.ok) throw new CountersignError("SIGNING_FAILED", { program, end: run.end });
    }
    const signatures: Uint8Array[] = [];
    for (const file of files) signatures.push(await readSignature(program, `${file}.sig`));
    return { program, signatures };
  });
}

/** What was signed, each with its signature. */
export function withSignatures<Item>(
  items: readonly Item[],
  signatures: readonly Uint8Array[],
): readonly (Item & { readonly signature: Uint8Array })[] {
  return items.flatMap((item, index) => {
    const signature = signatures[index];
    return signature ? [{ ...item, signature }] : [];
  });
}

async function writeKey(folder: string, line: string): Promise<string> {
  const file = join(folder, "key.pub");
  await writeFile(file, `${line}\n`, { mode: 0o600 });
  return file;
}

const ARMOR = /^-----BEGIN SSH SIGNATURE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END SSH SIGNATURE-----\s*$/;

async function readSignature(program: string, file: string): Promise<Uint8Array> {
  const text = await readFile(file, "latin1").catch(() => {
    throw new CountersignError("SIGNING_FAILED", { program, end: "it left no signature behind" });
  });
  const blob = decodeBase64(ARMOR.exec(text)?.[1]?.replace(/[\r\n]/g, "") ?? " ");
  if (!blob) throw new CountersignError("SIGNING_FAILED", { program, end: "what it wrote is not an SSH signature" });
  return blob;
}
